"""Rows of a file against what is there: which add, which change, which are faulty. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from wardops.inventory.checks import Faults
from wardops.inventory.devices.kinds import DeviceValues
from wardops.inventory.devices.rows import Place, Row, place_of, refuse_duplicates, refuse_taken
from wardops.inventory.devices.store import Written
from wardops.inventory.devices.validation import clean
from wardops.inventory.files.parsing import Draft
from wardops.inventory.files.places import Places

_PLAIN = ("name", "ip", "vendor", "model", "serial", "notes", "tags")


@dataclass(slots=True)
class Entry(Row):
    """One row of a file, resolved."""

    draft: Draft


@dataclass(slots=True)
class Known:
    """What the database has that rows may mean."""

    places: Places
    default_site: int
    by_id: Mapping[int, Written]
    allow_loopback: bool
    by_address: dict[Place, Written] = field(init=False)

    def __post_init__(self) -> None:
        self.by_address = {place_of(each.values): each for each in self.by_id.values()}


def resolve(drafts: Sequence[Draft], known: Known) -> list[Entry]:
    """Every row with the device it means and the values it wants; parents come later."""
    entries = [_entry(draft, -number, known) for number, draft in enumerate(drafts, start=1)]
    refuse_duplicates(entries)
    refuse_taken(
        entries, {place: (each.id, each.values.name) for place, each in known.by_address.items()}
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
    number = written.id if written else new_id
    return Entry(draft.row, number, before, after, faults, draft)


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
