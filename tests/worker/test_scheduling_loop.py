"""The scheduler: one leader, each slot once, whatever is away."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator

import orjson
import psycopg
import pytest
from psycopg import sql
from redis import Redis

from factories import make_device
from wardops.core.database import Database
from wardops.core.errors import StartRefused
from wardops.core.settings import Settings
from wardops.scheduling.slots import CLAIMS
from wardops.worker.app import queue_names
from wardops.worker.schedule import SCHEDULE, check_schedule
from wardops.worker.scheduler import LEADER, MOST_JOBS, MOST_ROUNDS, Scheduler
from wardops.worker.serve import checked_app
from wardops.worker.tasks import JOBS

Make = Callable[[], Scheduler]


@pytest.fixture
def make(settings: Settings, db: Database, redis: Redis) -> Iterator[Make]:
    """Schedulers of one instance, with five devices to probe."""
    app = checked_app(settings)
    hasty = settings.model_copy(update={"pool_timeout_s": 2.0})
    database = Database.open(hasty, name="scheduler", size=1)
    with db.transaction() as session:
        for _ in range(5):
            make_device(session)
    yield lambda: Scheduler(app, settings, database, redis)
    database.close()
    app.close()


def sent(redis: Redis, queue: str = "probe.main") -> list[dict[str, object]]:
    return [orjson.loads(blob) for blob in redis.lrange(queue, 0, -1)]


def test_what_is_due_is_sent_to_its_queue_and_no_clock_ends_it(make: Make, redis: Redis) -> None:
    """A host whose clock is ahead would find every message expired on arrival."""
    make().tick()
    (message,) = sent(redis)
    assert message["headers"]["task"] == "probe.shard"  # type: ignore[index]
    assert message["headers"]["expires"] is None  # type: ignore[index]
    assert {name: redis.llen(name) for name in ("alert", "maintenance")} == {
        "alert": 2,
        "maintenance": 2,
    }


def test_a_tick_with_nothing_due_sends_nothing_and_says_how_long_to_wait(
    make: Make, redis: Redis
) -> None:
    scheduler = make()
    scheduler.tick()
    redis.hset(CLAIMS, mapping=dict.fromkeys(redis.hkeys(CLAIMS), 2**52))
    assert 0 < scheduler.tick() <= 1
    assert len(sent(redis)) == 1


@pytest.mark.parametrize(("queue", "most"), [("probe.main", MOST_ROUNDS), ("alert", MOST_JOBS)])
def test_a_queue_that_nobody_empties_does_not_grow_for_ever(
    make: Make, redis: Redis, queue: str, most: int
) -> None:
    redis.rpush(queue, *["{}"] * (most - 1))
    scheduler = make()
    for _ in range(3):
        scheduler.tick()
        redis.delete(CLAIMS)
    assert redis.llen(queue) == most
    assert redis.llen("maintenance") > 0


def test_two_schedulers_send_each_slot_once(make: Make, redis: Redis) -> None:
    first, second = make(), make()
    for _ in range(3):
        first.tick()
        second.tick()
        redis.delete(LEADER)  # both come to lead
    slots = Counter(str(message["body"]) for message in sent(redis))
    assert set(slots.values()) == {1}


def test_one_leads_until_its_lease_ends(make: Make, redis: Redis) -> None:
    first, second = make(), make()
    first.tick()
    second.tick()
    held = redis.get(LEADER)
    assert len(sent(redis)) == 1
    first.tick()
    assert redis.get(LEADER) == held
    redis.delete(LEADER)  # as the end of the lease does
    second.tick()
    assert redis.get(LEADER) not in (None, held)
    redis.delete(CLAIMS)
    first.tick()
    assert len(sent(redis)) == 1
    second.tick()
    assert len(sent(redis)) == 2


def test_while_postgresql_is_away_the_last_plan_goes_on(
    make: Make, redis: Redis, settings: Settings, stores: object
) -> None:
    scheduler = make()
    scheduler.tick()
    name = settings.database_url.reveal().split("/")[-1].split("?")[0]
    with psycopg.connect(getattr(stores, "postgres", ""), autocommit=True) as connection:
        statement = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
        connection.execute(statement.format(sql.Identifier(name), sql.Literal(False)))
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
        )
        asked = []
        for count in (2, 3):
            redis.delete(CLAIMS)
            scheduler.tick()
            assert len(sent(redis)) == count
            asked.append(scheduler._database._pool.get_stats()["requests_num"])
        assert asked[0] == asked[1]  # only the first tick waited for it
        connection.execute(statement.format(sql.Identifier(name), sql.Literal(True)))


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root: stops a process of PostgreSQL's user")
def test_a_postgresql_that_hangs_holds_up_one_tick_only(
    make: Make, redis: Redis, db: Database
) -> None:
    """It neither answers nor refuses, so none of its own time limits helps."""
    scheduler = make()
    scheduler.tick()
    with db.reading() as session:
        query = "SELECT pid FROM pg_stat_activity WHERE application_name = 'ward-scheduler'"
        pid = int(session.value(query))
    os.kill(pid, signal.SIGSTOP)
    try:
        for count in (2, 3, 4):
            redis.delete(CLAIMS)
            scheduler.tick()
            assert len(sent(redis)) == count
    finally:
        os.kill(pid, signal.SIGCONT)


def test_an_emptied_redis_is_filled_again(make: Make, redis: Redis) -> None:
    scheduler = make()
    scheduler.tick()
    redis.flushall()
    scheduler.tick()
    assert len(sent(redis)) == 1
    assert redis.keys("ward:plan:*:complete")


def test_a_change_of_the_inventory_is_in_the_next_plan(
    make: Make, redis: Redis, db: Database
) -> None:
    scheduler = make()
    scheduler.tick()
    before = set(redis.keys("ward:plan:*:complete"))
    with db.transaction() as session:
        make_device(session)
    scheduler.tick()
    assert set(redis.keys("ward:plan:*:complete")) - before


def test_every_entry_of_the_schedule_has_its_task_and_queue(settings: Settings) -> None:
    check_schedule(JOBS, queue_names(settings).values())
    assert {entry.task for entry in SCHEDULE.values()} <= JOBS.keys()


@pytest.mark.parametrize("missing", sorted(JOBS))
def test_a_task_that_nobody_registered_refuses_the_start(settings: Settings, missing: str) -> None:
    with pytest.raises(StartRefused, match=missing):
        check_schedule(JOBS.keys() - {missing}, queue_names(settings).values())


@pytest.mark.parametrize("missing", ["probe", "alert", "maintenance"])
def test_a_queue_that_nobody_serves_refuses_the_start(settings: Settings, missing: str) -> None:
    queues = [name for purpose, name in queue_names(settings).items() if purpose != missing]
    with pytest.raises(StartRefused, match=f"no queue {missing}"):
        check_schedule(JOBS, queues)
