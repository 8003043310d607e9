"""The checks, each a few lines: look at one store, say how each part that it shows is."""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

import orjson
from redis import Redis

from wardops.core import schema
from wardops.core.database import Database, ReadSession
from wardops.core.redis import server_time_ms
from wardops.core.settings import Settings
from wardops.operations.health import store
from wardops.state import Spool

LEADER = "ward:scheduler:leader"
DEEP_QUEUE = 500
_SLOW_MS = 500.0
_LOW_DISK, _FULL_DISK = 0.10, 0.03
_LOW_BYTES, _FULL_BYTES = 2 << 30, 256 << 20


class Status(StrEnum):
    """How a part is. Degraded: it works, and somebody should look."""

    HEALTHY = "healthy"
    DEGRADED = "degraded"
    UNHEALTHY = "unhealthy"


@dataclass(frozen=True, slots=True)
class Component:
    """One part: how it is, how long looking took, and the reason."""

    status: Status
    latency_ms: float
    detail: str


Components = Mapping[str, Component]


def check_database(database: Database, settings: Settings) -> Components:
    """PostgreSQL and what only it knows: the schema, the probing, the history."""
    began = time.monotonic()
    with database.reading() as session:
        version = store.server_version(session)
        latency_ms = _since(began)
        revision = store.revision(session)
        if revision != _wanted():
            return {
                "database": _timed(latency_ms, f"PostgreSQL {version}"),
                "schema": _schema(revision),
            }
        return {
            "database": _timed(latency_ms, f"PostgreSQL {version}"),
            "schema": _schema(revision),
            "probing": _probing(session),
            "history": _history(session, settings),
        }


def check_redis(redis: Redis, settings: Settings) -> Components:
    """Redis and what stands in it: the scheduler's lease, heartbeats, queues."""
    began = time.monotonic()
    now_ms = server_time_ms(redis)
    latency_ms = _since(began)
    beats = heartbeats(redis)
    return {
        "redis": _timed(latency_ms, "answers"),
        "scheduler": _scheduler(bool(redis.exists(LEADER)), beats, now_ms),
        "workers": _workers(beats, queues(settings), now_ms),
        "queues": _queues(queue_depths(redis, settings)),
    }


def check_disk(settings: Settings) -> Components:
    """Free space where keys, spools and embedded stores are."""
    began = time.monotonic()
    folder = next(
        path for path in (settings.data_dir, *settings.data_dir.absolute().parents) if path.exists()
    )
    usage = shutil.disk_usage(folder)
    share, gib = usage.free / usage.total, usage.free / 2**30
    told = f"{gib:.1f} GiB free ({share:.0%})"
    if share < _FULL_DISK or usage.free < _FULL_BYTES:
        return {"disk": Component(Status.UNHEALTHY, _since(began), f"Almost full: {told}.")}
    if share < _LOW_DISK and usage.free < _LOW_BYTES:
        return {"disk": Component(Status.DEGRADED, _since(began), f"Filling up: {told}.")}
    return {"disk": Component(Status.HEALTHY, _since(began), told)}


def queues(settings: Settings) -> tuple[str, ...]:
    """The queues that this site needs served."""
    return (f"probe.{settings.site}", "alert", "maintenance")


def queue_depths(redis: Redis, settings: Settings) -> dict[str, int]:
    """Messages waiting in each queue."""
    return {name: int(redis.llen(name)) for name in queues(settings)}


def heartbeats(redis: Redis) -> list[dict[str, Any]]:
    """What every living worker child and scheduler last told of itself."""
    names = list(redis.scan_iter("ward:heartbeat:*", count=500))
    blobs = redis.mget(names) if names else []
    return [orjson.loads(blob) for blob in blobs if blob]


@cache
def _wanted() -> str:
    return schema.head()


def _schema(revision: str) -> Component:
    wanted = _wanted()
    if revision == wanted:
        return Component(Status.HEALTHY, 0, f"revision {revision}")
    remedy = "run `ward db upgrade`" if schema.is_known(revision) else "start the later version"
    told = f"At revision {revision or 'none'}, this version needs {wanted}: {remedy}."
    return Component(Status.UNHEALTHY, 0, told)


def _probing(session: ReadSession) -> Component:
    began = time.monotonic()
    now, rounds = store.probing(session), store.shards(session)
    told = (
        f"{now.targets} targets, {now.stale} stale, {now.never} never checked; "
        f"{rounds.shards} shards, lag {rounds.lag_ms} ms, {rounds.slots_missed} slots missed"
    )
    status = Status.HEALTHY
    if now.targets and now.stale + now.never > now.targets / 2:
        status = Status.UNHEALTHY
    elif now.stale:
        status = Status.DEGRADED
    return Component(status, _since(began), told)


def _history(session: ReadSession, settings: Settings) -> Component:
    began = time.monotonic()
    waiting = sum(len(Spool(settings.spool_dir / name).waiting()) for name in ("rounds", "history"))
    if not store.has_partition_for_today(session):
        told = "There is no partition for today: the maintenance job did not run."
        return Component(Status.DEGRADED, _since(began), told)
    if waiting:
        told = f"{waiting} batches wait on disk to be stored."
        return Component(Status.DEGRADED, _since(began), told)
    return Component(Status.HEALTHY, _since(began), "stored as it comes")


def _scheduler(leads: bool, beats: list[dict[str, Any]], now_ms: int) -> Component:
    ages = [now_ms - int(b["at"]) for b in beats if b.get("kind") == "scheduler"]
    if not leads:
        return Component(
            Status.UNHEALTHY, 0, "No scheduler leads: start one with `ward serve scheduler`."
        )
    told = f"leads, last heard of {min(ages) / 1000:.0f} s ago" if ages else "leads"
    return Component(Status.HEALTHY, 0, told)


def _workers(beats: list[dict[str, Any]], needed: tuple[str, ...], now_ms: int) -> Component:
    workers = [b for b in beats if b.get("kind") != "scheduler"]
    served = {name for beat in workers for name in beat.get("queues", ())}
    if missing := sorted(set(needed) - served):
        told = f"No worker serves {', '.join(missing)}: start one with `ward serve worker`."
        return Component(Status.UNHEALTHY, 0, told)
    quiet = max(now_ms - int(beat["at"]) for beat in workers) / 1000
    largest = max(float(beat.get("rss_mb", 0)) for beat in workers)
    told = f"{len(workers)} processes, longest quiet {quiet:.0f} s, largest {largest:.0f} MB"
    return Component(Status.HEALTHY, 0, told)


def _queues(depths: Mapping[str, int]) -> Component:
    told = ", ".join(f"{name} {depth}" for name, depth in depths.items())
    deep = any(depth > DEEP_QUEUE for depth in depths.values())
    return Component(Status.DEGRADED if deep else Status.HEALTHY, 0, told)


def _timed(latency_ms: float, told: str) -> Component:
    if latency_ms > _SLOW_MS:
        return Component(Status.DEGRADED, latency_ms, f"{told}, but slow")
    return Component(Status.HEALTHY, latency_ms, told)


def _since(began: float) -> float:
    return round((time.monotonic() - began) * 1000, 2)
