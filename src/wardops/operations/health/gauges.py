"""The numbers /metrics tells of the whole system, read from the same sources as health."""

from __future__ import annotations

from dataclasses import dataclass, field

from redis import Redis

from wardops.core.database import Database
from wardops.core.redis import server_time_ms
from wardops.core.settings import Settings
from wardops.operations.health import checks, store


@dataclass(frozen=True, slots=True)
class Gauges:
    """What is read at a scrape; a store that is away leaves its part empty."""

    targets: list[tuple[str, str, int]] = field(default_factory=list)
    incidents: list[tuple[str, str, int]] = field(default_factory=list)
    shards: store.Shards | None = None
    probing: store.Probing | None = None
    queue_depth: dict[str, int] = field(default_factory=dict)
    processes: list[tuple[str, str, float, float]] = field(default_factory=list)
    """(name, kind, seconds since its heartbeat, bytes of memory)"""


def read_gauges(database: Database) -> Gauges:
    """What PostgreSQL knows, in one short transaction."""
    with database.reading() as session:
        return Gauges(
            targets=store.status_counts(session),
            incidents=store.open_incidents(session),
            shards=store.shards(session),
            probing=store.probing(session),
        )


def read_queue_gauges(redis: Redis, settings: Settings) -> Gauges:
    """What Redis knows."""
    now_ms = server_time_ms(redis)
    processes = [
        (
            str(beat["name"]),
            str(beat["kind"]),
            (now_ms - int(beat["at"])) / 1000,
            float(beat.get("rss_mb", 0)) * 2**20,
        )
        for beat in checks.heartbeats(redis)
    ]
    return Gauges(queue_depth=checks.queue_depths(redis, settings), processes=processes)
