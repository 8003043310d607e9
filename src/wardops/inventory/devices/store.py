"""SQL that writes devices, one or ten thousand at a time, and what it must know before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import orjson

from wardops.core.database import ReadSession, WriteSession
from wardops.inventory.devices.kinds import FIELDS, DeviceValues


@dataclass(frozen=True, slots=True)
class References:
    """What a device refers to, as the database has it."""

    site: bool
    branch: bool
    profile: bool
    parent_site_id: int | None
    is_cycle: bool
    children_elsewhere: int
    holder_id: int | None
    """Another device that has the address, at the same site."""
    holder_name: str | None


@dataclass(frozen=True, slots=True)
class Written:
    """A device as it is stored, without its state."""

    id: int
    values: DeviceValues
    version: int


def references(session: ReadSession, device_id: int, values: DeviceValues) -> References:
    """Look up everything that `values` refer to; `device_id` is 0 for a new device."""
    found = session.row(
        References,
        """
        WITH RECURSIVE up AS (
            SELECT id, parent_id FROM devices WHERE id = %(parent)s
            UNION SELECT d.id, d.parent_id FROM devices d JOIN up ON d.id = up.parent_id
        )
        SELECT exists (SELECT FROM sites WHERE id = %(site)s) AS site,
            %(branch)s::bigint IS NULL
                OR exists (SELECT FROM branches WHERE id = %(branch)s) AS branch,
            %(profile)s::bigint IS NULL
                OR exists (SELECT FROM profiles WHERE id = %(profile)s) AS profile,
            (SELECT site_id FROM devices WHERE id = %(parent)s) AS parent_site_id,
            exists (SELECT FROM up WHERE id = %(id)s) AS is_cycle,
            (SELECT count(*) FROM devices WHERE parent_id = %(id)s AND site_id <> %(site)s)
                AS children_elsewhere,
            h.id AS holder_id, h.name AS holder_name
        FROM (SELECT) one
        LEFT JOIN devices h ON h.site_id = %(site)s AND h.ip = %(ip)s AND h.id <> %(id)s
        """,
        {
            "id": device_id,
            "site": values.site_id,
            "branch": values.branch_id,
            "profile": values.profile_id,
            "parent": values.parent_id,
            "ip": values.ip,
        },
    )
    assert found is not None  # noqa: S101  the statement reads from one row
    return found


def lock_topology(session: WriteSession) -> None:
    """Let nobody else change parents until the transaction ends: two changes can make a circle."""
    session.execute("SELECT pg_advisory_xact_lock(hashtext('ward-device-parents'))")


def lock(session: WriteSession, ids: Sequence[int]) -> dict[int, Written]:
    """These devices by id, not to be changed by anybody else until the transaction ends."""
    rows = session.tuples(
        """
        SELECT id, version, name, host(ip), type, vendor, model, serial, enabled, tags, custom,
            notes, parent_id, branch_id, site_id, profile_id
        FROM devices WHERE id = ANY(%s) ORDER BY id FOR UPDATE
        """,
        (list(ids),),
    )
    return {row[0]: Written(row[0], _values(row[2:]), row[1]) for row in rows}


def _values(row: Sequence[object]) -> DeviceValues:
    named = dict(zip(FIELDS, row, strict=True))
    named["tags"] = tuple(named["tags"])  # type: ignore[arg-type]
    return DeviceValues(**named)  # type: ignore[arg-type]


def insert(session: WriteSession, devices: Sequence[DeviceValues]) -> list[int]:
    """Add devices; their ids, in order. A parent may be named by an id from `new_ids`."""
    return insert_as(session, list(zip(new_ids(session, len(devices)), devices, strict=True)))


def new_ids(session: WriteSession, count: int) -> list[int]:
    """Ids for devices that will be added."""
    rows = session.tuples("SELECT nextval('target_id_seq') FROM generate_series(1, %s)", (count,))
    return [row[0] for row in rows]


def insert_as(session: WriteSession, devices: Sequence[tuple[int, DeviceValues]]) -> list[int]:
    """Add devices under ids of `new_ids`, in one statement, so parents can be among them."""
    session.execute(
        """
        INSERT INTO devices (id, name, ip, type, vendor, model, serial, enabled, tags, custom,
            notes, parent_id, branch_id, site_id, profile_id)
        SELECT * FROM jsonb_to_recordset(%s::jsonb) AS r(id bigint, name text, ip inet, type text,
            vendor text, model text, serial text, enabled boolean, tags text[], custom jsonb,
            notes text, parent_id bigint, branch_id bigint, site_id bigint, profile_id bigint)
        """,
        (_as_json(devices),),
    )
    return [number for number, _ in devices]


def update(session: WriteSession, devices: Sequence[tuple[int, DeviceValues]]) -> None:
    """Replace all values of devices and raise their versions; addresses must be free (`park`)."""
    lock_states(session, [number for number, _ in devices])
    session.execute(
        """
        UPDATE devices d SET name = r.name, ip = r.ip, type = r.type, vendor = r.vendor,
            model = r.model, serial = r.serial, enabled = r.enabled, tags = r.tags,
            custom = r.custom, notes = r.notes, parent_id = r.parent_id,
            branch_id = r.branch_id, site_id = r.site_id, profile_id = r.profile_id,
            version = d.version + 1, updated_at = now()
        FROM jsonb_to_recordset(%s::jsonb) AS r(id bigint, name text, ip inet, type text,
            vendor text, model text, serial text, enabled boolean, tags text[], custom jsonb,
            notes text, parent_id bigint, branch_id bigint, site_id bigint, profile_id bigint)
        WHERE d.id = r.id
        """,
        (_as_json(devices),),
    )


def park(session: WriteSession, ids: Sequence[int]) -> None:
    """Take devices off their addresses, for an `update` in the same transaction that swaps them.

    Uniqueness is checked row by row, so an address must be free before another device gets it.
    They wait at multicast addresses, which no device can have.
    """
    if ids:
        session.execute(
            "UPDATE devices SET ip = 'ff00::'::inet + id WHERE id = ANY(%s)", (list(ids),)
        )


def lock_states(session: WriteSession, ids: Sequence[int]) -> None:
    """Take the rows of the current state in the order in which workers take them.

    Writes to `devices` reach those rows by triggers, in whatever order the plan has; two writers
    of many rows would wait for each other in a circle.
    """
    if len(ids) > 1:
        session.execute(
            "SELECT FROM target_status WHERE target_id = ANY(%s) ORDER BY target_id FOR UPDATE",
            (list(ids),),
        )


def _as_json(devices: Sequence[tuple[int, DeviceValues]]) -> str:
    rows = [
        {"id": number, **{name: getattr(values, name) for name in FIELDS}}
        for number, values in devices
    ]
    return orjson.dumps(rows, default=_plain).decode()


def _plain(value: object) -> object:
    """Mappings that are not dicts, for orjson."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(type(value).__name__)


def delete(session: WriteSession, ids: Sequence[int]) -> None:
    """Remove devices with their status."""
    lock_states(session, ids)
    session.execute("DELETE FROM devices WHERE id = ANY(%s)", (list(ids),))


def children(session: ReadSession, ids: Sequence[int]) -> list[tuple[int, int]]:
    """Devices that are reached through these, each with its parent. Uses devices_parent."""
    rows = session.tuples(
        "SELECT id, parent_id FROM devices WHERE parent_id = ANY(%s)", (list(ids),)
    )
    return [(child, parent) for child, parent in rows]
