"""Devices out as a file that an import takes back without a change."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import orjson

from wardops.core.database import ReadSession
from wardops.inventory.devices.kinds import Device, DeviceFilter
from wardops.inventory.devices.reading import all_devices
from wardops.inventory.files import columns
from wardops.inventory.files.parsing import Format
from wardops.inventory.files.store import parent_addresses


def export_devices(session: ReadSession, wanted: DeviceFilter, form: Format) -> bytes:
    """All devices of the filter, by id; UTF-8, CSV with a byte order mark for spreadsheets."""
    devices = all_devices(session, wanted)
    parents = parent_addresses(session)
    if form == "json":
        return orjson.dumps(
            [{**_row(each, parents), "tags": each.tags, "custom": each.custom} for each in devices],
            option=orjson.OPT_INDENT_2,
        )
    return _csv(devices, parents).encode("utf-8-sig")


def _row(device: Device, parents: dict[int, str]) -> dict[str, object]:
    return {
        "id": device.id,
        "name": device.name,
        "ip": device.ip,
        "type": device.type,
        "vendor": device.vendor,
        "model": device.model,
        "serial": device.serial,
        "enabled": device.enabled,
        "region": device.region_name or "",
        "branch": device.branch_name or "",
        "site": device.site_name,
        "parent": parents.get(device.parent_id, "") if device.parent_id else "",
        "profile": device.profile_name or "",
        "tags": "|".join(device.tags),
        "notes": device.notes,
    }


def _csv(devices: Sequence[Device], parents: dict[int, str]) -> str:
    keys = sorted({key for device in devices for key in device.custom})
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([*columns.COLUMNS, *(columns.CUSTOM + key for key in keys)])
    for device in devices:
        cells = [_cell(value) for value in _row(device, parents).values()]
        own = [
            columns.custom_cell(device.custom[key]) if key in device.custom else "" for key in keys
        ]
        writer.writerow([columns.guard(cell) for cell in [*cells, *own]])
    return out.getvalue()


def _cell(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
