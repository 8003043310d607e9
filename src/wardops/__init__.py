"""WARD OPS: watches a bank's branch network. Start reading at `wardops.flow`."""

from __future__ import annotations

__version__ = "0.1.0"
