"""Changing the same fields of many devices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from wardops.core.database import WriteSession
from wardops.core.errors import FieldFault, InvalidInput
from wardops.inventory import checks
from wardops.inventory.bulk import store
from wardops.inventory.bulk.choosing import Chosen, rows_of
from wardops.inventory.bulk.report import BulkReport, How
from wardops.inventory.checks import Faults
from wardops.inventory.devices import store as devices
from wardops.inventory.devices.kinds import DeviceValues
from wardops.inventory.devices.store import References
from wardops.inventory.devices.validation import check_references, clean

# Not what tells one device from another, and not the site: a device moves there with all that is
# reached through it, which a file can say.
CHANGEABLE = (
    "type",
    "vendor",
    "model",
    "enabled",
    "notes",
    "parent_id",
    "branch_id",
    "profile_id",
)


@dataclass(frozen=True, slots=True)
class DeviceChanges:
    """New values of some of `CHANGEABLE`, the same for each device, and tags to put on and off."""

    values: Mapping[str, Any] = field(default_factory=dict)
    add_tags: Sequence[str] = ()
    remove_tags: Sequence[str] = ()

    def of(self, before: DeviceValues) -> DeviceValues:
        """A device after the changes; its other tags stay in their order."""
        kept = [tag for tag in before.tags if tag not in self.remove_tags]
        new = [tag for tag in self.add_tags if tag not in kept]
        return replace(before, **self.values, tags=(*kept, *new))


def change_devices(
    session: WriteSession,
    chosen: Chosen,
    changes: DeviceChanges,
    how: How,
    *,
    allow_loopback: bool = False,
) -> BulkReport:
    """Change devices. Few statements.

    Raises InvalidInput when the changes themselves are not valid, whichever device gets them, and
    what `rows_of` raises.
    """
    wanted = _cleaned(changes)
    moves = "parent_id" in wanted.values
    if moves:
        devices.lock_topology(session)
    found = _refuse_unknown(session, wanted)
    rows = rows_of(session, chosen)
    parent = wanted.values.get("parent_id")
    way_up = store.way_up(session, parent) if parent is not None else set()
    for row in rows:
        if not row.faults.found:
            row.after = clean(row.faults, wanted.of(row.after), allow_loopback=allow_loopback)
        if moves and not row.faults.found:
            check_references(row.faults, row.after, replace(found, is_cycle=row.id in way_up))
    to_write = [row for row in how.to_write(rows) if row.action == "update"]
    if to_write:
        devices.update(session, [(row.id, row.after) for row in to_write])
    return how.report([row.report() for row in rows])


def _cleaned(changes: DeviceChanges) -> DeviceChanges:
    """The changes as they are stored, with what is wrong in them refused by name."""
    if not (changes.values or changes.add_tags or changes.remove_tags):
        fault = FieldFault("changes", "name nothing to change", f"One of: {', '.join(CHANGEABLE)}.")
        raise InvalidInput("There is nothing to change.", faults=[fault])
    faults = Faults()
    values = clean(faults, replace(_ANY, **changes.values), allow_loopback=False)
    add = checks.tags(faults, "add_tags", changes.add_tags)
    remove = checks.tags(faults, "remove_tags", changes.remove_tags)
    for tag in sorted(set(add) & set(remove)):
        faults.note("remove_tags", f"has {tag}, which is in add_tags too", "Choose one of them.")
    _refuse(faults)
    return DeviceChanges({name: getattr(values, name) for name in changes.values}, add, remove)


def _refuse_unknown(session: WriteSession, wanted: DeviceChanges) -> References:
    """What the changes refer to; refused when it is not there."""
    values = replace(_ANY, **wanted.values)
    found = devices.references(session, 0, values)
    found = replace(found, site=True, holder_id=None, holder_name=None)
    faults = Faults()
    check_references(faults, replace(values, site_id=found.parent_site_id or 0), found)
    _refuse(faults)
    return found


def _refuse(faults: Faults) -> None:
    if faults.found:
        named = [replace(each, field=f"changes.{each.field}") for each in faults.found]
        raise InvalidInput("The changes are not valid.", faults=named)


# A device that is good whatever is changed in it: what is wrong then, the changes brought.
_ANY = DeviceValues(name="any", ip="192.0.2.1")
