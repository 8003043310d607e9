"""All SQL of the state slice. Statements of the hot path come first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import orjson

from wardops.core.database import ReadSession, WriteSession
from wardops.flow import Floats, Ints, Reachability, ShardKey, StateChange
from wardops.state.history import HistoryRows
from wardops.state.machine import Exceptions, Stored
from wardops.state.round import Round


def down_targets(session: ReadSession, ids: Ints) -> Ints:
    """Those of `ids` that are stored as down. Uses target_status_down."""
    rows = session.tuples(
        "SELECT target_id FROM target_status WHERE state = 'down' AND target_id = ANY(%s)",
        (ids,),
        binary=True,
    )
    return np.array([row[0] for row in rows], dtype=np.int64)


def note_run(session: WriteSession, done: Round, *, silent: int) -> bool:
    """Take the shard's slot; False when this slot or a later one was stored before.

    The row lock makes one writer per shard, the comparison is the fence.
    """
    return bool(
        session.execute(
            """
            INSERT INTO shard_runs AS r (site, cadence_ms, shard, last_slot, finished_at, lag_ms,
                duration_ms, targets, silent, slots_done)
            VALUES (%(site)s, %(cadence)s, %(shard)s, %(slot)s, now(), %(lag)s, %(duration)s,
                %(targets)s, %(silent)s, 1)
            ON CONFLICT (site, cadence_ms, shard) DO UPDATE SET
                last_slot = excluded.last_slot,
                finished_at = excluded.finished_at,
                lag_ms = excluded.lag_ms,
                duration_ms = excluded.duration_ms,
                targets = excluded.targets,
                silent = excluded.silent,
                slots_done = r.slots_done + 1,
                slots_missed = r.slots_missed + greatest(0,
                    round((excluded.last_slot - r.last_slot)::numeric / r.cadence_ms) - 1)::bigint
            WHERE r.last_slot < excluded.last_slot
            """,
            {
                "site": done.key.site,
                "cadence": done.key.cadence_ms,
                "shard": done.key.index,
                "slot": done.slot_ms,
                "lag": done.lag_ms,
                "duration": done.duration_ms,
                "targets": len(done.ids),
                "silent": silent,
            },
        )
    )


def exceptions_of(session: ReadSession, ids: Ints) -> Exceptions:
    """Stored state of those of `ids` that are not up."""
    rows = session.tuples(
        """
        SELECT target_id, state, reason FROM target_status
        WHERE target_id = ANY(%s) AND state <> 'up'
        """,
        (ids,),
        binary=True,
    )
    return {row[0]: Stored(Reachability(row[1]), row[2]) for row in rows}


def save_round(
    session: WriteSession, done: Round, *, ids: Ints, rtt_s: Floats, loss: Floats, stale_s: float
) -> None:
    """Refresh the current-state rows of the targets that were checked (`ids`, rising)."""
    session.execute(
        """
        UPDATE target_status s SET
            last_slot = %(slot)s,
            last_checked_at = %(at)s,
            observed_from = coalesce(s.observed_from, %(at)s),
            stale_after = %(at)s + make_interval(secs => %(stale)s),
            rtt_ms = nullif(u.rtt, 'NaN') * 1000,
            loss_ratio = nullif(u.loss, 'NaN')
        FROM unnest(%(ids)s::bigint[], %(rtt)s::real[], %(loss)s::real[]) AS u (id, rtt, loss)
        WHERE s.target_id = u.id AND s.last_slot < %(slot)s
        """,
        {
            "slot": done.slot_ms,
            "at": done.started_at,
            "stale": stale_s,
            "ids": ids,
            "rtt": rtt_s.astype("f4"),
            "loss": loss.astype("f4"),
        },
    )


@dataclass(frozen=True, slots=True)
class FlapLimits:
    """How many changes within how long make a target flapping."""

    window_s: int
    device_changes: int
    link_changes: int


def record_changes(
    session: WriteSession,
    changes: Sequence[StateChange],
    reasons: dict[int, str],
    *,
    slot_ms: int,
    limits: FlapLimits,
) -> list[StateChange]:
    """Write the new states with their events and intervals; the changes that took place.

    A change whose target no longer has the old state, was judged by a later slot or by another
    shard for this very slot, or is gone, does not take place; nor does one of a target that was
    switched off, or given another address, while it was probed.
    """
    if reasons:
        session.execute_each(
            "UPDATE target_status SET reason = %s WHERE target_id = %s AND last_slot <= %s",
            [(reason, target_id, slot_ms) for target_id, reason in sorted(reasons.items())],
        )
    if not changes:
        return []
    rows = [
        {
            "target_id": change.target_id,
            "old": change.old,
            "new": change.new,
            "at": change.at.isoformat(),
            "reason": change.reason,
            "evidence": change.evidence,
        }
        for change in sorted(changes, key=lambda c: c.target_id)
    ]
    written = session.tuples(
        """
        WITH wanted AS MATERIALIZED (
            SELECT * FROM jsonb_to_recordset(%(rows)s::jsonb) AS w (
                target_id bigint, old text, new text, at timestamptz, reason text, evidence jsonb)
            WHERE NOT EXISTS (SELECT FROM status_events e
                WHERE e.target_id = w.target_id AND e.slot = %(slot)s)
        ), earlier AS (
            SELECT w.target_id, count(e.id) AS changes
            FROM wanted w LEFT JOIN status_events e ON e.target_id = w.target_id
                AND e.at > w.at - make_interval(secs => %(window)s)
                AND e.old_state <> 'unknown' AND e.new_state <> 'unknown'
            GROUP BY w.target_id
        ), changed AS (
            UPDATE target_status s SET
                state = w.new, since = w.at, reason = w.reason,
                down_since = CASE WHEN w.new = 'down' THEN w.at END,
                flapping = s.flapping OR (w.old <> 'unknown' AND w.new <> 'unknown'
                    AND e.changes + 1 >= CASE s.kind WHEN 'link' THEN %(link)s ELSE %(device)s END)
            FROM wanted w JOIN earlier e USING (target_id)
            LEFT JOIN devices d ON d.id = w.target_id LEFT JOIN links l ON l.id = w.target_id
            WHERE s.target_id = w.target_id AND s.state = w.old AND s.last_slot <= %(slot)s
                AND s.enabled AND coalesce(
                    w.evidence ->> 'address' = host(coalesce(d.ip, l.probe_address)), true)
            RETURNING s.target_id
        ), ended AS (
            UPDATE status_intervals i SET to_at = greatest(w.at, i.from_at)
            FROM wanted w JOIN changed USING (target_id)
            WHERE i.target_id = w.target_id AND i.to_at IS NULL
        ), told AS (
            INSERT INTO status_events (target_id, at, slot, old_state, new_state, reason, evidence)
            SELECT target_id, at, %(slot)s, old, new, reason, evidence
            FROM wanted JOIN changed USING (target_id) ORDER BY target_id
        )
        SELECT target_id FROM changed
        """,
        {
            "rows": orjson.dumps(rows).decode(),
            "slot": slot_ms,
            "window": limits.window_s,
            "link": limits.link_changes,
            "device": limits.device_changes,
        },
    )
    done = {row[0] for row in written}
    _begin_intervals(session, [row for row in rows if row["target_id"] in done])
    return [change for change in changes if change.target_id in done]


def _begin_intervals(session: WriteSession, rows: list[dict[str, object]]) -> None:
    session.execute(
        """
        INSERT INTO status_intervals (target_id, from_at, state, reason)
        SELECT target_id, at, new, reason FROM jsonb_to_recordset(%s::jsonb) AS w (
            target_id bigint, new text, at timestamptz, reason text)
        ORDER BY target_id
        ON CONFLICT (target_id, from_at) DO UPDATE
            SET state = excluded.state, reason = excluded.reason, to_at = NULL
        """,
        (orjson.dumps(rows).decode(),),
    )


@dataclass(frozen=True, slots=True)
class TargetName:
    """What people call a target."""

    id: int
    kind: str
    name: str
    branch_id: int | None
    branch_name: str | None
    status: str
    state: str
    since: datetime
    down_since: datetime | None
    reason: str
    flapping: bool
    rtt_ms: float | None

    def as_json(self) -> dict[str, object]:
        """In the shape of the event stream."""
        return {
            "id": self.id,
            "kind": self.kind,
            "name": self.name,
            "branch_id": self.branch_id,
            "status": self.status,
            "state": self.state,
            "since": self.since.isoformat(),
            "down_since": self.down_since.isoformat() if self.down_since else None,
            "reason": self.reason,
            "flapping": self.flapping,
            "rtt_ms": self.rtt_ms,
        }


def names_of(session: ReadSession, ids: Sequence[int]) -> list[TargetName]:
    """Names and present status of targets; those that are gone are left out."""
    return session.rows(
        TargetName,
        """
        SELECT s.target_id AS id, s.kind, coalesce(d.name, l.name) AS name,
            b.id AS branch_id, b.name AS branch_name,
            shown_state(s) AS status,
            s.state, s.since, s.down_since, s.reason, s.flapping, s.rtt_ms
        FROM target_status s
        LEFT JOIN devices d ON d.id = s.target_id
        LEFT JOIN links l ON l.id = s.target_id
        LEFT JOIN branches b ON b.id = coalesce(d.branch_id, l.branch_id)
        WHERE s.target_id = ANY(%s) AND (d.id IS NOT NULL OR l.id IS NOT NULL)
        ORDER BY s.target_id
        """,
        (list(ids),),
    )


def save_history(session: WriteSession, rows: HistoryRows) -> None:
    """Add rows; one that is there already (a replay) stays as it is.

    Raises psycopg.errors.CheckViolation when a day has no partition.
    """
    session.execute(
        """
        INSERT INTO ping_results (at, target_id, sent, lost, rtt_min, rtt_avg, rtt_max, jitter)
        SELECT to_timestamp(at), id, sent, lost, nullif(rtt_min, 'NaN'), nullif(rtt_avg, 'NaN'),
            nullif(rtt_max, 'NaN'), nullif(jitter, 'NaN')
        FROM unnest(%s::float8[], %s::bigint[], %s::smallint[], %s::smallint[],
            %s::real[], %s::real[], %s::real[], %s::real[])
            AS u (at, id, sent, lost, rtt_min, rtt_avg, rtt_max, jitter)
        ON CONFLICT DO NOTHING
        """,
        (
            rows.at,
            rows.ids,
            np.minimum(rows.sent, 32767).astype("i2"),
            np.minimum(rows.lost, 32767).astype("i2"),
            rows.rtt_min.astype("f4"),
            rows.rtt_avg.astype("f4"),
            rows.rtt_max.astype("f4"),
            rows.jitter.astype("f4"),
        ),
    )


def settle_flapping(session: WriteSession, *, limits: FlapLimits) -> list[int]:
    """Take the mark off targets that changed too rarely in the window; their ids."""
    rows = session.tuples(
        """
        UPDATE target_status s SET flapping = false
        WHERE s.flapping AND (
            SELECT count(*) FROM status_events e
            WHERE e.target_id = s.target_id AND e.at > now() - make_interval(secs => %s)
                AND e.old_state <> 'unknown' AND e.new_state <> 'unknown'
        ) < CASE s.kind WHEN 'link' THEN %s ELSE %s END
        RETURNING s.target_id
        """,
        (limits.window_s, limits.link_changes, limits.device_changes),
    )
    return [row[0] for row in rows]


def count_stale(session: ReadSession) -> int:
    """Enabled targets that were checked once and then not for too long."""
    return int(
        session.value(
            """
            SELECT count(*) FROM target_status WHERE stale_after < now() AND enabled
            """
        )
    )


def newest_slot(session: ReadSession) -> int:
    """The newest slot that was ever stored, 0 on an empty database."""
    return int(session.value("SELECT coalesce(max(last_slot), 0) FROM shard_runs"))


@dataclass(frozen=True, slots=True)
class StatusEvent:
    """One change of one target."""

    id: int
    at: datetime
    from_state: str
    to_state: str
    reason: str
    evidence: dict[str, Any]


def events_of(
    session: ReadSession, target_id: int, *, skip: int, limit: int
) -> tuple[list[StatusEvent], int]:
    """Newest changes first, and how many there are in all. Uses status_events_target."""
    total = session.value("SELECT count(*) FROM status_events WHERE target_id = %s", (target_id,))
    events = session.rows(
        StatusEvent,
        """
        SELECT id, at, old_state AS from_state, new_state AS to_state, reason, evidence
        FROM status_events WHERE target_id = %s ORDER BY at DESC, id DESC OFFSET %s LIMIT %s
        """,
        (target_id, skip, limit),
    )
    return events, int(total)


@dataclass(frozen=True, slots=True)
class HistoryPoint:
    """Pings of one stretch of time; round trips in milliseconds, None without an answer."""

    t: datetime
    sent: int
    lost: int
    rtt_min_ms: float | None
    rtt_avg_ms: float | None
    rtt_max_ms: float | None
    jitter_ms: float | None


def history_of(
    session: ReadSession, target_id: int, *, start: datetime, end: datetime, step_s: float
) -> list[HistoryPoint]:
    """History in steps of `step_s`; a step without pings has no point. Uses ping_results_once."""
    return session.rows(
        HistoryPoint,
        """
        SELECT date_bin(make_interval(secs => %(step)s), at, %(start)s) AS t,
            sum(sent)::int AS sent, sum(lost)::int AS lost,
            min(rtt_min) * 1000 AS rtt_min_ms,
            sum(rtt_avg * (sent - lost)) / nullif(sum(sent - lost) FILTER (
                WHERE rtt_avg IS NOT NULL), 0) * 1000 AS rtt_avg_ms,
            max(rtt_max) * 1000 AS rtt_max_ms, avg(jitter) * 1000 AS jitter_ms
        FROM ping_results
        WHERE target_id = %(id)s AND at >= %(start)s AND at < %(end)s
        GROUP BY 1 ORDER BY 1
        """,
        {"id": target_id, "start": start, "end": end, "step": step_s},
    )


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of one state; `until` is None while it lasts."""

    state: str
    since: datetime
    until: datetime | None
    reason: str


def intervals_of(
    session: ReadSession, target_id: int, *, start: datetime, end: datetime
) -> list[Interval]:
    """States between `start` and `end`, oldest first."""
    return session.rows(
        Interval,
        """
        SELECT state, from_at AS since, to_at AS until, reason FROM status_intervals
        WHERE target_id = %(id)s AND from_at < %(end)s AND (to_at IS NULL OR to_at > %(start)s)
        ORDER BY from_at
        """,
        {"id": target_id, "start": start, "end": end},
    )


def shard_slots(session: ReadSession) -> dict[ShardKey, int]:
    """The newest stored slot of each shard."""
    rows = session.tuples("SELECT site, cadence_ms, shard, last_slot FROM shard_runs")
    return {ShardKey(site, cadence, shard): slot for site, cadence, shard, slot in rows}
