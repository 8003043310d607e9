"""Rows of a file against what is there: which add, which change, which are faulty. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from wardops.inventory.checks import Faults
from wardops.inventory.devices.kinds import DeviceValues
from wardops.inventory.devices.store import Written
from wardops.inventory.devices.validation import clean
from wardops.inventory.files.parsing import Draft
from wardops.inventory.files.places import Places
from wardops.inventory.files.report import Action, RowReport

_PLAIN = ("name", "ip", "vendor", "model", "serial", "notes", "tags")


@dataclass(slots=True)
class Entry:
    """One row, resolved. The id of a new device is below zero until it is written."""

    draft: Draft
    id: int
    before: DeviceValues | None
    after: DeviceValues

    @property
    def faults(self) -> Faults:
        """What is wrong with the row."""
        return self.draft.faults

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
        after = self.after
        found = tuple(self.faults.found)
        return RowReport(self.draft.row, self.action, after.name, after.ip, found)


@dataclass(slots=True)
class Known:
    """What the database has that rows may mean."""

    places: Places
    default_site: int
    by_id: Mapping[int, Written]
    allow_loopback: bool
    by_address: dict[tuple[int, str], Written] = field(init=False)

    def __post_init__(self) -> None:
        self.by_address = {(e.values.site_id, e.values.ip): e for e in self.by_id.values()}


def resolve(drafts: Sequence[Draft], known: Known) -> list[Entry]:
    """Every row with the device it means and the values it wants; parents come later."""
    entries = [_entry(draft, -number, known) for number, draft in enumerate(drafts, start=1)]
    _refuse_duplicates(entries)
    for entry in entries:
        holder = known.by_address.get((entry.after.site_id, entry.after.ip))
        if holder is not None and holder.id != entry.id:
            name = holder.values.name
            entry.faults.note(
                "ip",
                f"{entry.after.ip} is the address of {name} (device {holder.id})",
                "An address is watched once per site.",
            )
    return entries


def _entry(draft: Draft, new_id: int, known: Known) -> Entry:
    faults, values = draft.faults, draft.values
    site = 0
    if values.get("site"):
        site = known.places.site(faults, values["site"])
    written = _device_meant(draft, site or known.default_site, known)
    before = written.values if written else None
    base = before or DeviceValues(name="", ip="", site_id=known.default_site)
    changes: dict[str, Any] = {name: values[name] for name in _PLAIN if name in values}
    changes |= {
        name: values[name] for name in ("type", "enabled") if values.get(name) not in (None, "")
    }
    changes |= {"site_id": site} if site else {}
    changes |= _custom(values, base)
    changes |= _references(faults, values, base, known.places)
    after = clean(faults, replace(base, **changes), allow_loopback=known.allow_loopback)
    return Entry(draft, written.id if written else new_id, before, after)


def _device_meant(draft: Draft, site: int, known: Known) -> Written | None:
    number = draft.values.get("id")
    if isinstance(number, int):
        if number not in known.by_id:
            draft.faults.note("id", f"there is no device {number}", "Leave it empty to add one.")
        return known.by_id.get(number)
    return known.by_address.get((site, str(draft.values.get("ip", "")).strip()))


def _custom(values: Mapping[str, object], base: DeviceValues) -> dict[str, object]:
    """All custom fields at once (JSON), or those that have a column (CSV)."""
    if "custom" in values:
        return {"custom": values["custom"]}
    cells = values.get("custom_cells")
    if not isinstance(cells, dict):
        return {}
    kept = {key: value for key, value in base.custom.items() if key not in cells}
    return {"custom": {**kept, **{key: each[0] for key, each in cells.items() if each}}}


def _references(
    faults: Faults, values: Mapping[str, object], base: DeviceValues, places: Places
) -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    if "profile" in values:
        found["profile_id"] = places.profile(faults, values["profile"])
    if "branch" in values:
        found["branch_id"] = _branch(faults, values, base, places)
    elif values.get("region"):
        faults.note("region", "needs the column branch", "A region is the one of a branch.")
    return found


def _branch(
    faults: Faults, values: Mapping[str, object], base: DeviceValues, places: Places
) -> int | None:
    name = str(values["branch"]).strip()
    region = str(values.get("region") or "")
    stays = base.branch_id in places.by_name.get(name, ())
    if name and not region and stays:
        return base.branch_id
    return places.branch(faults, region, name)


def _refuse_duplicates(entries: Iterable[Entry]) -> None:
    """The second row of an address or a device is told where the first is."""
    addresses: dict[tuple[int, str], int] = {}
    ids: dict[int, int] = {}
    for entry in entries:
        if entry.after.ip:
            key = (entry.after.site_id, entry.after.ip)
            first = addresses.setdefault(key, entry.draft.row)
            if first != entry.draft.row:
                entry.faults.note("ip", f"{entry.after.ip} is in row {first} already")
                continue
        first = ids.setdefault(entry.id, entry.draft.row)
        if first != entry.draft.row:
            entry.faults.note("id", f"device {entry.id} is in row {first} already")
