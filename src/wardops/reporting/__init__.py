"""Reads across slices for screens that show many things at once. Writes nothing.

Called by the API. Every number here equals the list it links to: both count `shown_state`.
"""

from __future__ import annotations

from wardops.reporting.overview import Counts, Dashboard, Overview
from wardops.reporting.store import Found, Wall, search, wall

__all__ = ["Counts", "Dashboard", "Found", "Overview", "Wall", "search", "wall"]
