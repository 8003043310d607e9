"""SQL of the overview, the wall and the search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wardops.core import stream
from wardops.core.database import ReadSession

_TROUBLE = """
SELECT v.version, s.kind, s.branch_id, l.provider_id, s.type, shown_state(s) AS shown,
    count(*)::int
FROM (SELECT sum(version)::bigint AS version FROM versions WHERE name IN ('plan', 'places')) v
LEFT JOIN (target_status s LEFT JOIN links l ON l.id = s.target_id)
    ON s.settled <> 'up' OR s.stale_after < now()
GROUP BY v.version, s.kind, s.branch_id, l.provider_id, s.type, shown
"""

_GROUND = """
SELECT json_build_object(
    'version', (SELECT sum(version) FROM versions WHERE name IN ('plan', 'places')),
    'regions', (SELECT coalesce(json_agg(json_build_array(id, name) ORDER BY name), '[]')
        FROM regions),
    'branches', (SELECT coalesce(json_agg(
        json_build_array(b.id, b.name, b.region_id, coalesce(n.n, 0)) ORDER BY b.name), '[]')
        FROM branches b LEFT JOIN (SELECT branch_id, count(*) AS n FROM devices
            GROUP BY branch_id) n ON n.branch_id = b.id),
    'types', (SELECT coalesce(json_agg(json_build_array(type, n) ORDER BY type), '[]')
        FROM (SELECT type, count(*) AS n FROM devices GROUP BY type) t),
    'providers', (SELECT coalesce(json_agg(
        json_build_array(p.id, p.name, coalesce(n.n, 0)) ORDER BY p.name), '[]')
        FROM providers p LEFT JOIN (SELECT provider_id, count(*) AS n FROM links
            GROUP BY provider_id) n ON n.provider_id = p.id))
"""

_FACTS = """
SELECT json_build_object(
    'incidents', (SELECT json_build_object(
        'open', count(*) FILTER (WHERE state = 'open'),
        'acknowledged', count(*) FILTER (WHERE state = 'acknowledged'),
        'critical', count(*) FILTER (WHERE severity = 'critical'))
        FROM incidents WHERE state <> 'resolved'),
    'events', (SELECT coalesce(json_agg(to_json(e) ORDER BY e.at DESC), '[]') FROM (
        SELECT e.id, e.at, e.old_state AS from_state, e.new_state AS to_state, e.reason,
            json_build_object('id', e.target_id,
                'kind', CASE WHEN d.id IS NULL THEN 'link' ELSE 'device' END,
                'name', coalesce(d.name, l.name, '#' || e.target_id),
                'branch', CASE WHEN b.id IS NOT NULL
                    THEN json_build_object('id', b.id, 'name', b.name) END) AS target
        FROM (SELECT * FROM status_events WHERE old_state <> 'unknown' OR new_state <> 'up'
            ORDER BY at DESC LIMIT 20) e
        LEFT JOIN devices d ON d.id = e.target_id
        LEFT JOIN links l ON l.id = e.target_id
        LEFT JOIN branches b ON b.id = coalesce(d.branch_id, l.branch_id)) e),
    'top', (SELECT coalesce(json_agg(to_json(t) ORDER BY t.rank), '[]') FROM (
        SELECT i.id, i.title, i.kind, i.severity, i.state, i.opened_at, i.acknowledged_at,
            coalesce(nullif(u.display_name, ''), u.username) AS acknowledged_by, i.resolved_at,
            i.last_change_at, CASE WHEN i.cause_kind <> '' THEN json_build_object(
                'kind', i.cause_kind, 'id', i.cause_id, 'name', i.cause_name) END AS cause,
            CASE WHEN b.id IS NOT NULL
                THEN json_build_object('id', b.id, 'name', b.name) END AS branch,
            CASE WHEN r.id IS NOT NULL
                THEN json_build_object('id', r.id, 'name', r.name) END AS region,
            n.all AS subject_count, n.down AS subjects_down, n.all AS alert_count,
            row_number() OVER (ORDER BY array_position(
                ARRAY['critical', 'high', 'medium', 'low', 'info'], i.severity), i.opened_at DESC)
                AS rank
        FROM incidents i
        LEFT JOIN branches b ON b.id = i.branch_id LEFT JOIN regions r ON r.id = b.region_id
        LEFT JOIN users u ON u.id = i.acknowledged_by
        CROSS JOIN LATERAL (SELECT count(*) AS all,
                count(*) FILTER (WHERE recovered_at IS NULL) AS down
            FROM incident_subjects s WHERE s.incident_id = i.id) n
        WHERE i.state <> 'resolved' ORDER BY rank LIMIT 10) t)
)
"""

_AVAILABILITY = """
SELECT json_object_agg(span, 1 - least(1,
    coalesce(away.down, 0) / nullif(w.observed - coalesce(away.unknown, 0), 0)))
FROM (SELECT sum(n.at - date_part('epoch', greatest(n.today, observed_from))) AS today,
        sum(n.at - date_part('epoch', greatest(n.d7, observed_from))) AS d7,
        sum(n.at - date_part('epoch', greatest(n.d30, observed_from))) AS d30
    FROM target_status, (SELECT date_part('epoch', now()) AS at,
        date_trunc('day', now()) AS today,
        now() - interval '7 days' AS d7, now() - interval '30 days' AS d30) n) seen
CROSS JOIN LATERAL (VALUES ('today', date_trunc('day', now()), seen.today),
    ('d7', now() - interval '7 days', seen.d7),
    ('d30', now() - interval '30 days', seen.d30)) AS w (span, start, observed)
CROSS JOIN LATERAL (
    SELECT sum(length) FILTER (WHERE state = 'down') AS down,
        sum(length) FILTER (WHERE state = 'unknown') AS unknown
    FROM (SELECT state, date_part('epoch',
            coalesce(to_at, now()) - greatest(from_at, w.start)) AS length
        FROM status_intervals
        WHERE state <> 'up' AND coalesce(to_at, 'infinity') > w.start) i) away
"""


class Trouble(NamedTuple):
    """How many targets of one kind, place and type are shown in one state other than up."""

    kind: str
    branch_id: int | None
    provider_id: int | None
    type: str
    status: str
    targets: int


def trouble(session: ReadSession) -> tuple[int, list[Trouble]]:
    """The version of the inventory, and everything that is not up."""
    rows = session.tuples(_TROUBLE)
    return rows[0][0], [Trouble(*row[1:]) for row in rows if row[1] is not None]


def ground(session: ReadSession) -> dict[str, Any]:
    """Names and totals of all places, types and providers, and the version they are of."""
    found: dict[str, Any] = session.value(_GROUND)
    return found


def facts(session: ReadSession) -> dict[str, Any]:
    """Open incidents, the most urgent of them, and the newest events."""
    found: dict[str, Any] = session.value(_FACTS)
    return found


def availability(session: ReadSession) -> dict[str, float | None]:
    """Share of the observed time in which targets were not down: today, 7 and 30 days."""
    found: dict[str, float | None] = session.value(_AVAILABILITY)
    return found


@dataclass(frozen=True, slots=True)
class Wall:
    """All enabled devices as columns; times in seconds since 1970, NaN for none."""

    cursor: stream.Cursor
    regions: list[tuple[int, str]]
    branches: list[tuple[int, str, int]]
    columns: Mapping[str, Sequence[Any] | NDArray[np.floating]]


_WALL_TIMES = ("status_since", "down_since", "last_checked_at")
_WALL_COLUMNS = (
    "id",
    "name",
    "ip",
    "type",
    "branch_id",
    "status",
    "status_since",
    "down_since",
    "last_checked_at",
    "rtt_ms",
)


def wall(session: ReadSession) -> Wall:
    """The wall as of now; the cursor is where the event stream goes on from it."""
    cursor = stream.present(session)
    rows = session.tuples(
        """
        SELECT d.id, d.name, host(d.ip), d.type, d.branch_id, shown_state(s),
            extract(epoch FROM s.since)::float8, extract(epoch FROM s.down_since)::float8,
            extract(epoch FROM s.last_checked_at)::float8, s.rtt_ms
        FROM devices d JOIN target_status s ON s.target_id = d.id
        WHERE d.enabled ORDER BY d.branch_id NULLS LAST, d.id
        """,
        binary=True,
    )
    columns = dict(zip(_WALL_COLUMNS, zip(*rows, strict=True) if rows else [()] * 10, strict=True))
    times = {name: np.round(np.array(columns[name], "f8"), 1) for name in _WALL_TIMES}
    return Wall(
        cursor=cursor,
        regions=[
            (i, name) for i, name in session.tuples("SELECT id, name FROM regions ORDER BY 2")
        ],
        branches=[
            (i, name, region)
            for i, name, region in session.tuples(
                "SELECT id, name, region_id FROM branches ORDER BY 2"
            )
        ],
        columns={**columns, **times, "rtt_ms": np.array(columns["rtt_ms"], "f4")},
    )


@dataclass(frozen=True, slots=True)
class FoundDevice:
    """A device that matches."""

    id: int
    name: str
    ip: str
    type: str
    status: str
    branch: str | None


@dataclass(frozen=True, slots=True)
class FoundBranch:
    """A branch that matches."""

    id: int
    name: str
    region: str


@dataclass(frozen=True, slots=True)
class FoundIncident:
    """An incident that matches."""

    id: int
    title: str
    kind: str
    cause: dict[str, Any] | None
    """Its kind, id and name, from which other languages make the title."""
    state: str
    severity: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class FoundLink:
    """A link that matches."""

    id: int
    name: str
    probe_address: str
    status: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, best first."""

    devices: list[FoundDevice]
    branches: list[FoundBranch]
    incidents: list[FoundIncident]
    links: list[FoundLink]


def search(session: ReadSession, text: str, *, limit: int) -> Found:
    """Devices, branches, incidents and links whose name or address holds `text`.

    Devices are found by serial and tag too. Those that begin with `text` come first.
    """
    values = {"q": text.lower(), "limit": limit}
    return Found(
        devices=session.rows(
            FoundDevice,
            """
            SELECT d.id, d.name, host(d.ip) AS ip, d.type, shown_state(s) AS status,
                b.name AS branch
            FROM devices d JOIN target_status s ON s.target_id = d.id
            LEFT JOIN branches b ON b.id = d.branch_id
            WHERE strpos(d.search, %(q)s) > 0
            ORDER BY NOT starts_with(lower(d.name), %(q)s) AND NOT starts_with(host(d.ip), %(q)s),
                d.name, d.id LIMIT %(limit)s
            """,
            values,
        ),
        branches=session.rows(
            FoundBranch,
            """
            SELECT b.id, b.name, r.name AS region
            FROM branches b JOIN regions r ON r.id = b.region_id
            WHERE strpos(lower(b.name), %(q)s) > 0 OR strpos(lower(b.code), %(q)s) > 0
                OR strpos(lower(b.city), %(q)s) > 0
            ORDER BY NOT starts_with(lower(b.name), %(q)s), b.name, b.id LIMIT %(limit)s
            """,
            values,
        ),
        incidents=session.rows(
            FoundIncident,
            """
            SELECT id, title, kind, CASE WHEN cause_kind <> '' THEN json_build_object(
                    'kind', cause_kind, 'id', cause_id, 'name', cause_name) END AS cause,
                state, severity, opened_at FROM incidents
            WHERE strpos(lower(title), %(q)s) > 0 OR id::text = %(q)s
            ORDER BY state = 'resolved', opened_at DESC LIMIT %(limit)s
            """,
            values,
        ),
        links=session.rows(
            FoundLink,
            """
            SELECT l.id, l.name, host(l.probe_address) AS probe_address,
                shown_state(s) AS status
            FROM links l JOIN target_status s ON s.target_id = l.id
            WHERE strpos(lower(l.name), %(q)s) > 0 OR strpos(host(l.probe_address), %(q)s) > 0
                OR (l.circuit_id <> '' AND lower(l.circuit_id) = %(q)s)
            ORDER BY l.name, l.id LIMIT %(limit)s
            """,
            values,
        ),
    )
