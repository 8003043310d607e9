"""SQL of partitions and pruning."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from psycopg import sql

from wardops.core.database import ReadSession, WriteSession

_PREFIX = "ping_results_"


def partitions(session: ReadSession) -> dict[str, date]:
    """Partitions of ping history by name, with the day each holds."""
    rows = session.tuples(
        """
        SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'ping_results'::regclass ORDER BY c.relname
        """
    )
    return {name: _day(name) for (name,) in rows}


def make_partition(session: WriteSession, day: date) -> str | None:
    """Make the partition of one day (UTC); its name, or None when it was there."""
    name = f"{_PREFIX}{day:%Y%m%d}"
    if session.value("SELECT to_regclass(%s)", (name,)) is not None:
        return None
    session.execute(
        sql.SQL(
            "CREATE TABLE IF NOT EXISTS {name} PARTITION OF ping_results "
            "FOR VALUES FROM ({start}) TO ({end})"
        ).format(
            name=sql.Identifier(name),
            start=sql.Literal(f"{day.isoformat()} 00:00:00+00"),
            end=sql.Literal(f"{(day + timedelta(days=1)).isoformat()} 00:00:00+00"),
        )
    )
    return name


def drop_partition(session: WriteSession, name: str) -> None:
    """Drop one partition. Raises LockNotAvailable when it is being read."""
    session.execute("SET LOCAL lock_timeout = '500ms'")
    session.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(sql.Identifier(name)))


def prune_events(session: WriteSession, *, before: datetime) -> int:
    """Delete status events and ended intervals from before a time; how many."""
    events = session.execute("DELETE FROM status_events WHERE at < %s", (before,))
    return events + session.execute("DELETE FROM status_intervals WHERE to_at < %s", (before,))


def _day(name: str) -> date:
    text = name.removeprefix(_PREFIX)
    return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
