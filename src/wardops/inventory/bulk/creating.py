"""Adding many devices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wardops.core.database import WriteSession
from wardops.core.errors import FieldFault
from wardops.inventory.bulk import store
from wardops.inventory.bulk.choosing import MAX_ROWS, too_many
from wardops.inventory.bulk.report import BulkReport, How
from wardops.inventory.checks import Faults
from wardops.inventory.devices import store as devices
from wardops.inventory.devices.kinds import DeviceValues
from wardops.inventory.devices.rows import Row, refuse_duplicates, refuse_taken
from wardops.inventory.devices.validation import check_references, clean
from wardops.inventory.places import default_site

Wish = DeviceValues | Sequence[FieldFault]
"""A device to add, or why what was sent cannot be read as one."""


def create_devices(
    session: WriteSession, wishes: Sequence[Wish], how: How, *, allow_loopback: bool = False
) -> BulkReport:
    """Add devices; a row's number is its place in `wishes`, from 1. Few statements.

    Raises InvalidInput for more than MAX_ROWS.
    """
    if len(wishes) > MAX_ROWS:
        raise too_many("devices", f"{len(wishes)} devices")
    site = default_site(session)
    rows = [_row(place, wish, site, allow_loopback) for place, wish in enumerate(wishes, start=1)]
    readable = [row for row in rows if row.after.site_id]
    known = store.surroundings(session, [row.after for row in readable])
    for row in readable:
        check_references(row.faults, row.after, known.references(row.after))
    refuse_duplicates(readable)
    refuse_taken(readable, known.holders)
    to_write = how.to_write(rows)
    ids = devices.insert(session, [row.after for row in to_write]) if to_write else []
    for row, number in zip(to_write, ids, strict=True):
        row.id = number
    return how.report([row.report() for row in rows])


def _row(place: int, wish: Wish, site: int, allow_loopback: bool) -> Row:
    faults = Faults()
    if not isinstance(wish, DeviceValues):
        faults.found.extend(wish)
        return Row(place, -place, None, DeviceValues(name="", ip=""), faults)
    values = wish if wish.site_id else replace(wish, site_id=site)
    return Row(place, -place, None, clean(faults, values, allow_loopback=allow_loopback), faults)
