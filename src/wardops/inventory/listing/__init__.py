"""How lists of the inventory are filtered and sorted, in SQL only."""

from __future__ import annotations

from wardops.inventory.listing.store import (
    Conditions,
    Named,
    Source,
    count_and_page,
    named,
    order_by,
    rows_by_key,
)

__all__ = ["Conditions", "Named", "Source", "count_and_page", "named", "order_by", "rows_by_key"]
