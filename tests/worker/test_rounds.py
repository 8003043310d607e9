"""From a round to rows: all or nothing, and never lost while a store is away."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from redis import Redis

from factories import make_branch, make_device
from observations import Setting
from silence import silent
from wardops import inventory, scheduling, state
from wardops.core.clock import now
from wardops.core.database import Database
from wardops.core.secrets import Secret
from wardops.core.settings import Settings
from wardops.flow import Outcome, Readings, ShardKey
from wardops.scheduling import DueSlot, SlotClaims
from wardops.state import Round
from wardops.worker.child import Child
from wardops.worker.probe import probe_shard
from wardops.worker.rounds import replay, store_round

UP, LOST = Outcome.ANSWERED, Outcome.LOST
AWAY = Secret("postgresql://ward:x@127.0.0.1:1/ward")


@pytest.fixture
def child(settings: Settings, redis: Redis) -> Iterator[Child]:
    """A worker child with all its stores."""
    assert redis
    started = Child.start(settings, worker="test", queues=("probe.main",))
    yield started
    started.close()


@pytest.fixture
def cut_off(settings: Settings, redis: Redis) -> Iterator[Child]:
    """A worker child that does not reach PostgreSQL."""
    assert redis
    away = settings.model_copy(update={"database_url": AWAY})
    started = Child.start(away, worker="away", queues=("probe.main",))
    yield started
    started.close()


def a_device(db: Database) -> Setting:
    with db.transaction() as session:
        return Setting([make_device(session)])


COUNTED = ("status_events", "status_intervals", "incidents", "incident_events", "shard_runs")


def counts(db: Database) -> dict[str, int]:
    tables = {
        "status_events": "SELECT count(*) FROM status_events",
        "status_intervals": "SELECT count(*) FROM status_intervals",
        "incidents": "SELECT count(*) FROM incidents",
        "incident_events": "SELECT count(*) FROM incident_events",
        "shard_runs": "SELECT count(*) FROM shard_runs",
        "ping_results": "SELECT count(*) FROM ping_results",
    }
    with db.reading() as session:
        return {name: int(session.value(query)) for name, query in tables.items()}  # type: ignore[arg-type]


def events(db: Database, target_id: int) -> list[state.StatusEvent]:
    with db.reading() as session:
        return state.events_of(session, target_id, skip=0, limit=99)[0][::-1]


def test_an_outage_is_state_event_interval_incident_and_news(child: Child, db: Database) -> None:
    device = a_device(db)
    store_round(child, device.seen(1, LOST))
    found = counts(db)
    assert [found[name] for name in COUNTED] == [1, 1, 1, 3, 1]
    with db.reading() as session:
        assert session.tuples("SELECT kind FROM stream_events ORDER BY id") == [
            ("incident",),
            ("status",),
        ]


def test_when_the_last_write_fails_none_of_them_is_there(child: Child, db: Database) -> None:
    device = a_device(db)
    with db.transaction() as session:
        session.execute("ALTER TABLE stream_events ADD CHECK (kind <> 'status')")
    with pytest.raises(psycopg.errors.CheckViolation):
        store_round(child, device.seen(1, LOST))
    assert [counts(db)[name] for name in COUNTED] == [0] * len(COUNTED)
    with db.reading() as session:
        assert state.names_of(session, device.ids)[0].state == "unknown"


def test_trouble_with_history_loses_no_outage_and_no_history(child: Child, db: Database) -> None:
    device = a_device(db)
    with db.transaction() as session:
        for (name,) in session.tuples(
            "SELECT inhrelid::regclass::text FROM pg_inherits "
            "WHERE inhparent = 'ping_results'::regclass"
        ):
            session.execute(psycopg.sql.SQL("DROP TABLE {}").format(psycopg.sql.Identifier(name)))
    store_round(child, device.seen(1, LOST))
    assert counts(db)["incidents"] == 1
    assert len(child.history_spool.waiting()) == 1
    state.make_ahead(db, today=now().date())
    store_round(child, device.seen(2, UP))
    assert child.history_spool.waiting() == []
    assert counts(db)["ping_results"] == 2


def test_history_of_a_day_that_is_gone_does_not_hold_up_today_s(child: Child, db: Database) -> None:
    device = a_device(db)
    store_round(child, device.seen(1, LOST))
    waiting = state.HistoryRows.unpack(_rows(device))
    waiting.at[:] = 86_400.0
    child.history_spool.put(1, waiting.pack())
    child.history_spool.put(2, b"rubbish")
    store_round(child, device.seen(2, UP))
    assert counts(db)["ping_results"] == 2


def _rows(device: Setting) -> bytes:
    done = device.seen(1, LOST)
    checked = done.readings.outcome == LOST
    return state.HistoryWindow.begin(done).add(done, checked).take(checked)[0].pack()


def test_while_postgresql_is_away_rounds_wait_and_are_then_stored_once_with_their_times(
    child: Child, cut_off: Child, db: Database
) -> None:
    device = a_device(db)
    rounds = [device.seen(n, seen) for n, seen in enumerate([UP, LOST, LOST, UP], start=1)]
    for done in rounds:
        store_round(cut_off, done)
    assert len(child.round_spool.waiting()) == 4
    assert replay(child) == 4
    assert replay(child) == 0
    found = events(db, device.ids[0])
    assert [(e.to_state, e.at) for e in found] == [
        ("up", rounds[0].started_at),
        ("down", rounds[1].started_at),
        ("up", rounds[3].started_at),
    ]
    assert counts(db)["incidents"] == 1


def test_a_killed_replay_is_begun_again_without_doubles(
    child: Child, cut_off: Child, db: Database
) -> None:
    device = a_device(db)
    for slot, seen in enumerate([LOST, UP], start=1):
        store_round(cut_off, device.seen(slot, seen))
    kept = [(path, path.read_bytes()) for path in child.round_spool.waiting()]
    replay(child)
    before = counts(db)
    for path, blob in kept:  # as if it had been killed before it forgot them
        path.write_bytes(blob)
    replay(child)
    assert counts(db) == before


def test_a_broken_entry_does_not_hold_up_the_rounds_behind_it(child: Child, db: Database) -> None:
    device = a_device(db)
    blob = device.seen(1, LOST).pack()
    child.round_spool.put(1, blob[: len(blob) // 2])
    child.round_spool.put(2, blob)
    store_round(child, device.seen(2, UP))
    assert [e.to_state for e in events(db, device.ids[0])] == ["down", "up"]
    assert child.round_spool.waiting() == []


def test_a_round_that_can_never_be_stored_does_not_hold_up_the_rounds_behind_it(
    child: Child, db: Database
) -> None:
    device = a_device(db)
    endless = device.seen(1, UP)
    poison = Round(**{**_fields(endless), "lag_ms": 2**40})  # does not fit its column
    child.round_spool.put(poison.slot_ms, poison.pack())
    store_round(child, device.seen(2, LOST))
    assert [e.to_state for e in events(db, device.ids[0])] == ["down"]
    assert child.round_spool.waiting() == []


def _fields(done: Round) -> dict[str, object]:
    return {name: getattr(done, name) for name in done.__slots__}


def test_history_is_dated_by_the_time_of_day_and_not_by_the_slot(
    child: Child, db: Database
) -> None:
    """After the clock was a week ahead for a moment, slots stay ahead for a week."""
    device = a_device(db)
    done = device.seen(1, LOST)
    ahead = Round(**{**_fields(done), "slot_ms": done.slot_ms + 7 * 86_400_000})
    store_round(child, ahead)
    assert child.history_spool.waiting() == []
    with db.reading() as session:
        assert session.tuples("SELECT at FROM ping_results") == [(done.started_at,)]


@pytest.mark.parametrize("found", [b"", b"\0" * 64, b"ward-window-2\0\0\0half"])
def test_a_window_that_nobody_can_read_costs_no_outage(
    child: Child, db: Database, redis: Redis, found: bytes
) -> None:
    device = a_device(db)
    redis.set(f"ward:window:{device.key}", found)
    store_round(child, device.seen(1, LOST))
    assert counts(db)["incidents"] == 1


def test_a_window_of_other_targets_under_the_same_version_is_not_added_to(
    child: Child, db: Database
) -> None:
    with db.transaction() as session:
        one, two, three = (make_device(session) for _ in range(3))
    before = Setting([one])
    store_round(child, before.seen(1, UP))
    after = Setting([two, three], start_ms=before.start_ms)  # a database that was restored
    store_round(child, after.seen(2, LOST))
    with db.reading() as session:
        rows = session.tuples("SELECT target_id, sent FROM ping_results ORDER BY 1, at")
    assert rows == [(one, 1), (two, 4), (three, 4)]


def test_after_the_first_failure_nobody_waits_for_postgresql(cut_off: Child) -> None:
    device = Setting([1])
    store_round(cut_off, device.seen(1, UP))
    assert cut_off.breaker.is_open
    asked = cut_off.database._pool.get_stats()["requests_num"]
    store_round(cut_off, device.seen(2, UP))
    assert cut_off.database._pool.get_stats()["requests_num"] == asked
    assert len(cut_off.round_spool.waiting()) == 2


def publish(child: Child, db: Database) -> tuple[ShardKey, int]:
    with db.reading() as session:
        version = inventory.plan_version(session)
        targets = inventory.targets_to_probe(session, link_cadence_ms=5000, device_cadence_ms=5000)
    shards = scheduling.cut(targets, version=version, shard_size=1000)
    child.plans.publish(version, shards)
    return shards[0].key, version


@pytest.fixture
def branch(db: Database) -> list[int]:
    """A router and two devices behind it, on loopback addresses nobody else uses."""
    with db.transaction() as session:
        place = make_branch(session)
        router = make_device(session, ip="127.77.0.1", type="router", branch_id=place)
        return [
            router,
            *(
                make_device(session, ip=f"127.77.0.{n}", branch_id=place, parent_id=router)
                for n in (2, 3)
            ),
        ]


def a_slot(number: int) -> int:
    return int((now() + timedelta(seconds=number)).timestamp() * 1000)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root: makes addresses silent")
def test_a_shard_is_probed_and_a_silent_branch_is_one_incident(
    child: Child, db: Database, branch: list[int]
) -> None:
    key, version = publish(child, db)
    probe_shard(child, key, version=version, slot_ms=a_slot(1))
    with db.reading() as session:
        assert [t.state for t in state.names_of(session, branch)] == ["up"] * 3
    with silent("127.77.0.1", "127.77.0.2", "127.77.0.3"):
        probe_shard(child, key, version=version, slot_ms=a_slot(2))
    with db.reading() as session:
        assert [t.state for t in state.names_of(session, branch)] == ["down"] * 3
        assert session.tuples("SELECT kind, state FROM incidents") == [("branch_down", "open")]
    probe_shard(child, key, version=version, slot_ms=a_slot(3))
    with db.reading() as session:
        assert session.tuples("SELECT state FROM incidents") == [("resolved",)]


@pytest.mark.parametrize(
    "meanwhile",
    ["UPDATE devices SET enabled = false", "UPDATE devices SET ip = '127.78.0.1'"],
    ids=["switched off", "given another address"],
)
def test_what_was_learnt_of_another_state_of_affairs_opens_no_incident(
    child: Child, db: Database, meanwhile: str
) -> None:
    with db.transaction() as session:
        device = Setting([make_device(session, ip="127.77.0.1")])
    seen = device.seen(1, LOST)
    with db.transaction() as session:
        session.execute(meanwhile)  # type: ignore[arg-type]
    store_round(child, Round(**{**_fields(seen), "addresses": ("127.77.0.1",)}))
    assert counts(db)["incidents"] == 0
    with db.reading() as session:
        assert state.names_of(session, device.ids)[0].state == "unknown"


def test_a_round_names_the_addresses_it_asked_and_so_does_the_evidence(
    child: Child, db: Database, branch: list[int]
) -> None:
    key, version = publish(child, db)
    probe_shard(child, key, version=version, slot_ms=a_slot(1))
    assert events(db, branch[0])[0].evidence["address"] == "127.77.0.1"


def test_a_run_that_is_still_going_on_is_not_doubled(
    child: Child, db: Database, redis: Redis, branch: list[int]
) -> None:
    assert branch
    key, version = publish(child, db)
    with redis.lock(f"ward:run:{key}", timeout=30):
        probe_shard(child, key, version=version, slot_ms=a_slot(1))
    assert counts(db)["shard_runs"] == 0
    assert redis.hgetall("ward:overlaps") == {str(key).encode(): b"1"}
    probe_shard(child, key, version=version, slot_ms=a_slot(2))
    assert counts(db)["shard_runs"] == 1


def test_a_slot_that_a_later_one_overtook_is_dropped_and_the_later_one_runs(
    child: Child, db: Database, redis: Redis, branch: list[int]
) -> None:
    assert branch
    key, version = publish(child, db)
    old, new = a_slot(1), a_slot(6)
    assert SlotClaims(redis).claim([DueSlot(key, old)])
    assert SlotClaims(redis).claim([DueSlot(key, new)])
    probe_shard(child, key, version=version, slot_ms=old)
    assert counts(db)["shard_runs"] == 0
    probe_shard(child, key, version=version, slot_ms=new)
    probe_shard(child, key, version=version, slot_ms=new)  # delivered twice
    with db.reading() as session:
        assert session.tuples("SELECT last_slot, slots_done FROM shard_runs") == [(new, 1)]


def test_redis_emptied_while_packets_fly_costs_nothing(
    child: Child, db: Database, redis: Redis, branch: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    key, version = publish(child, db)
    sweep = child.sweeper.sweep

    def emptied(*arguments: Any, **options: Any) -> Readings:
        redis.flushall()
        return sweep(*arguments, **options)

    monkeypatch.setattr(child.sweeper, "sweep", emptied)
    probe_shard(child, key, version=version, slot_ms=a_slot(1))
    with db.reading() as session:
        assert [t.state for t in state.names_of(session, branch)] == ["up"] * 3


def test_a_plan_that_is_gone_costs_one_slot(child: Child, db: Database) -> None:
    probe_shard(child, ShardKey("main", 5000, 0), version=99, slot_ms=a_slot(1))
    assert counts(db)["shard_runs"] == 0
