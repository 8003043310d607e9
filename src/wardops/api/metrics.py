"""/metrics: this process's requests and pool, and how the whole system is at the moment.

Names follow Prometheus: base units, `_seconds`, `_bytes`, `_total`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import psycopg
from fastapi import APIRouter, Depends, Request, Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from redis.exceptions import RedisError

from wardops import operations
from wardops.api.dependencies import Stores, public
from wardops.core.errors import WardError
from wardops.operations import Gauges

router = APIRouter()

_BUCKETS = (0.005, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0)
_AWAY = (psycopg.Error, RedisError, WardError)


class Metrics:
    """The registry of one app: nothing is shared with another app in the same process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._requests = Histogram(
            "ward_http_request_seconds",
            "Time to the first byte of the answer.",
            ("method", "route", "status"),
            buckets=_BUCKETS,
            registry=self.registry,
        )

    def read_also(self, stores: Stores) -> None:
        """Let scrapes tell of the whole system too."""
        self.registry.register(SystemCollector(stores))

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request."""
        known = method if method in _METHODS else "other"
        self._requests.labels(known, route, str(status)).observe(seconds)


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class SystemCollector(Collector):
    """Reads the stores at a scrape, at most once a second however many scrape."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores
        self._read_at = 0.0
        self._families: list[Metric] = []

    def describe(self) -> Iterator[Metric]:
        """Nothing ahead: the stores are only read when somebody scrapes."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """The families of now; a store that is away leaves its families out."""
        if time.monotonic() - self._read_at > 1:
            self._families = [*_pool(self._stores), *self._from_database(), *self._from_redis()]
            self._read_at = time.monotonic()
        return iter(self._families)

    def _from_database(self) -> list[Metric]:
        try:
            found = operations.read_gauges(self._stores.database)
        except _AWAY:
            return [_one("ward_database_up", "Whether PostgreSQL answers.", 0)]
        up = _one("ward_database_up", "Whether PostgreSQL answers.", 1)
        return [up, *_states(found), *_probing(found)]

    def _from_redis(self) -> list[Metric]:
        try:
            found = operations.read_queue_gauges(self._stores.redis, self._stores.settings)
        except _AWAY:
            return [_one("ward_redis_up", "Whether Redis answers.", 0)]
        return [_one("ward_redis_up", "Whether Redis answers.", 1), *_processes(found)]


@router.get("/metrics", dependencies=[Depends(public)], include_in_schema=False)
def get_metrics(request: Request) -> Response:
    """Everything, as Prometheus text."""
    metrics = request.app.state.metrics
    assert isinstance(metrics, Metrics)  # noqa: S101  set by create_app
    return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)


def _one(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value=value)


def _labelled(
    name: str, text: str, labels: tuple[str, ...], rows: Sequence[tuple[tuple[str, ...], float]]
) -> Metric:
    family = GaugeMetricFamily(name, text, labels=labels)
    for values, number in rows:
        family.add_metric(values, number)
    return family


def _pool(stores: Stores) -> list[Metric]:
    use = stores.database.pool_use()
    return [
        _labelled(
            "ward_database_pool_connections",
            "Connections of this process.",
            ("state",),
            [(("used",), use.used), (("idle",), use.idle)],
        ),
        _one("ward_database_pool_waiting", "Callers waiting for a connection.", use.waiting),
        _one("ward_database_pool_size_max", "Connections this process may open.", use.limit),
    ]


def _states(found: Gauges) -> list[Metric]:
    targets = [((kind, status), float(count)) for kind, status, count in found.targets]
    incidents = [((state, severity), float(count)) for state, severity, count in found.incidents]
    return [
        _labelled("ward_targets", "Targets by the state shown.", ("kind", "status"), targets),
        _labelled("ward_incidents_open", "Unresolved incidents.", ("state", "severity"), incidents),
    ]


def _probing(found: Gauges) -> list[Metric]:
    if found.probing is None or found.shards is None:
        return []
    oldest, missed = found.probing.oldest_s or 0.0, found.shards.slots_missed
    return [
        _one("ward_probe_oldest_check_seconds", "Age of the least recent check.", oldest),
        _one("ward_probe_stale_targets", "Targets not checked for too long.", found.probing.stale),
        _one(
            "ward_probe_shard_lag_seconds",
            "Longest wait of a due shard in its last round.",
            found.shards.lag_ms / 1000,
        ),
        _one("ward_probe_slots_missed", "Slots that no worker took, so far.", missed),
        _one("ward_probe_slots_done", "Slots that were probed, so far.", found.shards.slots_done),
    ]


def _processes(found: Gauges) -> list[Metric]:
    depths = [((name,), float(depth)) for name, depth in found.queue_depth.items()]
    ages = [((name, kind), age) for name, kind, age, _ in found.processes]
    memory = [((name, kind), size) for name, kind, _, size in found.processes]
    labels = ("process", "kind")
    return [
        _labelled("ward_queue_depth", "Messages waiting in a queue.", ("queue",), depths),
        _labelled("ward_process_heartbeat_age_seconds", "Since it was heard of.", labels, ages),
        _labelled("ward_process_memory_bytes", "Resident memory.", labels, memory),
    ]
