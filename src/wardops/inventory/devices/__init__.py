"""Devices: adding, changing, removing and listing them, from people, files and seeds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from wardops.core.database import ReadSession, WriteSession
from wardops.core.errors import Conflict, FieldFault, NotFound, Outdated
from wardops.inventory.checks import Faults
from wardops.inventory.devices import reading, store
from wardops.inventory.devices.kinds import (
    TYPES,
    Device,
    DeviceFilter,
    DeviceValues,
    Facet,
    Facets,
    RegionFacet,
)
from wardops.inventory.devices.reading import SORTABLE
from wardops.inventory.devices.reading import facets as device_facets
from wardops.inventory.devices.reading import find as find_devices
from wardops.inventory.devices.validation import check_references, clean
from wardops.inventory.places import default_site, in_use

__all__ = [
    "SORTABLE",
    "TYPES",
    "Device",
    "DeviceFilter",
    "DeviceValues",
    "Facet",
    "Facets",
    "RegionFacet",
    "change_device",
    "create_device",
    "delete_device",
    "device_facets",
    "find_devices",
    "get_device",
    "insert_devices",
]


def get_device(session: ReadSession, device_id: int) -> Device:
    """One device with its state, or NotFound."""
    found = reading.one(session, device_id)
    if found is None:
        raise _missing(device_id)
    return found


def create_device(
    session: WriteSession, values: DeviceValues, *, allow_loopback: bool = False
) -> Device:
    """Add a device. Raises InvalidInput, or Conflict when the address is taken."""
    if not values.site_id:
        values = replace(values, site_id=default_site(session))
    cleaned = _checked(session, 0, values, allow_loopback=allow_loopback)
    return get_device(session, store.insert(session, [cleaned])[0])


def change_device(
    session: WriteSession,
    device_id: int,
    changes: Mapping[str, Any],
    *,
    version: int | None = None,
    allow_loopback: bool = False,
) -> Device:
    """Replace the fields that `changes` name; nothing happens when they hold already.

    Raises NotFound, Outdated when `version` is not the newest, InvalidInput, Conflict.
    """
    if "parent_id" in changes or "site_id" in changes:
        store.lock_topology(session)
    before = store.lock(session, [device_id]).get(device_id)
    if before is None:
        raise _missing(device_id)
    if version is not None and version != before.version:
        raise Outdated(
            f"Somebody changed {before.values.name} in the meantime: it is at version "
            f"{before.version}, this change was made from version {version}.",
            hint="Read it again, then repeat the change.",
        )
    wanted = replace(before.values, **changes)
    cleaned = _checked(session, device_id, wanted, allow_loopback=allow_loopback)
    if not cleaned.same_as(before.values):
        store.update(session, [(device_id, cleaned)])
    return get_device(session, device_id)


def delete_device(session: WriteSession, device_id: int) -> None:
    """Remove a device and its state. Raises NotFound, Conflict while others are behind it."""
    before = store.lock(session, [device_id]).get(device_id)
    if before is None:
        raise _missing(device_id)
    children = store.children(session, [device_id])
    if children:
        raise in_use(f"{before.values.name}, as parent,", {"device": len(children)})
    store.delete(session, [device_id])


def insert_devices(session: WriteSession, devices: Sequence[DeviceValues]) -> list[int]:
    """Add many devices in one statement, for seeding; their ids, in order.

    Values must be good already; what the database refuses is raised as it comes.
    """
    site = default_site(session)
    return store.insert(
        session, [each if each.site_id else replace(each, site_id=site) for each in devices]
    )


def _checked(
    session: ReadSession, device_id: int, values: DeviceValues, *, allow_loopback: bool
) -> DeviceValues:
    faults = Faults()
    cleaned = clean(faults, values, allow_loopback=allow_loopback)
    faults.refuse("The device")
    found = store.references(session, device_id, cleaned)
    check_references(faults, cleaned, found)
    faults.refuse("The device")
    if found.holder_id is not None:
        raise Conflict(
            f"{cleaned.ip} is the address of {found.holder_name} (device {found.holder_id}).",
            hint="An address is watched once per site.",
            faults=[FieldFault("ip", f"belongs to {found.holder_name}")],
        )
    return cleaned


def _missing(device_id: int) -> NotFound:
    return NotFound(f"There is no device {device_id}.")
