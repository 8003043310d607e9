"""What an import did, or would do."""

from __future__ import annotations

from dataclasses import dataclass

from wardops.inventory.devices.rows import RowsReport


@dataclass(frozen=True, slots=True)
class Creates:
    """Names in the file that were not there and are made with it; branches as `region / name`."""

    regions: list[str]
    branches: list[str]
    profiles: list[str]


@dataclass(frozen=True, slots=True)
class ImportReport(RowsReport):
    """One faulty row is enough for nothing to be written."""

    creates: Creates
