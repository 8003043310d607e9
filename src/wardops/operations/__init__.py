"""WARD's own health: what is told to people and probes about the parts of the system.

Reads across all slices. Called by the entrances.
"""

from __future__ import annotations

from wardops.operations.deadletters import bury
from wardops.operations.selfwatch import watch

__all__ = ["bury", "watch"]
