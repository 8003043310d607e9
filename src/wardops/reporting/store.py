"""SQL of the overview, the wall and the search. The overview takes two statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wardops.core import stream
from wardops.core.database import ReadSession

STATUSES = (
    "up",
    "down",
    "unreachable",
    "flapping",
    "unknown",
    "stale",
    "maintenance",
    "paused",
)
Counts = dict[str, int]


def no_counts() -> Counts:
    """Zero of everything."""
    return {"all": 0, **dict.fromkeys(STATUSES, 0)}


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Everything on the overview."""

    totals: Counts
    links: Counts
    by_type: dict[str, Counts]
    by_branch: dict[int, Counts]
    by_provider: dict[int, Counts]
    facts: dict[str, Any]
    """Names, incidents, newest events and availability, as JSON the second statement built."""


_COUNTS = """
SELECT 'device', d.branch_id, d.type, shown_state(d.enabled, s) AS st, count(*)::int
FROM devices d JOIN target_status s ON s.target_id = d.id GROUP BY d.branch_id, d.type, st
UNION ALL
SELECT 'link', l.provider_id, 'link', shown_state(l.enabled, s) AS st, count(*)::int
FROM links l JOIN target_status s ON s.target_id = l.id GROUP BY l.provider_id, st
"""

_FACTS = """
SELECT json_build_object(
    'regions', (SELECT coalesce(json_agg(json_build_object('id', id, 'name', name)
        ORDER BY name), '[]') FROM regions),
    'branches', (SELECT coalesce(json_agg(json_build_object(
        'id', id, 'name', name, 'region_id', region_id) ORDER BY name), '[]') FROM branches),
    'providers', (SELECT coalesce(json_agg(json_build_object('id', id, 'name', name)
        ORDER BY name), '[]') FROM providers),
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
        WHERE i.state <> 'resolved' ORDER BY rank LIMIT 10) t),
    'availability', (
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
                WHERE state <> 'up' AND coalesce(to_at, 'infinity') > w.start) i) away)
)
"""


def dashboard(session: ReadSession) -> Dashboard:
    """The overview, counted now: nothing of it is cached."""
    totals, links = no_counts(), no_counts()
    by_type: dict[str, Counts] = {}
    by_branch: dict[int, Counts] = {}
    by_provider: dict[int, Counts] = {}
    for kind, place, what, status, count in session.tuples(_COUNTS):
        if kind == "link":
            groups = [links, by_provider.setdefault(place, no_counts())]
        else:
            groups = [totals, by_type.setdefault(what, no_counts())]
            if place is not None:
                groups.append(by_branch.setdefault(place, no_counts()))
        for group in groups:
            group[status] += count
            group["all"] += count
    facts = session.value(_FACTS)
    return Dashboard(totals, links, by_type, by_branch, by_provider, facts)


@dataclass(frozen=True, slots=True)
class Wall:
    """All enabled devices as columns; times in seconds since 1970."""

    cursor: stream.Cursor
    regions: list[tuple[int, str]]
    branches: list[tuple[int, str, int]]
    columns: dict[str, list[Any]]


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
        SELECT d.id, d.name, host(d.ip), d.type, d.branch_id, shown_state(d.enabled, s),
            extract(epoch FROM s.since)::float8, extract(epoch FROM s.down_since)::float8,
            extract(epoch FROM s.last_checked_at)::float8, s.rtt_ms
        FROM devices d JOIN target_status s ON s.target_id = d.id
        WHERE d.enabled ORDER BY d.branch_id NULLS LAST, d.id
        """,
        binary=True,
    )
    columns = zip(*rows, strict=True) if rows else ([] for _ in _WALL_COLUMNS)
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
        columns=dict(zip(_WALL_COLUMNS, map(list, columns), strict=True)),
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

    Those that begin with it come first.
    """
    values = {"q": text.lower(), "limit": limit}
    return Found(
        devices=session.rows(
            FoundDevice,
            """
            SELECT d.id, d.name, host(d.ip) AS ip, d.type, shown_state(d.enabled, s) AS status,
                b.name AS branch
            FROM devices d JOIN target_status s ON s.target_id = d.id
            LEFT JOIN branches b ON b.id = d.branch_id
            WHERE strpos(lower(d.name), %(q)s) > 0 OR strpos(host(d.ip), %(q)s) > 0
                OR (d.serial <> '' AND lower(d.serial) = %(q)s)
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
            SELECT id, title, state, severity, opened_at FROM incidents
            WHERE strpos(lower(title), %(q)s) > 0 OR id::text = %(q)s
            ORDER BY state = 'resolved', opened_at DESC LIMIT %(limit)s
            """,
            values,
        ),
        links=session.rows(
            FoundLink,
            """
            SELECT l.id, l.name, host(l.probe_address) AS probe_address,
                shown_state(l.enabled, s) AS status
            FROM links l JOIN target_status s ON s.target_id = l.id
            WHERE strpos(lower(l.name), %(q)s) > 0 OR strpos(host(l.probe_address), %(q)s) > 0
                OR (l.circuit_id <> '' AND lower(l.circuit_id) = %(q)s)
            ORDER BY l.name, l.id LIMIT %(limit)s
            """,
            values,
        ),
    )
