"""How a bulk write is to go, and what it did or would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from wardops.inventory.devices.rows import Row, RowReport, RowsReport

Mode = Literal["all", "each"]


@dataclass(frozen=True, slots=True)
class How:
    """All rows or none, or each row that is good; `dry_run` only tells."""

    mode: Mode = "all"
    dry_run: bool = False

    def to_write(self, rows: Sequence[Row]) -> list[Row]:
        """The rows to write: none of them when one is faulty and all are wanted."""
        good = [row for row in rows if not row.faults.found]
        if self.dry_run or (self.mode == "all" and len(good) < len(rows)):
            return []
        return good

    def report(self, rows: Sequence[RowReport]) -> BulkReport:
        """What is told in the end."""
        failed = any(row.action == "error" for row in rows)
        applied = not self.dry_run and not (failed and self.mode == "all")
        return BulkReport(self.dry_run, applied, rows, self.mode)


@dataclass(frozen=True, slots=True)
class BulkReport(RowsReport):
    """`applied` is true when the rows without faults have been written."""

    mode: Mode

    @property
    def wrote(self) -> bool:
        """True when the inventory is another one now."""
        return self.applied and self.created + self.updated + self.deleted > 0
