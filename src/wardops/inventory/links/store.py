"""SQL of links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import LiteralString

import orjson
from psycopg import sql

from wardops.core.database import ReadSession, WriteSession
from wardops.core.http import Window
from wardops.inventory.links.kinds import FIELDS, Link, LinkFilter, LinkValues
from wardops.inventory.listing import Conditions, Source, count_and_page, order_by

_TABLES = sql.SQL(
    """links l LEFT JOIN target_status s ON s.target_id = l.id LEFT JOIN sites w ON w.id = l.site_id
    LEFT JOIN branches b ON b.id = l.branch_id LEFT JOIN regions r ON r.id = b.region_id
    LEFT JOIN providers v ON v.id = l.provider_id LEFT JOIN profiles f ON f.id = l.profile_id"""
)
_COLUMNS = sql.SQL(
    """l.id, l.name, l.branch_id, b.name AS branch_name, b.region_id, r.name AS region_name,
    l.provider_id, v.name AS provider_name, l.role, host(l.probe_address) AS probe_address,
    host(l.source_address) AS source_address, l.site_id, w.name AS site_name, l.profile_id,
    f.name AS profile_name, l.enabled, l.circuit_id, l.bandwidth_mbps,
    shown_state(s) AS status, s.since AS status_since, s.down_since,
    s.last_checked_at, s.rtt_ms, s.loss_ratio, s.reason, s.flapping, s.in_maintenance,
    l.created_at, l.updated_at, l.version"""
)
_SOURCE = Source(_COLUMNS, _TABLES, sql.SQL("l.id"))

SORTABLE: dict[str, LiteralString] = {
    "name": "l.name",
    "probe_address": "l.probe_address",
    "branch": "b.name",
    "region": "r.name",
    "provider": "v.name",
    "role": "l.role",
    "status": "shown_urgency(s)",
    "down_since": "s.down_since",
    "last_checked_at": "s.last_checked_at",
    "rtt_ms": "s.rtt_ms",
    "loss_ratio": "s.loss_ratio",
    "bandwidth_mbps": "l.bandwidth_mbps",
    "id": "l.id",
}


@dataclass(frozen=True, slots=True)
class References:
    """What a link refers to, as the database has it."""

    site: bool
    branch: bool
    provider: bool
    profile: bool
    namesake: bool
    """The branch has another link of this name."""
    holder_id: int | None
    """Another link that has the address, at the same site."""
    holder_name: str | None


def find(session: ReadSession, wanted: LinkFilter, window: Window) -> tuple[list[Link], int]:
    """One page, and how many links match in all. Two statements."""
    found = Conditions()
    found.add_shown(wanted.statuses)
    found.add_given("l.branch_id = %(branch_id)s", branch_id=wanted.branch_id)
    found.add_given("l.provider_id = %(provider_id)s", provider_id=wanted.provider_id)
    found.add_given("b.region_id = %(region_id)s", region_id=wanted.region_id)
    found.add_given("l.role = %(role)s", role=wanted.role)
    found.add_given(
        """strpos(lower(concat_ws(' ', l.name, host(l.probe_address), l.circuit_id, b.name,
            v.name)), lower(%(q)s)) > 0""",
        q=wanted.q,
    )
    order = order_by(SORTABLE, window, default="name", last="l.id")
    return count_and_page(session, Link, _SOURCE, found, (order, window))


def one(session: ReadSession, link_id: int) -> Link | None:
    """One link."""
    statement = sql.SQL("SELECT {} FROM {} WHERE l.id = %s").format(_COLUMNS, _TABLES)
    return session.row(Link, statement, (link_id,))


def lock(session: WriteSession, link_id: int) -> tuple[LinkValues, int] | None:
    """A link's values and version, not to be changed by anybody else until the end."""
    rows = session.tuples(
        """
        SELECT name, branch_id, provider_id, host(probe_address), role, host(source_address),
            site_id, profile_id, enabled, circuit_id, bandwidth_mbps, version
        FROM links WHERE id = %s FOR UPDATE
        """,
        (link_id,),
    )
    return (LinkValues(*rows[0][:-1]), rows[0][-1]) if rows else None


def references(session: ReadSession, link_id: int, values: LinkValues) -> References:
    """Look up everything that `values` refer to; `link_id` is 0 for a new link."""
    found = session.row(
        References,
        """
        SELECT exists (SELECT FROM sites WHERE id = %(site_id)s) AS site,
            exists (SELECT FROM branches WHERE id = %(branch_id)s) AS branch,
            exists (SELECT FROM providers WHERE id = %(provider_id)s) AS provider,
            %(profile_id)s::bigint IS NULL
                OR exists (SELECT FROM profiles WHERE id = %(profile_id)s) AS profile,
            exists (SELECT FROM links
                WHERE branch_id = %(branch_id)s AND name = %(name)s AND id <> %(id)s) AS namesake,
            h.id AS holder_id, h.name AS holder_name
        FROM (SELECT) one LEFT JOIN links h ON h.site_id = %(site_id)s
            AND h.probe_address = %(probe_address)s AND h.id <> %(id)s
        """,
        {**asdict(values), "id": link_id},
    )
    assert found is not None  # noqa: S101  the statement reads from one row
    return found


def insert(session: WriteSession, links: Sequence[LinkValues]) -> list[int]:
    """Add links in one statement; their ids, in order."""
    rows = session.tuples(
        "SELECT nextval('target_id_seq') FROM generate_series(1, %s)", (len(links),)
    )
    ids: list[int] = [row[0] for row in rows]
    body = [{"id": number, **asdict(each)} for number, each in zip(ids, links, strict=True)]
    session.execute(
        """
        INSERT INTO links (id, name, branch_id, provider_id, probe_address, role, source_address,
            site_id, profile_id, enabled, circuit_id, bandwidth_mbps)
        SELECT * FROM jsonb_to_recordset(%s::jsonb) AS r(id bigint, name text, branch_id bigint,
            provider_id bigint, probe_address inet, role text, source_address inet,
            site_id bigint, profile_id bigint, enabled boolean, circuit_id text,
            bandwidth_mbps integer)
        """,
        (orjson.dumps(body).decode(),),
    )
    return ids


def update(session: WriteSession, link_id: int, values: LinkValues) -> None:
    """Replace all values of a link and raise its version."""
    columns = sql.SQL(", ").join(
        sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder(name)) for name in FIELDS
    )
    statement = sql.SQL(
        "UPDATE links SET {}, version = version + 1, updated_at = now() WHERE id = %(id)s"
    )
    session.execute(statement.format(columns), {**asdict(values), "id": link_id})


def delete(session: WriteSession, link_id: int) -> bool:
    """Remove a link with its status; False when there was none."""
    return session.execute("DELETE FROM links WHERE id = %s", (link_id,)) == 1
