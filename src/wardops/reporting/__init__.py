"""Reads across slices for screens that show many things at once. Writes nothing.

Called by the API. Every number here equals the list it links to: both count `shown_state`.
"""

from __future__ import annotations

from wardops.reporting.store import Dashboard, Found, Wall, dashboard, no_counts, search, wall

__all__ = ["Dashboard", "Found", "Wall", "dashboard", "no_counts", "search", "wall"]
