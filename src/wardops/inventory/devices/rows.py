"""Many devices at once: what each row asks for, and which rows cannot stand together. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from wardops.core.errors import FieldFault
from wardops.inventory.checks import Faults
from wardops.inventory.devices.kinds import DeviceValues

Action = Literal["create", "update", "delete", "unchanged", "error"]
Place = tuple[int, str]
"""Where a device is watched: site and address, which no two devices share."""


@dataclass(frozen=True, slots=True)
class RowReport:
    """What became of one row; `id` is None for a device that is not there."""

    row: int
    id: int | None
    action: Action
    name: str
    ip: str
    errors: tuple[FieldFault, ...]


@dataclass(slots=True)
class Row:
    """A device as it is, None for a new one, and as it is to be.

    `row` is the number a user knows the row by. The id of a new device is below zero until it is
    written.
    """

    row: int
    id: int
    before: DeviceValues | None
    after: DeviceValues
    faults: Faults

    @property
    def action(self) -> Action:
        """What the row asks for."""
        if self.faults.found:
            return "error"
        if self.before is None:
            return "create"
        return "unchanged" if self.after.same_as(self.before) else "update"

    def report(self) -> RowReport:
        """What is told of the row."""
        number = self.id if self.id > 0 else None
        errors = tuple(self.faults.found)
        return RowReport(self.row, number, self.action, self.after.name, self.after.ip, errors)


@dataclass(frozen=True, slots=True)
class RowsReport:
    """A dry run and a run tell the same, but for `dry_run` and `applied`."""

    dry_run: bool
    applied: bool
    rows: Sequence[RowReport]

    def _count(self, action: Action) -> int:
        return sum(row.action == action for row in self.rows)

    @property
    def total(self) -> int:
        """All rows."""
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
    def deleted(self) -> int:
        """Rows that remove a device."""
        return self._count("delete")

    @property
    def unchanged(self) -> int:
        """Rows that say what is so already."""
        return self._count("unchanged")

    @property
    def failed(self) -> int:
        """Rows with faults."""
        return self._count("error")


def place_of(values: DeviceValues) -> Place:
    """Where the device is watched."""
    return values.site_id, values.ip


def refuse_duplicates(rows: Iterable[Row]) -> None:
    """The second row of an address or a device is told where the first is."""
    addresses: dict[Place, int] = {}
    ids: dict[int, int] = {}
    for row in rows:
        if row.after.ip:
            first = addresses.setdefault(place_of(row.after), row.row)
            if first != row.row:
                row.faults.note("ip", f"{row.after.ip} is in row {first} already")
                continue
        first = ids.setdefault(row.id, row.row)
        if first != row.row:
            row.faults.note("id", f"device {row.id} is in row {first} already")


def refuse_taken(rows: Sequence[Row], holders: Mapping[Place, tuple[int, str]]) -> None:
    """Note addresses that belong to another device, unless a row gives that another address.

    `holders`: place → id and name of the device that is there now.
    """
    leaving = {row.id for row in rows if row.before and place_of(row.before) != place_of(row.after)}
    for row in rows:
        number, name = holders.get(place_of(row.after), (row.id, ""))
        told = any(fault.field == "ip" for fault in row.faults.found)
        if number != row.id and number not in leaving and not told:
            row.faults.note(
                "ip",
                f"{row.after.ip} is the address of {name} (device {number})",
                "An address is watched once per site.",
            )


def changing_places(rows: Sequence[Row]) -> list[int]:
    """Devices whose present address another of the rows takes over."""
    wanted = {place_of(row.after): row.id for row in rows}
    return [
        row.id for row in rows if row.before and wanted.get(place_of(row.before), row.id) != row.id
    ]
