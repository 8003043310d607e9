"""How every part of the system is, asked all at once and never waited for longer than 2 s.

Called by the API for /health, /health/ready and /metrics.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime

import psycopg
from redis import Redis
from redis.exceptions import RedisError

import wardops
from wardops.core import clock
from wardops.core.database import Database
from wardops.core.errors import WardError
from wardops.core.settings import Settings
from wardops.operations.health import checks
from wardops.operations.health.checks import Component, Components, Status
from wardops.operations.health.gauges import Gauges, read_gauges, read_queue_gauges

__all__ = [
    "Component",
    "Gauges",
    "Health",
    "HealthCheck",
    "Status",
    "read_gauges",
    "read_queue_gauges",
]

_PATIENCE_S = 2.0
_FRESH_S = 1.0
_EXPECTED = (psycopg.Error, RedisError, WardError, OSError, ValueError, KeyError, TypeError)

# What each look tells of; all of these are lost together when its store is away.
_PARTS: dict[str, tuple[str, ...]] = {
    "database": ("database", "schema", "probing", "history"),
    "redis": ("redis", "scheduler", "workers", "queues"),
    "disk": ("disk",),
}
_ORDER = (Status.HEALTHY, Status.DEGRADED, Status.UNHEALTHY)


@dataclass(frozen=True, slots=True)
class Health:
    """How the system is as a whole, and each part of it."""

    status: Status
    version: str
    timestamp: datetime
    components: Components

    @property
    def ready(self) -> bool:
        """True when this process can answer requests: the database is there and known."""
        needed = ("database", "schema")
        return all(self.components[name].status is not Status.UNHEALTHY for name in needed)


class HealthCheck:
    """Looks at everything in parallel; one look at a time, shared by all who ask meanwhile."""

    def __init__(self, database: Database, redis: Redis, settings: Settings) -> None:
        self._looks: dict[str, Callable[[], Components]] = {
            "database": lambda: checks.check_database(database, settings),
            "redis": lambda: checks.check_redis(redis, settings),
            "disk": lambda: checks.check_disk(settings),
        }
        self._threads = ThreadPoolExecutor(2 * len(self._looks), thread_name_prefix="health")
        self._lock = threading.Lock()
        self._last: tuple[float, Health] | None = None

    def look(self) -> Health:
        """The health now, at most a second old; answers within 2 s whatever hangs."""
        with self._lock:
            if self._last and time.monotonic() - self._last[0] < _FRESH_S:
                return self._last[1]
            health = self._look()
            self._last = (time.monotonic(), health)
            return health

    def close(self) -> None:
        """Let the threads go; one that hangs is not waited for."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _look(self) -> Health:
        futures = {name: self._threads.submit(look) for name, look in self._looks.items()}
        wait(futures.values(), timeout=_PATIENCE_S)
        components: dict[str, Component] = {}
        for name, future in futures.items():
            components.update(_outcome(name, future))
        worst = max((c.status for c in components.values()), key=_ORDER.index)
        return Health(worst, wardops.__version__, clock.now(), components)


def _outcome(name: str, future: Future[Components]) -> Components:
    """What a look told; the parts it could not tell of are unhealthy, with the reason."""
    found: dict[str, Component] = {}
    reason = f"No answer within {_PATIENCE_S:g} s."
    if future.done():
        try:
            found = dict(future.result())
            reason = "Not known: the schema is not the one of this version."
        except _EXPECTED as error:
            reason = _reason(error)
    else:
        future.cancel()
    latency_ms = _PATIENCE_S * 1000 if not future.done() else 0.0
    for part in _PARTS[name]:
        told = reason if part == name or found else f"Not known: {name} is away."
        found.setdefault(part, Component(Status.UNHEALTHY, latency_ms, told))
    return found


def _reason(error: Exception) -> str:
    """The first line; drivers put addresses into the others, which are for the log."""
    text = str(error).strip().splitlines()
    return f"{type(error).__name__}: {text[0][:200] if text else 'no reason given'}"
