"""Dead letters: jobs that failed for a reason that trying again does not mend."""

from __future__ import annotations

from wardops.operations.deadletters.store import bury

__all__ = ["bury"]
