"""The scheduler: one leader that sends what is due, second by second.

Leadership is a lease in Redis, which has to be there anyway to send anything. Slots are claimed
by compare-and-set, so even two leaders would not send one twice.
"""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog
from celery import Celery
from kombu import Queue
from kombu.exceptions import OperationalError as BrokerError
from redis import Redis
from redis.exceptions import LockError, RedisError

from wardops import inventory, operations, scheduling, state
from wardops.core.clock import now
from wardops.core.database import TRANSIENT, Database
from wardops.core.resilience import Breaker
from wardops.core.settings import Settings
from wardops.flow import ProbeTarget, ShardKey
from wardops.scheduling import DueSlot, LogicalClock, Plan, PlanCache, SlotClaims
from wardops.worker.app import queue_names
from wardops.worker.child import DATABASE_PAUSE_S
from wardops.worker.heartbeat import EVERY_S, Pulse
from wardops.worker.schedule import PROBE_TASK, SCHEDULE

log = structlog.get_logger()

T = TypeVar("T")

LEADER = "ward:scheduler:leader"
LEASE_S = 5.0
TICK_S = 1.0
WATCH_EVERY_S = 10
# A queue that nobody empties must not fill Redis. A round that waits so long is overtaken anyway.
MOST_ROUNDS, MOST_JOBS = 1000, 20
# How long a tick waits for PostgreSQL; its own time limits do not hold for a server that hangs.
DATABASE_PATIENCE_S = 3.0
EMPTY = Plan(version=0, keys=(), counts=())
_AWAY: tuple[type[Exception], ...] = (*TRANSIENT, TimeoutError)

JOB_KEYS = {
    ShardKey(f"job.{name}", int(entry.every_s * 1000), 0): entry for name, entry in SCHEDULE.items()
}


@dataclass
class _Turn:
    """Counts seconds between turns of something done now and then."""

    every_s: float
    last_ms: int = 0

    def is_due(self, now_ms: int) -> bool:
        if now_ms - self.last_ms < self.every_s * 1000:
            return False
        self.last_ms = now_ms
        return True


class Scheduler:
    """Runs until told to stop; does nothing while another one leads."""

    def __init__(self, app: Celery, settings: Settings, database: Database, redis: Redis) -> None:
        self._app = app
        self._settings = settings
        self._database = database
        self._redis = redis
        self._claims = SlotClaims(redis)
        self._cache = PlanCache(redis)
        self._lease = redis.lock(LEADER, timeout=LEASE_S, blocking=False)
        self._clock: LogicalClock | None = None
        self._plan = EMPTY
        self._breaker = Breaker(pause_s=DATABASE_PAUSE_S)
        self._asker = ThreadPoolExecutor(1, thread_name_prefix="database")
        self._asked: Future[Any] | None = None
        self._pulse = Pulse(f"scheduler:{os.getpid()}", "scheduler", ())
        self._beat = _Turn(EVERY_S)
        self._watch = _Turn(WATCH_EVERY_S)
        queues = list(queue_names(settings).values())
        self._self_watch = operations.SelfWatch(database, redis, settings, queues=queues)

    def run(self, stop: threading.Event) -> None:
        """Tick until `stop` is set; a store that is away is waited for."""
        while not stop.is_set():
            wait_s = TICK_S
            try:
                wait_s = self.tick()
            except (RedisError, BrokerError) as error:
                log.warning("tick_failed", error=type(error).__name__, detail=str(error))
                self._clock = None
            stop.wait(wait_s)
        self._resign()
        self._asker.shutdown(wait=False, cancel_futures=True)

    def tick(self) -> float:
        """Send what is due if this one leads; seconds until the next look."""
        if not self._lead():
            return TICK_S
        clock = self._clock = self._clock or self._started_clock()
        now_ms = clock.now_ms()
        if self._beat.is_due(now_ms):
            self._pulse.tell(self._redis)
        self._refresh_plan()
        self._dispatch(now_ms)
        if self._watch.is_due(now_ms):
            self._watch_ourselves()
        due_ms = scheduling.next_due_ms(self._everything(), now_ms)
        until_due = (due_ms - now_ms) / 1000 if due_ms else TICK_S
        return max(0.01, min(TICK_S, until_due))

    def _lead(self) -> bool:
        try:
            if self._lease.owned():
                self._lease.reacquire()
                return True
        except LockError:
            log.warning("leadership_lost")
        if self._lease.acquire(blocking=False):
            log.info("leading", pid=os.getpid())
            self._clock = None
            return True
        return False

    def _resign(self) -> None:
        try:
            if self._lease.owned():
                self._lease.release()
        except (LockError, RedisError) as error:
            log.warning("lease_left_to_expire", error=type(error).__name__)

    def _started_clock(self) -> LogicalClock:
        floor = self._from_database(lambda: self._newest_slot(), default=0)
        return LogicalClock(self._redis, floor_ms=floor)

    def _newest_slot(self) -> int:
        with self._database.reading() as session:
            return state.newest_slot(session)

    def _refresh_plan(self) -> None:
        version = self._from_database(self._version, default=self._plan.version)
        if version != self._plan.version or (version and not self._cache.holds(version)):
            self._make_plan(version)

    def _version(self) -> int:
        with self._database.reading() as session:
            return inventory.plan_version(session)

    def _make_plan(self, version: int) -> None:
        longest_s = DATABASE_PATIENCE_S + self._settings.statement_timeout_ms / 1000
        targets = self._from_database(self._targets, default=None, patience_s=longest_s)
        if targets is None:
            return
        shards = scheduling.cut(targets, version=version, shard_size=self._settings.shard_size)
        self._cache.publish(version, shards)
        log.info("plan_made", version=version, targets=len(targets), shards=len(shards))
        self._plan = Plan.of(version, shards)

    def _targets(self) -> list[ProbeTarget] | None:
        with self._database.reading() as session:
            return inventory.targets_to_probe(
                session,
                link_cadence_ms=math.ceil(self._settings.link_cadence_s * 1000),
                device_cadence_ms=math.ceil(self._settings.device_cadence_s * 1000),
            )

    def _from_database(
        self, read: Callable[[], T], *, default: T, patience_s: float = DATABASE_PATIENCE_S
    ) -> T:
        """What `read` answers; while PostgreSQL is away the last plan goes on, and in time."""
        if self._breaker.is_open or not (self._asked is None or self._asked.done()):
            return default
        try:
            answer: Future[T] = self._asker.submit(read)
            self._asked = answer
            return answer.result(patience_s)
        except _AWAY as error:
            self._breaker.failed()
            log.warning("database_away", error=type(error).__name__)
            return default

    def _everything(self) -> list[tuple[ShardKey, int]]:
        return [*self._plan.shards, *((key, 1) for key in JOB_KEYS)]

    def _dispatch(self, now_ms: int) -> None:
        due = scheduling.due_slots(self._everything(), now_ms, self._claims.held())
        for slot in self._claims.claim(due):
            self._send(slot)

    def _send(self, slot: DueSlot) -> None:
        key = slot.key
        job = JOB_KEYS.get(key)
        if job is not None:
            if self._has_room(job.queue, MOST_JOBS):
                self._app.send_task(job.task, queue=job.queue)
            return
        queue = f"probe.{key.site}"
        if not self._has_room(queue, MOST_ROUNDS):
            return
        # No time of day says when it expires: hosts differ. A worker sees what was sent after it.
        self._app.send_task(
            PROBE_TASK,
            kwargs={
                "site": key.site,
                "cadence_ms": key.cadence_ms,
                "index": key.index,
                "version": self._plan.version,
                "slot": slot.slot_ms,
            },
            queue=Queue(queue),  # other sites' queues are not declared here
        )

    def _has_room(self, queue: str, most: int) -> bool:
        if int(self._redis.llen(queue)) < most:
            return True
        log.warning("queue_full", queue=queue)
        return False

    def _watch_ourselves(self) -> None:
        self._from_database(self._look, default=None)

    def _look(self) -> None:
        self._self_watch.look(now=now())
