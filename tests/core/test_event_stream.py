"""The event stream's table: nothing is skipped, whoever is slow; what is gone is known."""

from __future__ import annotations

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from redis import Redis

from wardops.core import stream
from wardops.core.database import Database
from wardops.core.redis import open_redis
from wardops.core.secrets import Secret
from wardops.core.settings import Settings
from wardops.core.stream import Cursor


def read(db: Database, cursor: Cursor) -> list[stream.StreamEvent]:
    with db.reading() as session:
        return stream.read_after(session, cursor)


def here(db: Database) -> Cursor:
    with db.reading() as session:
        return stream.present(session)


def tell(db: Database, *kinds: str) -> None:
    with db.transaction() as session:
        for kind in kinds:
            stream.append(session, kind, {})


def test_the_event_of_a_slow_transaction_is_not_skipped(db: Database) -> None:
    start = here(db)
    with db.transaction() as slow:
        stream.append(slow, "slow", {})
        tell(db, "fast")
        assert read(db, start) == []  # the slow one comes first, so the fast one waits
        cursor = here(db)
    assert [e.kind for e in read(db, start)] == ["slow", "fast"]
    assert [e.kind for e in read(db, cursor)] == ["slow", "fast"]


def test_reading_on_from_each_event_gives_each_once(db: Database) -> None:
    cursor = here(db)
    tell(db, "a", "b")
    tell(db, "c")
    seen = []
    while page := read(db, cursor)[:1]:
        seen.append(page[0].kind)
        cursor = page[0].cursor
    assert seen == ["a", "b", "c"]


def test_nothing_is_told_of_what_was_undone(db: Database) -> None:
    start = here(db)

    def fail() -> None:
        with db.transaction() as session:
            stream.append(session, "never", {})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    tell(db, "after")
    assert [e.kind for e in read(db, start)] == ["after"]


def test_a_reader_behind_the_pruned_part_has_to_start_anew(db: Database) -> None:
    old = here(db)
    tell(db, "old")
    with db.transaction() as session:
        session.execute("UPDATE stream_events SET at = now() - interval '2 days'")
    tell(db, "new")
    with db.transaction() as session:
        assert stream.prune(session, hours=24) == 1
    with db.reading() as session:
        assert stream.is_too_old(session, old)
        assert not stream.is_too_old(session, stream.present(session))
        assert stream.is_too_old(session, Cursor(2**60, 0))  # of another database


def test_pruning_nothing_lets_every_reader_go_on(db: Database) -> None:
    old = here(db)
    tell(db, "a")
    with db.transaction() as session:
        assert stream.prune(session, hours=24) == 0
    with db.reading() as session:
        assert not stream.is_too_old(session, old)


@given(st.integers(0, 10**18), st.integers(0, 10**18))
def test_a_cursor_comes_back_from_its_text(xid: int, number: int) -> None:
    assert Cursor.parse(str(Cursor(xid, number))) == Cursor(xid, number)


@given(st.text(max_size=60))
def test_any_text_is_a_cursor_or_none(text: str) -> None:
    assert Cursor.parse(text) is None or "-" in text


def test_readers_are_woken(redis: Redis) -> None:
    listener = redis.pubsub()
    listener.subscribe(stream.CHANNEL)
    assert listener.get_message(timeout=5)
    stream.wake(redis)
    assert listener.get_message(timeout=5)
    listener.close()


def test_a_redis_that_is_away_does_not_disturb_the_writer(settings: Settings) -> None:
    away = settings.model_copy(update={"redis_url": Secret("redis://127.0.0.1:1/0")})
    client = open_redis(away, name="away")
    stream.wake(client)
    client.close()


def test_reading_in_order_uses_the_index(db: Database) -> None:
    with db.transaction() as session:
        session.execute(
            "INSERT INTO stream_events (kind, payload) "
            "SELECT 'x', '{}' FROM generate_series(1, 20000)"
        )
    with psycopg.connect(_address(db), autocommit=True) as connection:
        connection.execute("ANALYZE stream_events")
        plan = connection.execute(
            "EXPLAIN SELECT id FROM stream_events WHERE (xid, id) > ('1'::xid8, 1) "
            "ORDER BY xid, id LIMIT 10"
        ).fetchall()
    assert "stream_events_order" in str(plan)


def _address(db: Database) -> str:
    return db._pool.conninfo
