"""What an import did, or would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from wardops.core.errors import FieldFault

Action = Literal["create", "update", "unchanged", "error"]


@dataclass(frozen=True, slots=True)
class RowReport:
    """What became of one row."""

    row: int
    action: Action
    name: str
    ip: str
    errors: tuple[FieldFault, ...]


@dataclass(frozen=True, slots=True)
class Creates:
    """Names in the file that were not there and are made with it; branches as `region / name`."""

    regions: list[str]
    branches: list[str]
    profiles: list[str]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """A dry run and a run tell the same, but for `dry_run` and `applied`."""

    dry_run: bool
    applied: bool
    creates: Creates
    rows: Sequence[RowReport]

    def _count(self, action: Action) -> int:
        return sum(row.action == action for row in self.rows)

    @property
    def total(self) -> int:
        """Rows in the file."""
        return len(self.rows)

    @property
    def created(self) -> int:
        """Rows that add a device."""
        return self._count("create")

    @property
    def updated(self) -> int:
        """Rows that change a device."""
        return self._count("update")

    @property
    def unchanged(self) -> int:
        """Rows that say what is so already."""
        return self._count("unchanged")

    @property
    def failed(self) -> int:
        """Rows with faults; one is enough for nothing to be written."""
        return self._count("error")
