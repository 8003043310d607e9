"""SQL that reads devices."""

from __future__ import annotations

from dataclasses import replace
from typing import LiteralString

from psycopg import sql

from wardops.core.database import ReadSession
from wardops.core.http import Window
from wardops.inventory.devices.kinds import Device, DeviceFilter, Facet, Facets, RegionFacet
from wardops.inventory.listing import (
    Conditions,
    Source,
    count_and_page,
    order_by,
    rows_by_key,
)

_TABLES = sql.SQL(
    """devices d LEFT JOIN target_status s ON s.target_id = d.id
    LEFT JOIN sites w ON w.id = d.site_id
    LEFT JOIN branches b ON b.id = d.branch_id LEFT JOIN regions r ON r.id = b.region_id
    LEFT JOIN devices p ON p.id = d.parent_id LEFT JOIN profiles f ON f.id = d.profile_id"""
)
_COLUMNS = sql.SQL(
    """d.id, d.name, host(d.ip) AS ip, d.type, d.vendor, d.model, d.serial, d.enabled, d.tags,
    d.custom, d.notes, d.parent_id, p.name AS parent_name, d.branch_id, b.name AS branch_name,
    b.region_id, r.name AS region_name, d.site_id, w.name AS site_name, d.profile_id,
    f.name AS profile_name, shown_state(s) AS status, s.since AS status_since,
    s.down_since, s.last_checked_at, s.rtt_ms, s.loss_ratio, s.reason, s.flapping,
    s.in_maintenance, d.created_at, d.updated_at, d.version"""
)
_STATE = sql.SQL("target_status s")
_SOURCE = Source(_COLUMNS, _TABLES, sql.SQL("d.id"))

SORTABLE: dict[str, LiteralString] = {
    "name": "d.name",
    "ip": "d.ip",
    "type": "d.type",
    "vendor": "d.vendor",
    "status": "shown_urgency(s)",
    "branch": "b.name",
    "region": "r.name",
    "down_since": "s.down_since",
    "last_checked_at": "s.last_checked_at",
    "rtt_ms": "s.rtt_ms",
    "loss_ratio": "s.loss_ratio",
    "created_at": "d.created_at",
    "updated_at": "d.updated_at",
    "id": "d.id",
}
_SORTABLE_BY_STATE: dict[str, LiteralString] = {
    **{name: column for name, column in SORTABLE.items() if "s." in column or "(s)" in column},
    "type": "s.type",
    "id": "s.target_id",
}


def conditions_of(wanted: DeviceFilter, *, place: LiteralString = "d") -> Conditions:
    """The filter as conditions on `_TABLES`; `place` is where type, branch and enabled stand."""
    found = Conditions()
    found.add_shown(wanted.statuses)
    found.add_given(place + ".type = ANY(%(types)s)", types=list(wanted.types))
    found.add_given("d.vendor = ANY(%(vendors)s)", vendors=list(wanted.vendors))
    found.add_given(
        # S608: `place` is one of our own two letters.
        place + ".branch_id IN (SELECT id FROM branches WHERE region_id = %(region_id)s)",  # noqa: S608
        region_id=wanted.region_id,
    )
    found.add_given(place + ".branch_id = %(branch_id)s", branch_id=wanted.branch_id)
    found.add_given("d.site_id = %(site_id)s", site_id=wanted.site_id)
    found.add_given("d.parent_id = %(parent_id)s", parent_id=wanted.parent_id)
    found.add_given(place + ".enabled = %(enabled)s", enabled=wanted.enabled)
    found.add_given("s.flapping = %(flapping)s", flapping=wanted.flapping)
    if wanted.tag:
        found.add("d.tags @> %(tag)s", tag=[wanted.tag])
    found.add_given(
        """(strpos(d.search, lower(%(q)s)) > 0 OR d.branch_id IN (
            SELECT id FROM branches WHERE strpos(lower(name), lower(%(q)s)) > 0))""",
        q=wanted.q,
    )
    return found


def find(session: ReadSession, wanted: DeviceFilter, window: Window) -> tuple[list[Device], int]:
    """One page, and how many devices match in all. Two statements."""
    by_state = bool(window.sort) and all(name in _SORTABLE_BY_STATE for name, _ in window.sort)
    if not _told_by_state(wanted) or not (wanted.statuses or wanted.flapping or by_state):
        source = replace(_SOURCE, counted_on_the_way=bool(wanted.q))
        order = order_by(SORTABLE, window, default="name", last="d.id")
        return count_and_page(session, Device, source, conditions_of(wanted), (order, window))
    conditions = conditions_of(wanted, place="s")
    conditions.add("s.kind = 'device'")
    if by_state:
        source = replace(_SOURCE, counting=_STATE, finding=(_STATE, sql.SQL("s.target_id")))
        order = order_by(_SORTABLE_BY_STATE, window, default="id", last="s.target_id")
    else:
        by_name = not window.sort or window.sort[0][0] == "name"
        source = replace(_SOURCE, counting=_STATE, counted_on_the_way=not by_name)
        order = order_by(SORTABLE, window, default="name", last="d.id")
    return count_and_page(session, Device, source, conditions, (order, window))


def _told_by_state(wanted: DeviceFilter) -> bool:
    """True when the rows of the current state alone tell which devices match."""
    return not (wanted.vendors or wanted.site_id or wanted.parent_id or wanted.tag or wanted.q)


def all_devices(session: ReadSession, wanted: DeviceFilter) -> list[Device]:
    """All that match, by id: what an export needs. One statement."""
    conditions = conditions_of(wanted)
    return session.rows(
        Device,
        sql.SQL("SELECT {} FROM {} WHERE {} ORDER BY d.id").format(
            _COLUMNS, _TABLES, conditions.where
        ),
        conditions.values,
    )


def one(session: ReadSession, device_id: int) -> Device | None:
    """One device."""
    return next(iter(rows_by_key(session, Device, _SOURCE, [device_id])), None)


def facets(session: ReadSession, wanted: DeviceFilter) -> Facets:
    """How the devices that match fall into groups, the largest first. One statement."""
    conditions = conditions_of(wanted)
    rows = session.tuples(
        sql.SQL(
            """
            SELECT grouping(x.status, x.type, x.vendor, x.region_id, r.name), x.status, x.type,
                x.vendor, x.region_id, r.name, sum(x.n)::int
            FROM (SELECT shown_state(s) AS status, d.type, d.vendor, b.region_id, count(*) AS n
                FROM {} WHERE {} GROUP BY 1, 2, 3, 4) x LEFT JOIN regions r ON r.id = x.region_id
            GROUP BY GROUPING SETS ((x.status), (x.type), (x.vendor), (x.region_id, r.name))
            ORDER BY 7 DESC, 2, 3, 4, 6
            """
        ).format(_TABLES, conditions.where),
        conditions.values,
    )
    # A bit is set for each column that the group is not by: 01111 is by status.
    return Facets(
        status=[Facet(row[1], row[6]) for row in rows if row[0] == 0b01111],
        type=[Facet(row[2], row[6]) for row in rows if row[0] == 0b10111],
        vendor=[Facet(row[3], row[6]) for row in rows if row[0] == 0b11011],
        region=[
            RegionFacet(row[4], row[5], row[6])
            for row in rows
            if row[0] == 0b11100 and row[4] is not None
        ],
    )
