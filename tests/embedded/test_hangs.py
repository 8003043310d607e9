"""The hang guard: who lives but takes nothing is restarted, who works is left alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import orjson
import pytest
from redis import Redis

from running_ward import Ward
from wardops.core.secrets import Secret
from wardops.core.settings import Settings
from wardops.embedded import Part, Places, Supervisor
from wardops.embedded.hangs import HangGuard

WaitUntil = Callable[..., None]
PATIENCE_S = 0.3
LOOKS = 12
SLEEPER = (sys.executable, "-c", "import time; time.sleep(600)")


class Bench:
    """A worker that does nothing by itself; what its heartbeat tells is up to the test."""

    def __init__(self, settings: Settings, redis: Redis, places: Places) -> None:
        self.redis = redis
        self.told: list[str] = []
        self.supervisor = Supervisor(places, report=self.told.append)
        self.part = self.supervisor.add(Part("worker-probe", self._start, layer=0))
        self.guard = self.guard_with(settings)
        redis.rpush("probe.main", "waits")

    def guard_with(self, settings: Settings, *, busy_patience_s: float = 600) -> HangGuard:
        guard = HangGuard(
            settings,
            self.supervisor,
            patience_s=PATIENCE_S,
            busy_patience_s={self.part.name: busy_patience_s},
        )
        guard.watch(self.part)
        return guard

    def beat(self, child: int, *, done: int = 0, task: str = "") -> None:
        pulse = {"queues": ["probe.main"], "pid": child, "tasks_done": done, "task": task}
        self.redis.set(f"ward:heartbeat:probe:{child}", orjson.dumps(pulse))

    def watched(self, *, meanwhile: Callable[[int], object] = lambda _: None) -> bool:
        """Look for several times the patience; True when the worker was restarted."""
        for look in range(LOOKS):
            meanwhile(look)
            self.guard.look()
            time.sleep(PATIENCE_S / 4)
        return any("restarting" in line for line in self.told)

    @staticmethod
    def _start() -> subprocess.Popen[bytes]:
        return subprocess.Popen(SLEEPER, start_new_session=True)


@pytest.fixture
def bench(settings: Settings, redis: Redis, tmp_path: Path) -> Iterator[Bench]:
    places = Places(tmp_path / "data")
    places.make()
    made = Bench(settings, redis, places)
    yield made
    made.supervisor.stop_all()
    made.guard.close()


def test_a_worker_whose_messages_wait_while_its_children_idle_is_restarted(
    bench: Bench, wait_until: WaitUntil
) -> None:
    bench.beat(11, done=5)
    bench.beat(12, done=7, task="probe.shard")
    assert bench.part.process is not None
    first = bench.part.process.pid
    assert bench.watched()
    assert "took none of 1 messages" in bench.told[0]

    def restarted() -> bool:
        bench.supervisor.tend()
        return (
            bench.part.alive
            and bench.part.process is not None
            and (bench.part.process.pid != first)
        )

    wait_until(restarted)


def test_a_worker_of_which_nothing_is_heard_is_restarted(bench: Bench) -> None:
    assert bench.watched()


def test_a_worker_that_begins_tasks_is_left_alone(bench: Bench) -> None:
    assert not bench.watched(meanwhile=lambda look: bench.beat(11, done=look))


def test_without_messages_an_idle_worker_is_left_alone(bench: Bench) -> None:
    bench.beat(11)
    bench.redis.delete("probe.main")
    assert not bench.watched()


def test_work_that_takes_long_is_not_begun_again_and_again(bench: Bench) -> None:
    bench.beat(11, task="maintenance.keep_history")
    assert not bench.watched()


def test_work_that_never_ends_is_ended(bench: Bench, settings: Settings) -> None:
    bench.guard = bench.guard_with(settings, busy_patience_s=PATIENCE_S)
    bench.beat(11, task="probe.shard")
    assert bench.watched()


def test_while_redis_is_away_nobody_is_blamed(bench: Bench, settings: Settings) -> None:
    away = settings.model_copy(
        update={"redis_url": Secret("redis://127.0.0.1:1/0"), "connect_timeout_s": 1}
    )
    bench.guard = bench.guard_with(away)
    assert not bench.watched()


@pytest.mark.integration
def test_a_worker_that_was_stopped_takes_messages_again(ward: Ward, wait_until: WaitUntil) -> None:
    """Its children live and tell so, as after the broker was restarted under it."""
    stopped = ward.pid("worker-core")
    os.kill(stopped, signal.SIGSTOP)
    wait_until(lambda: ward.pid("worker-core") != stopped, within_s=60, what="a new worker")
    assert "worker-core took none of" in ward.output
    wait_until(ward.healthy, within_s=60, what="healthy again")
