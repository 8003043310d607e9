"""All SQL of incidents: writing them first, reading them below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
from psycopg import sql

from wardops.core import stream
from wardops.core.database import ReadSession, WriteSession
from wardops.core.http import Window
from wardops.flow import Cause


@dataclass(frozen=True, slots=True)
class IncidentStart:
    """What an incident is opened with."""

    cause: Cause
    kind: str
    severity: str
    at: datetime


def lock_causes(session: WriteSession, keys: Sequence[str]) -> None:
    """Let nobody else open or resolve incidents of these causes until the transaction ends."""
    for key in keys:
        session.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", (key,))


def open_incident(session: WriteSession, start: IncidentStart) -> tuple[int, bool]:
    """The open incident of a cause, made now if there is none; and whether it was made.

    Its row is locked, so that nobody resolves it before the subject that joins is in it.
    """
    known = session.value(
        "SELECT id FROM incidents WHERE cause_key = %s AND state <> 'resolved' FOR UPDATE",
        (start.cause.key,),
    )
    if known is not None:
        return int(known), False
    number = session.value(
        """
        WITH named AS (
            SELECT CASE %(cause)s
                WHEN 'branch' THEN (SELECT name FROM branches WHERE id = %(id)s)
                WHEN 'link' THEN (SELECT name FROM links WHERE id = %(id)s)
                ELSE (SELECT name FROM devices WHERE id = %(id)s) END AS name,
            CASE %(cause)s
                WHEN 'branch' THEN (SELECT id FROM branches WHERE id = %(id)s)
                WHEN 'link' THEN (SELECT branch_id FROM links WHERE id = %(id)s)
                ELSE (SELECT branch_id FROM devices WHERE id = %(id)s) END AS branch_id
        )
        INSERT INTO incidents (cause_key, kind, severity, title, branch_id, cause_kind, cause_id,
            cause_name, opened_at, last_change_at)
        SELECT %(key)s, %(kind)s, %(severity)s,
            CASE %(cause)s WHEN 'branch' THEN 'Branch ' WHEN 'link' THEN 'Link ' ELSE '' END
                || coalesce(name, '#' || %(id)s) || ' is down',
            branch_id, %(cause)s, %(id)s, coalesce(name, ''), %(at)s, %(at)s
        FROM named RETURNING id
        """,
        {
            "cause": start.cause.kind,
            "id": start.cause.id,
            "key": start.cause.key,
            "kind": start.kind,
            "severity": start.severity,
            "at": start.at,
        },
    )
    return int(number), True


def move_subjects(
    session: WriteSession, incident_id: int, target_ids: Sequence[int], *, at: datetime
) -> set[int]:
    """Put targets into an incident; the other incidents that they left for it.

    A target is in at most one open incident.
    """
    left = session.tuples(
        """
        UPDATE incident_subjects SET recovered_at = %(at)s
        WHERE target_id = ANY(%(ids)s) AND recovered_at IS NULL AND incident_id <> %(incident)s
        RETURNING incident_id
        """,
        {"ids": list(target_ids), "incident": incident_id, "at": at},
    )
    session.execute(
        """
        INSERT INTO incident_subjects (incident_id, target_id, kind, name, down_at)
        SELECT %(incident)s, s.target_id, s.kind, coalesce(d.name, l.name, ''),
            coalesce(s.down_since, %(at)s)
        FROM target_status s
        LEFT JOIN devices d ON d.id = s.target_id LEFT JOIN links l ON l.id = s.target_id
        WHERE s.target_id = ANY(%(ids)s)
        ORDER BY s.target_id
        ON CONFLICT (incident_id, target_id) DO UPDATE SET recovered_at = NULL
        """,
        {"ids": list(target_ids), "incident": incident_id, "at": at},
    )
    session.execute(
        "UPDATE incidents SET last_change_at = greatest(last_change_at, %s) WHERE id = %s",
        (at, incident_id),
    )
    return {row[0] for row in left}


def fallen_lately(session: ReadSession, branch_id: int, *, since: datetime) -> list[int]:
    """Targets of a branch that are down in incidents of their own, opened after `since`."""
    rows = session.tuples(
        """
        SELECT s.target_id FROM incident_subjects s JOIN incidents i ON i.id = s.incident_id
        WHERE i.branch_id = %s AND i.kind IN ('device_down', 'link_down')
            AND i.opened_at >= %s AND s.recovered_at IS NULL
        """,
        (branch_id, since),
    )
    return [row[0] for row in rows]


def recover_subjects(
    session: WriteSession, target_ids: Sequence[int], *, at: datetime
) -> dict[int, list[int]]:
    """Mark targets as recovered; the ids by incident."""
    rows = session.tuples(
        """
        WITH recovered AS (
            UPDATE incident_subjects SET recovered_at = greatest(%(at)s, down_at)
            WHERE target_id = ANY(%(ids)s) AND recovered_at IS NULL
            RETURNING incident_id, target_id
        ), touched AS (
            UPDATE incidents SET last_change_at = %(at)s
            WHERE id IN (SELECT incident_id FROM recovered)
        )
        SELECT incident_id, array_agg(target_id ORDER BY target_id) FROM recovered
        GROUP BY incident_id
        """,
        {"ids": list(target_ids), "at": at},
    )
    return dict(rows)


def resolve_finished(
    session: WriteSession, incident_ids: Sequence[int], *, at: datetime
) -> list[int]:
    """Resolve those of the incidents that have no subject left that is down.

    Their rows are locked by a statement of its own: one that waits for a lock would afterwards
    still not see the subject that whoever held it has put in.
    """
    session.execute(
        "SELECT FROM incidents WHERE id = ANY(%s) ORDER BY id FOR UPDATE", (list(incident_ids),)
    )
    rows = session.tuples(
        """
        UPDATE incidents i SET state = 'resolved', resolved_at = %s, last_change_at = %s
        WHERE i.id = ANY(%s) AND i.state <> 'resolved' AND i.kind <> 'system' AND NOT EXISTS (
            SELECT FROM incident_subjects s
            WHERE s.incident_id = i.id AND s.recovered_at IS NULL)
        RETURNING i.id
        """,
        (at, at, list(incident_ids)),
    )
    return sorted(row[0] for row in rows)


def note(
    session: WriteSession,
    incident_id: int,
    kind: str,
    *,
    at: datetime,
    data: dict[str, Any] | None = None,
    actor: tuple[int | None, str] | None = None,
    text: str | None = None,
) -> int:
    """Write a line of the incident's timeline; its id."""
    actor_id, actor_name = actor or (None, None)
    return int(
        session.value(
            """
            INSERT INTO incident_events (incident_id, at, kind, actor_id, actor, text, data)
            VALUES (%s, %s, %s, %s, %s, %s, %s::jsonb) RETURNING id
            """,
            (
                incident_id,
                at,
                kind,
                actor_id,
                actor_name,
                text,
                orjson.dumps(data or {}).decode(),
            ),
        )
    )


def announce(session: WriteSession, incident_ids: Sequence[int], *, change: str = "") -> None:
    """Tell the event stream how these incidents stand now."""
    if not incident_ids:
        return
    for incident in _select(session, sql.SQL("i.id = ANY(%(ids)s)"), {"ids": list(incident_ids)}):
        stream.append(
            session,
            "incident",
            {"change": change or _change_of(incident), "incident": incident.as_json()},
        )


def _change_of(incident: Incident) -> str:
    if incident.state == "resolved":
        return "resolved"
    return "opened" if incident.last_change_at <= incident.opened_at else "updated"


def mark_acknowledged(
    session: WriteSession, incident_ids: Sequence[int], *, user_id: int | None, at: datetime
) -> list[int]:
    """Acknowledge those of the incidents that are open; their ids."""
    rows = session.tuples(
        """
        UPDATE incidents SET state = 'acknowledged', acknowledged_at = %s, acknowledged_by = %s,
            last_change_at = %s
        WHERE id = ANY(%s) AND state = 'open' RETURNING id
        """,
        (at, user_id, at, list(incident_ids)),
    )
    return sorted(row[0] for row in rows)


@dataclass(frozen=True, slots=True)
class Incident:
    """An incident as lists and the stream show it."""

    id: int
    title: str
    kind: str
    severity: str
    state: str
    opened_at: datetime
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    resolved_at: datetime | None
    last_change_at: datetime
    cause_kind: str
    cause_id: int | None
    cause_name: str
    branch_id: int | None
    branch_name: str | None
    region_id: int | None
    region_name: str | None
    subject_count: int
    subjects_down: int

    def as_json(self) -> dict[str, object]:
        """In the shape of the API."""
        return {
            "id": self.id,
            "title": self.title,
            "kind": self.kind,
            "severity": self.severity,
            "state": self.state,
            "opened_at": self.opened_at.isoformat(),
            "acknowledged_at": _iso(self.acknowledged_at),
            "acknowledged_by": self.acknowledged_by,
            "resolved_at": _iso(self.resolved_at),
            "last_change_at": self.last_change_at.isoformat(),
            "cause": {"kind": self.cause_kind, "id": self.cause_id, "name": self.cause_name}
            if self.cause_kind
            else None,
            "branch": {"id": self.branch_id, "name": self.branch_name} if self.branch_id else None,
            "region": {"id": self.region_id, "name": self.region_name} if self.region_id else None,
            "subject_count": self.subject_count,
            "subjects_down": self.subjects_down,
            "alert_count": self.subject_count,
        }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


@dataclass(frozen=True, slots=True)
class IncidentFilter:
    """Which incidents are wanted; empty fields do not filter."""

    states: Sequence[str] = ()
    severities: Sequence[str] = ()
    kind: str | None = None
    branch_id: int | None = None
    region_id: int | None = None
    device_id: int | None = None
    opened_after: datetime | None = None
    opened_before: datetime | None = None
    q: str = ""


@dataclass(frozen=True, slots=True)
class _Where:
    parts: list[sql.Composable] = field(default_factory=list)
    values: dict[str, object] = field(default_factory=dict)

    def add(self, condition: sql.SQL, **values: object) -> None:
        self.parts.append(condition)
        self.values.update(values)

    @property
    def condition(self) -> sql.Composed:
        return sql.SQL(" AND ").join(self.parts or [sql.SQL("true")])


SORTABLE = {
    "opened_at": "i.opened_at",
    "last_change_at": "i.last_change_at",
    "resolved_at": "i.resolved_at",
    "severity": "array_position(ARRAY['info','low','medium','high','critical'], i.severity)",
    "state": "array_position(ARRAY['resolved','acknowledged','open'], i.state)",
    "title": "i.title",
    "id": "i.id",
}


def find_incidents(
    session: ReadSession, wanted: IncidentFilter, window: Window
) -> tuple[list[Incident], int]:
    """One page of incidents and the number of all that match. Two statements."""
    where = _where(wanted)
    total = session.value(
        sql.SQL(
            "SELECT count(*) FROM incidents i LEFT JOIN branches b ON b.id = i.branch_id WHERE {}"
        ).format(where.condition),
        where.values,
    )
    order = [
        sql.SQL("{} {} NULLS LAST").format(
            sql.SQL(SORTABLE[name]), sql.SQL("DESC" if descending else "ASC")
        )
        for name, descending in window.sort or (("state", True), ("opened_at", True))
    ]
    items = _select(
        session,
        where.condition,
        {**where.values, "skip": window.skip, "limit": window.limit},
        tail=sql.SQL("ORDER BY {}, i.id DESC OFFSET %(skip)s LIMIT %(limit)s").format(
            sql.SQL(", ").join(order)
        ),
    )
    return items, int(total)


def _where(wanted: IncidentFilter) -> _Where:
    where = _Where()
    if wanted.states:
        where.add(sql.SQL("i.state = ANY(%(states)s)"), states=list(wanted.states))
    if wanted.severities:
        where.add(sql.SQL("i.severity = ANY(%(severities)s)"), severities=list(wanted.severities))
    if wanted.kind:
        where.add(sql.SQL("i.kind = %(kind)s"), kind=wanted.kind)
    if wanted.branch_id is not None:
        where.add(sql.SQL("i.branch_id = %(branch)s"), branch=wanted.branch_id)
    if wanted.region_id is not None:
        where.add(sql.SQL("b.region_id = %(region)s"), region=wanted.region_id)
    if wanted.device_id is not None:
        where.add(
            sql.SQL(
                "i.id IN (SELECT incident_id FROM incident_subjects WHERE target_id = %(target)s)"
            ),
            target=wanted.device_id,
        )
    if wanted.opened_after:
        where.add(sql.SQL("i.opened_at >= %(after)s"), after=wanted.opened_after)
    if wanted.opened_before:
        where.add(sql.SQL("i.opened_at < %(before)s"), before=wanted.opened_before)
    if wanted.q:
        where.add(sql.SQL("strpos(lower(i.title), lower(%(q)s)) > 0"), q=wanted.q)
    return where


def _select(
    session: ReadSession,
    condition: sql.Composable,
    values: dict[str, object],
    *,
    tail: sql.Composable = sql.SQL("ORDER BY i.id"),  # noqa: B008  a constant
) -> list[Incident]:
    return session.rows(
        Incident,
        sql.SQL(
            """
            SELECT i.id, i.title, i.kind, i.severity, i.state, i.opened_at, i.acknowledged_at,
                coalesce(nullif(u.display_name, ''), u.username) AS acknowledged_by,
                i.resolved_at, i.last_change_at, i.cause_kind, i.cause_id, i.cause_name,
                b.id AS branch_id, b.name AS branch_name, r.id AS region_id,
                r.name AS region_name, n.subject_count, n.subjects_down
            FROM incidents i
            LEFT JOIN branches b ON b.id = i.branch_id
            LEFT JOIN regions r ON r.id = b.region_id
            LEFT JOIN users u ON u.id = i.acknowledged_by
            CROSS JOIN LATERAL (
                SELECT count(*)::int AS subject_count,
                    (count(*) FILTER (WHERE recovered_at IS NULL))::int AS subjects_down
                FROM incident_subjects s WHERE s.incident_id = i.id) n
            WHERE {} {}
            """
        ).format(condition, tail),
        values,
    )


def get_incident(session: ReadSession, incident_id: int) -> Incident | None:
    """One incident, or None."""
    found = _select(session, sql.SQL("i.id = %(id)s"), {"id": incident_id})
    return found[0] if found else None


def incidents_of_target(
    session: ReadSession, target_id: int, window: Window
) -> tuple[list[Incident], int]:
    """Incidents that a device or link was part of, newest first."""
    wanted = IncidentFilter(device_id=target_id)
    return find_incidents(session, wanted, window)


@dataclass(frozen=True, slots=True)
class Subject:
    """A device or link inside an incident; address and type are None when it was deleted."""

    id: int
    kind: str
    name: str
    ip: str | None
    type: str | None
    status: str | None
    down_at: datetime
    recovered_at: datetime | None


def subjects_of(session: ReadSession, incident_id: int) -> list[Subject]:
    """What is inside an incident: still down first, then by name."""
    return session.rows(
        Subject,
        """
        SELECT s.target_id AS id, s.kind, coalesce(d.name, l.name, s.name) AS name,
            host(coalesce(d.ip, l.probe_address)) AS ip,
            coalesce(d.type, CASE WHEN l.id IS NOT NULL THEN 'link' END) AS type,
            shown_state(t) AS status,
            s.down_at, s.recovered_at
        FROM incident_subjects s
        LEFT JOIN devices d ON d.id = s.target_id
        LEFT JOIN links l ON l.id = s.target_id
        LEFT JOIN target_status t ON t.target_id = s.target_id
        WHERE s.incident_id = %s
        ORDER BY s.recovered_at IS NOT NULL, 3, 1
        """,
        (incident_id,),
    )


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of an incident's story."""

    id: int
    at: datetime
    kind: str
    actor: str | None
    text: str | None
    data: dict[str, Any]


def timeline_of(session: ReadSession, incident_id: int) -> list[TimelineEntry]:
    """The story, oldest first."""
    return session.rows(
        TimelineEntry,
        """
        SELECT id, at, kind, actor, text, data FROM incident_events
        WHERE incident_id = %s ORDER BY at, id
        """,
        (incident_id,),
    )


def gone_subjects(session: ReadSession) -> list[int]:
    """Subjects of open incidents that are not down any more: up, switched off or deleted."""
    rows = session.tuples(
        """
        SELECT s.target_id FROM incident_subjects s
        LEFT JOIN target_status t ON t.target_id = s.target_id
        LEFT JOIN devices d ON d.id = s.target_id
        LEFT JOIN links l ON l.id = s.target_id
        WHERE s.recovered_at IS NULL
            AND (t.target_id IS NULL OR t.state = 'up' OR NOT coalesce(d.enabled, l.enabled))
        ORDER BY s.target_id
        """
    )
    return [row[0] for row in rows]


@dataclass(frozen=True, slots=True)
class Unexplained:
    """A target that is down and in no open incident."""

    target_id: int
    kind: str
    branch_id: int | None
    down_since: datetime


def unexplained(session: ReadSession, *, before: datetime) -> list[Unexplained]:
    """Enabled targets down since before a time, without an open incident.

    One that was not asked for long, as after it was switched on again, has to be asked first.
    """
    return session.rows(
        Unexplained,
        """
        SELECT t.target_id, t.kind, coalesce(d.branch_id, l.branch_id) AS branch_id, t.down_since
        FROM target_status t
        LEFT JOIN devices d ON d.id = t.target_id
        LEFT JOIN links l ON l.id = t.target_id
        WHERE t.state = 'down' AND t.down_since < %s AND coalesce(d.enabled, l.enabled)
            AND t.stale_after > now()
            AND NOT EXISTS (
                SELECT FROM incident_subjects s JOIN incidents i ON i.id = s.incident_id
                WHERE s.target_id = t.target_id AND s.recovered_at IS NULL
                    AND i.state <> 'resolved')
        ORDER BY t.target_id
        """,
        (before,),
    )


@dataclass(frozen=True, slots=True)
class Leftover:
    """An incident whose cause has cleared while some of its subjects stay down."""

    incident_id: int
    target_ids: list[int]


def leftovers(session: ReadSession, *, before: datetime) -> list[Leftover]:
    """Incidents of branches, and of devices with others inside, whose cause answered long ago.

    A branch has cleared when any of its devices answers since before a time, a device when it
    answers itself. Only an answer from after the opening counts: a device that was not asked
    since is still stored as up.
    """
    return session.rows(
        Leftover,
        """
        SELECT i.id AS incident_id, array_agg(s.target_id ORDER BY s.target_id) AS target_ids
        FROM incidents i JOIN incident_subjects s ON s.incident_id = i.id
        WHERE i.state <> 'resolved' AND i.opened_at < %(before)s AND s.recovered_at IS NULL AND (
            (i.cause_kind = 'branch' AND EXISTS (
                SELECT FROM devices d JOIN target_status t ON t.target_id = d.id
                WHERE d.branch_id = i.cause_id AND d.enabled
                    AND t.state = 'up' AND t.since < %(before)s
                    AND t.last_checked_at > i.opened_at))
            OR (i.cause_kind = 'device' AND EXISTS (
                SELECT FROM target_status t
                WHERE t.target_id = i.cause_id AND t.state = 'up' AND t.since < %(before)s
                    AND t.last_checked_at > i.opened_at)
                AND s.target_id <> i.cause_id))
        GROUP BY i.id ORDER BY i.id
        """,
        {"before": before},
    )


def drop_subjects(
    session: WriteSession, incident_id: int, target_ids: Sequence[int], *, at: datetime
) -> None:
    """Take subjects out of an incident although they are still down."""
    session.execute(
        """
        UPDATE incident_subjects SET recovered_at = greatest(%s, down_at)
        WHERE incident_id = %s AND target_id = ANY(%s) AND recovered_at IS NULL
        """,
        (at, incident_id, list(target_ids)),
    )


def open_system(
    session: WriteSession, key: str, title: str, severity: str, *, at: datetime
) -> int | None:
    """Open an incident of WARD itself; None when one of this cause is open."""
    number = session.value(
        """
        INSERT INTO incidents (cause_key, kind, severity, title, opened_at, last_change_at)
        VALUES (%(key)s, 'system', %(severity)s, %(title)s, %(at)s, %(at)s)
        ON CONFLICT (cause_key) WHERE state <> 'resolved' DO NOTHING RETURNING id
        """,
        {"key": key, "severity": severity, "title": title, "at": at},
    )
    return int(number) if number is not None else None


def resolve_system(session: WriteSession, keys: Sequence[str], *, at: datetime) -> list[int]:
    """Resolve the open system incidents of these causes; their ids."""
    rows = session.tuples(
        """
        UPDATE incidents SET state = 'resolved', resolved_at = %(at)s, last_change_at = %(at)s
        WHERE kind = 'system' AND state <> 'resolved' AND cause_key = ANY(%(keys)s)
        RETURNING id
        """,
        {"keys": list(keys), "at": at},
    )
    return sorted(row[0] for row in rows)
