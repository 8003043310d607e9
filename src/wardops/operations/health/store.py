"""SQL of the health checks: a few small statements, none of which reads history."""

from __future__ import annotations

from dataclasses import dataclass

from wardops.core.database import ReadSession


@dataclass(frozen=True, slots=True)
class Probing:
    """How well the targets that should be checked are checked."""

    targets: int
    stale: int
    never: int
    oldest_s: float | None
    """Seconds since the least recently checked target was checked."""


@dataclass(frozen=True, slots=True)
class Shards:
    """The rounds of the last minutes."""

    shards: int
    lag_ms: int
    silent_for_s: float | None
    """The longest time that a shard has not finished, beyond its cadence."""
    slots_done: int
    slots_missed: int


def probing(session: ReadSession) -> Probing:
    """Counts over enabled targets; one pass over the current states."""
    row = session.row(
        Probing,
        """
        SELECT count(*) AS targets,
               count(*) FILTER (WHERE s.stale_after < now()) AS stale,
               count(*) FILTER (WHERE s.last_checked_at IS NULL) AS never,
               extract(epoch FROM now() - min(s.last_checked_at))::float8 AS oldest_s
        FROM target_status s
        LEFT JOIN devices d ON d.id = s.target_id
        LEFT JOIN links l ON l.id = s.target_id
        WHERE coalesce(d.enabled, l.enabled)
        """,
    )
    assert row is not None  # noqa: S101  an aggregate always has a row
    return row


def shards(session: ReadSession) -> Shards:
    """Rounds of shards that finished in the last ten minutes; older ones are of another plan."""
    row = session.row(
        Shards,
        """
        SELECT count(*) AS shards, coalesce(max(lag_ms), 0) AS lag_ms,
               max(extract(epoch FROM now() - finished_at) - cadence_ms / 1000.0)::float8
                   AS silent_for_s,
               coalesce(sum(slots_done), 0)::bigint AS slots_done,
               coalesce(sum(slots_missed), 0)::bigint AS slots_missed
        FROM shard_runs WHERE finished_at > now() - interval '10 minutes'
        """,
    )
    assert row is not None  # noqa: S101
    return row


def has_partition_for_today(session: ReadSession) -> bool:
    """True when history of this moment has somewhere to go."""
    return bool(
        session.value(
            """
            SELECT exists (
                SELECT FROM pg_inherits WHERE inhparent = 'ping_results'::regclass
                AND inhrelid = to_regclass('ping_results_' || to_char(now(), 'YYYYMMDD')))
            """
        )
    )


def server_version(session: ReadSession) -> str:
    """PostgreSQL's own version."""
    return str(session.value("SELECT current_setting('server_version')"))


def revision(session: ReadSession) -> str:
    """The revision of the schema, empty when there is none."""
    if session.value("SELECT to_regclass('alembic_version')") is None:
        return ""
    return str(session.value("SELECT version_num FROM alembic_version") or "")


def status_counts(session: ReadSession) -> list[tuple[str, str, int]]:
    """(kind, shown status, number of targets)."""
    rows = session.tuples(
        "SELECT s.kind, shown_state(s), count(*) FROM target_status s GROUP BY 1, 2"
    )
    return [(kind, status, int(count)) for kind, status, count in rows]


def open_incidents(session: ReadSession) -> list[tuple[str, str, int]]:
    """(state, severity, number) of incidents that are not resolved."""
    rows = session.tuples(
        """
        SELECT state, severity, count(*) FROM incidents WHERE state <> 'resolved'
        GROUP BY state, severity
        """
    )
    return [(state, severity, int(count)) for state, severity, count in rows]
