"""The event stream's table: rows are written with the change they tell, and read in order.

A row carries the id of its transaction (xid8). Readers take rows of transactions below the
oldest one still running, so a slow writer can delay the stream but nothing is ever skipped.
Redis only wakes readers; a reader that is not woken looks once a second.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson
from redis import Redis
from redis.exceptions import RedisError

from wardops.core.database import ReadSession, WriteSession

CHANNEL = "ward:stream"
_LAST = 2**62


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """A place in the stream; as text the `id` of a server-sent event."""

    xid: int
    id: int

    def __str__(self) -> str:
        return f"{self.xid}-{self.id}"

    @classmethod
    def parse(cls, text: str) -> Cursor | None:
        """The place `text` names, or None when it names none."""
        xid, _, number = text.partition("-")
        if not (xid.isdecimal() and number.isdecimal() and len(xid) < 20 and len(number) < 20):
            return None
        return cls(int(xid), int(number))


@dataclass(frozen=True, slots=True)
class StreamEvent:
    """One event as a reader gets it."""

    cursor: Cursor
    kind: str
    payload: dict[str, Any]


def append(session: WriteSession, kind: str, payload: dict[str, object]) -> None:
    """Tell the stream of something that happens in this very transaction."""
    session.execute(
        "INSERT INTO stream_events (kind, payload) VALUES (%s, %s::jsonb)",
        (kind, orjson.dumps(payload).decode()),
    )


def wake(redis: Redis) -> None:
    """Let readers look now instead of at their next second; nothing is lost without it."""
    try:
        redis.publish(CHANNEL, b"")
    except RedisError:
        return


def present(session: ReadSession) -> Cursor:
    """The place after everything that is visible now."""
    xmin = session.value("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")
    return Cursor(int(xmin) - 1, _LAST)


def read_after(session: ReadSession, cursor: Cursor, *, limit: int = 500) -> list[StreamEvent]:
    """The next events after `cursor`, oldest first."""
    rows = session.tuples(
        """
        SELECT xid::text, id, kind, payload FROM stream_events
        WHERE (xid, id) > (%s::text::xid8, %s)
          AND xid < pg_snapshot_xmin(pg_current_snapshot())
        ORDER BY xid, id LIMIT %s
        """,
        (str(cursor.xid), cursor.id, limit),
    )
    return [StreamEvent(Cursor(int(xid), number), kind, body) for xid, number, kind, body in rows]


def is_too_old(session: ReadSession, cursor: Cursor) -> bool:
    """True when events after `cursor` may have been pruned, or it is from another database."""
    pruned, newest = session.tuples(
        """
        SELECT coalesce((SELECT version FROM versions WHERE name = 'stream_pruned'), 0),
               pg_snapshot_xmax(pg_current_snapshot())::text
        """
    )[0]
    return cursor.xid < int(pruned) or cursor.xid > int(newest)


def prune(session: WriteSession, *, hours: int) -> int:
    """Delete events older than `hours` and remember up to where; the number deleted."""
    return int(
        session.value(
            """
            WITH gone AS (
                DELETE FROM stream_events WHERE at < now() - make_interval(hours => %s)
                RETURNING xid
            ), noted AS (
                INSERT INTO versions
                SELECT 'stream_pruned', max(xid)::text::bigint FROM gone HAVING count(*) > 0
                ON CONFLICT (name) DO UPDATE
                    SET version = greatest(versions.version, excluded.version)
            )
            SELECT count(*) FROM gone
            """,
            (hours,),
        )
    )
