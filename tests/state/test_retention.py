"""Partitions and indexes: history ends on time, nobody waits for it, lists never read it."""

from __future__ import annotations

import re
import threading
from datetime import date, timedelta

import pytest

from factories import make_device
from wardops import inventory, state
from wardops.core.clock import now
from wardops.core.database import Database
from wardops.core.http import Window
from wardops.core.settings import Settings
from wardops.state.retention import store


def days(db: Database) -> set[date]:
    with db.reading() as session:
        return set(store.partitions(session).values())


@pytest.mark.finding(9)
def test_days_are_made_ahead_and_dropped_when_their_time_is_over(
    db: Database, settings: Settings
) -> None:
    short = settings.model_copy(update={"history_days": 3})
    today = now().date()
    assert today - timedelta(days=5) in days(db)
    kept = state.keep_history(db, short, now=now())
    assert min(days(db)) >= today - timedelta(days=3)
    assert max(days(db)) == today + timedelta(days=3)
    assert kept.dropped
    later = state.keep_history(db, short, now=now() + timedelta(days=10))
    assert len(later.made) == 5
    assert today not in days(db)


@pytest.mark.finding(9)
def test_a_reader_postpones_the_drop_and_no_writer_waits(db: Database, settings: Settings) -> None:
    short = settings.model_copy(update={"history_days": 1})
    old = now().date() - timedelta(days=5)
    with db.transaction() as reader:
        reader.tuples("SELECT * FROM ping_results WHERE at < now() - interval '2 days'")
        cleaner = threading.Thread(
            target=state.keep_history, args=(db, short), kwargs={"now": now()}
        )
        cleaner.start()
        with db.transaction() as writer:
            writer.execute("SET LOCAL lock_timeout = '4s'")
            writer.execute("INSERT INTO ping_results VALUES (now(), 1, 1, 0, 1, 1, 1, 1)")
        cleaner.join()
        assert old in days(db)
    kept = state.keep_history(db, short, now=now())
    assert (kept.postponed, old in days(db)) == ((), False)


@pytest.mark.finding(9)
def test_a_postponed_day_is_told(db: Database, settings: Settings) -> None:
    short = settings.model_copy(update={"history_days": 1})
    with db.transaction() as reader:
        reader.tuples("SELECT * FROM ping_results WHERE at < now() - interval '2 days'")
        assert state.keep_history(db, short, now=now()).postponed


def test_events_and_ended_intervals_go_with_their_time(db: Database, settings: Settings) -> None:
    with db.transaction() as session:
        session.execute(
            "INSERT INTO status_events (target_id, at, slot, old_state, new_state, reason) VALUES "
            "(1, now() - interval '9 days', 1, 'up', 'down', ''), (1, now(), 2, 'down', 'up', '')"
        )
        session.execute(
            "INSERT INTO status_intervals VALUES "
            "(1, now() - interval '9 days', now() - interval '8 days', 'up', ''),"
            "(1, now() - interval '8 days', NULL, 'down', '')"
        )
    state.keep_history(db, settings.model_copy(update={"event_days": 7}), now=now())
    with db.reading() as session:
        assert session.value("SELECT count(*) FROM status_events") == 1
        assert session.tuples("SELECT state FROM status_intervals") == [("down",)]


@pytest.mark.finding(8)
def test_lists_and_states_are_read_without_the_history(db: Database) -> None:
    with db.transaction() as session:
        number = make_device(session)
        session.execute("DROP TABLE ping_results")
    with db.reading() as session:
        assert inventory.find_devices(session, inventory.DeviceFilter(), Window())[1] == 1
        assert inventory.get_device(session, number)
        assert state.names_of(session, [number])


def plan_of(db: Database, query: str) -> str:
    with db.transaction() as session:
        return "\n".join(row[0] for row in session.tuples("EXPLAIN " + query))  # type: ignore[operator]


@pytest.fixture
def filled(db: Database) -> Database:
    """Some hundred thousand rows where indexes have to be used."""
    with db.transaction() as session:
        session.execute(
            "INSERT INTO ping_results SELECT now() - n * interval '30 s', t, 1, 0, 1, 1, 1, 0 "
            "FROM generate_series(1, 40) n, generate_series(1, 3000) t"
        )
        session.execute(
            "INSERT INTO status_events (target_id, at, slot, old_state, new_state, reason) "
            "SELECT t, now() - n * interval '1 h', n, 'up', 'down', '' "
            "FROM generate_series(1, 20) n, generate_series(1, 3000) t"
        )
        session.execute(
            "INSERT INTO status_intervals SELECT t, now() - interval '1 h', NULL, 'up', '' "
            "FROM generate_series(1, 20000) t"
        )
        session.execute(
            "INSERT INTO incidents (cause_key, kind, severity, title, opened_at, last_change_at) "
            "SELECT n::text, 'device_down', 'critical', '', now(), now() "
            "FROM generate_series(1, 20000) n"
        )
        session.execute(
            "INSERT INTO incident_subjects SELECT id, id, 'device', '', now(), NULL FROM incidents"
        )
        session.execute("ANALYZE")
    return db


QUERIES = [
    (
        "SELECT * FROM ping_results WHERE target_id = 9 AND at > now() - interval '1 h' "
        "ORDER BY at DESC",
        "_pkey",
    ),
    ("SELECT * FROM ping_results WHERE target_id = 9 ORDER BY at DESC LIMIT 1", "_pkey"),
    (
        "SELECT * FROM status_events WHERE target_id = 9 ORDER BY at DESC LIMIT 5",
        "status_events_target",
    ),
    ("SELECT * FROM status_events ORDER BY at DESC LIMIT 20", "status_events_time"),
    (
        "SELECT * FROM status_intervals WHERE target_id = 9 AND to_at IS NULL",
        "status_intervals_",
    ),
    (
        "SELECT * FROM incident_subjects WHERE target_id = 9 AND recovered_at IS NULL",
        "incident_subjects_",
    ),
    ("SELECT * FROM incidents WHERE cause_key = '9' AND state <> 'resolved'", "incidents_open"),
    ("SELECT * FROM incidents ORDER BY opened_at DESC, id DESC LIMIT 9", "incidents_opened"),
]


@pytest.mark.finding(6)
def test_the_audit_s_queries_use_their_indexes(filled: Database) -> None:
    for query, index in QUERIES:
        plan = plan_of(filled, query)
        assert index in plan
        # Days to come are empty: reading nothing needs no index.
        assert "Seq Scan" not in re.sub(r"Seq Scan on \S+ \S+  \(cost=0\.00\.\.0\.00 ", "", plan)
