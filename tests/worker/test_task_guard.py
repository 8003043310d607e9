"""What becomes of a task that fails, and what a child tells of itself."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator

import orjson
import psycopg
import pytest
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from wardops.core.database import Database
from wardops.core.errors import Unavailable
from wardops.core.settings import Settings
from wardops.worker.child import Child
from wardops.worker.tasks import JOBS, _guarded

LOOPS: list[asyncio.AbstractEventLoop] = []


@pytest.fixture
def child(settings: Settings, redis: Redis, monkeypatch: pytest.MonkeyPatch) -> Iterator[Child]:
    """A worker child; event loops made from here on are counted."""
    assert redis
    LOOPS.clear()
    make = asyncio.new_event_loop

    def counted() -> asyncio.AbstractEventLoop:
        LOOPS.append(make())
        return LOOPS[-1]

    monkeypatch.setattr(asyncio, "new_event_loop", counted)
    started = Child.start(settings, worker="test", queues=("alert",))
    yield started
    started.close()


def run(child: Child, error: Exception | None, times: int = 1) -> None:
    def job(_child: Child, **_: object) -> None:
        if error:
            raise error

    for _ in range(times):
        _guarded("test.job", job, lambda: child)(password="hunter2-very-secret", site="main")


def letters(db: Database) -> list[tuple[object, ...]]:
    with db.reading() as session:
        return session.tuples("SELECT task, error, failures, detail FROM dead_letters")


@pytest.mark.finding(12)
def test_a_fault_of_ours_is_buried_at_once_and_counted(child: Child, db: Database) -> None:
    run(child, KeyError("no such thing"), times=3)
    ((task, error, failures, detail),) = letters(db)
    assert (task, error, failures) == ("test.job", "KeyError: 'no such thing'", 3)
    assert "Traceback" in str(detail)


@pytest.mark.finding(12)
@pytest.mark.parametrize(
    "error",
    [
        Unavailable("away"),
        psycopg.OperationalError("away"),
        psycopg.errors.DeadlockDetected("deadlock"),
        RedisConnectionError("away"),
    ],
)
def test_what_passes_by_itself_is_left_to_the_next_turn(
    child: Child, db: Database, error: Exception
) -> None:
    run(child, error)
    assert letters(db) == []


@pytest.mark.finding(28)
def test_a_dead_letter_holds_no_secret(child: Child, db: Database) -> None:
    run(child, ValueError("cannot connect to redis://:hunter2-very-secret@h/0"))
    with db.reading() as session:
        kept = session.value("SELECT dead_letters::text FROM dead_letters")
    assert "hunter2-very-secret" not in kept


@pytest.mark.finding(5)
def test_a_child_makes_one_event_loop_for_its_whole_life(child: Child) -> None:
    async def work() -> int:
        return id(asyncio.get_running_loop())

    seen = {child.loop.run(work(), timeout_s=5) for _ in range(200)}
    run(child, None, times=200)
    assert len(seen) == len(LOOPS) == 1


@pytest.mark.finding(5)
def test_work_that_takes_too_long_is_cancelled_and_the_loop_goes_on(child: Child) -> None:
    with pytest.raises(TimeoutError):
        child.loop.run(asyncio.sleep(3600), timeout_s=0.05)
    assert child.loop.run(asyncio.sleep(0, "works"), timeout_s=5) == "works"


@pytest.mark.finding(13)
def test_a_child_tells_that_it_lives_and_what_it_does(child: Child, redis: Redis) -> None:
    run(child, None, times=2)
    child.begin("alert.reconcile")
    child.pulse.tell(redis)
    name = f"ward:heartbeat:test:{os.getpid()}"
    told = orjson.loads(redis.get(name) or b"{}")
    assert told["pid"] == os.getpid()
    assert (told["kind"], told["queues"]) == ("worker", ["alert"])
    assert (told["task"], told["tasks_done"]) == ("alert.reconcile", 3)
    assert told["rss_mb"] > 1
    assert 0 < redis.ttl(name) <= 60


@pytest.mark.finding(13)
def test_the_heartbeat_begins_with_the_child(
    child: Child, redis: Redis, wait_until: object
) -> None:
    assert callable(wait_until)
    wait_until(lambda: redis.exists(f"ward:heartbeat:{child.pulse.name}"))


@pytest.mark.parametrize("name", sorted(set(JOBS) - {"probe.shard"}))
def test_every_job_runs_on_an_empty_instance(child: Child, db: Database, name: str) -> None:
    _guarded(name, JOBS[name], lambda: child)()
    assert letters(db) == []
