"""Health says which part is away, never hangs, and is itself again when the part is back."""

from __future__ import annotations

import signal
import socket
import time
from collections.abc import Iterator

import orjson
import pytest
from redis import Redis

from wardops.core.database import Database
from wardops.core.redis import open_redis, server_time_ms
from wardops.core.secrets import Secret
from wardops.core.settings import Settings
from wardops.operations import Health, HealthCheck, Status, queues

pytestmark = pytest.mark.finding(22)

PARTS = {
    "database",
    "schema",
    "probing",
    "history",
    "redis",
    "scheduler",
    "workers",
    "queues",
    "disk",
}


@pytest.fixture
def all_well(redis: Redis, settings: Settings) -> Redis:
    """Redis as it is while everything runs."""
    beat(redis, "worker:1", "worker", queues(settings))
    beat(redis, "scheduler:2", "scheduler", ())
    redis.set("ward:scheduler:leader", "x", ex=60)
    return redis


def beat(redis: Redis, name: str, kind: str, served: tuple[str, ...]) -> None:
    told = {"name": name, "kind": kind, "queues": served, "at": server_time_ms(redis), "rss_mb": 80}
    redis.set(f"ward:heartbeat:{name}", orjson.dumps(told), ex=60)


def look(database: Database, redis: Redis, settings: Settings) -> Health:
    check = HealthCheck(database, redis, settings)
    try:
        return check.look()
    finally:
        check.close()


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_all_parts_are_told_and_healthy(db: Database, all_well: Redis, settings: Settings) -> None:
    health = look(db, all_well, settings)
    assert health.components.keys() == PARTS
    assert health.status is Status.HEALTHY, health.components
    assert health.ready
    assert all(part.detail for part in health.components.values())


def test_no_scheduler_is_unhealthy_with_the_way_out(
    db: Database, all_well: Redis, settings: Settings
) -> None:
    all_well.delete("ward:scheduler:leader")
    health = look(db, all_well, settings)
    assert health.status is Status.UNHEALTHY
    assert "ward serve scheduler" in health.components["scheduler"].detail
    assert health.ready


def test_queue_that_no_worker_serves_is_named(
    db: Database, all_well: Redis, settings: Settings
) -> None:
    beat(all_well, "worker:1", "worker", ("alert", "maintenance"))
    part = look(db, all_well, settings).components["workers"]
    assert part.status is Status.UNHEALTHY
    assert f"probe.{settings.site}" in part.detail


def test_deep_queue_is_degraded(db: Database, all_well: Redis, settings: Settings) -> None:
    all_well.rpush("alert", *range(600))
    health = look(db, all_well, settings)
    assert health.status is Status.DEGRADED
    assert "alert 600" in health.components["queues"].detail


def test_stale_targets_degrade_and_then_fail_the_probing(
    db: Database, all_well: Redis, settings: Settings
) -> None:
    with db.transaction() as session:
        session.execute(
            "INSERT INTO devices (site_id, name, ip, type)"
            " SELECT 1, n::text, ('10.0.0.' || n)::inet, 'atm' FROM generate_series(1, 4) n"
        )
        session.execute(
            "UPDATE target_status SET last_checked_at = now(), stale_after = now() + interval '9 s'"
        )
        stale = "UPDATE target_status SET stale_after = now() - interval '1 s'"
        session.execute(f"{stale} WHERE target_id = (SELECT min(id) FROM devices)")  # noqa: S608
    assert look(db, all_well, settings).components["probing"].status is Status.DEGRADED
    with db.transaction() as session:
        session.execute(stale)
    assert look(db, all_well, settings).components["probing"].status is Status.UNHEALTHY


def test_history_without_a_partition_for_today_is_degraded(
    db: Database, all_well: Redis, settings: Settings
) -> None:
    with db.transaction() as session:
        name = session.value("SELECT 'ping_results_' || to_char(now(), 'YYYYMMDD')")
        session.execute(f"DROP TABLE {name}")
    assert look(db, all_well, settings).components["history"].status is Status.DEGRADED


@pytest.mark.parametrize(
    ("change", "remedy"),
    [
        ("DELETE FROM alembic_version", "ward db upgrade"),
        ("UPDATE alembic_version SET version_num = '9999'", "start the later version"),
    ],
    ids=["earlier", "later"],
)
def test_schema_of_another_version_is_not_ready(
    db: Database, all_well: Redis, settings: Settings, change: str, remedy: str
) -> None:
    with db.transaction() as session:
        session.execute(change)  # type: ignore[arg-type]
    health = look(db, all_well, settings)
    assert not health.ready
    assert remedy in health.components["schema"].detail
    assert health.components.keys() == PARTS


def test_redis_away_is_told_and_leaves_the_database_healthy(
    db: Database, all_well: Redis, settings: Settings
) -> None:
    away = settings.model_copy(update={"redis_url": Secret("redis://127.0.0.1:1/0")})
    health = look(db, open_redis(away, name="away"), settings)
    assert health.status is Status.UNHEALTHY
    assert health.components["redis"].status is Status.UNHEALTHY
    assert health.components["database"].status is Status.HEALTHY
    assert health.ready


def test_database_away_is_told_and_leaves_redis_healthy(
    all_well: Redis, settings: Settings
) -> None:
    address = "postgresql://ward:hunter2@127.0.0.1:1/ward"
    away = settings.model_copy(
        update={"database_url": Secret(address), "pool_timeout_s": 0.2, "connect_timeout_s": 1}
    )
    database = Database.open(away, name="away")
    health = look(database, all_well, settings)
    database.close()
    assert health.components["database"].status is Status.UNHEALTHY
    assert health.components["redis"].status is Status.HEALTHY
    assert not health.ready
    assert "hunter2" not in str(health)


def test_stores_that_hang_do_not_hang_health(
    silent_port: int, settings: Settings, all_well: Redis
) -> None:
    hung = settings.model_copy(
        update={
            "database_url": Secret(f"postgresql://ward@127.0.0.1:{silent_port}/ward"),
            "redis_url": Secret(f"redis://127.0.0.1:{silent_port}/0"),
        }
    )
    database = Database.open(hung, name="hung")
    began = time.monotonic()
    health = look(database, open_redis(hung, name="hung"), hung)
    assert time.monotonic() - began < 10
    assert health.components.keys() == PARTS
    assert health.components["database"].detail == "No answer within 2 s."
    assert health.components["disk"].status is Status.HEALTHY
    database.close()


def test_valkey_that_stands_still_is_unhealthy_until_it_goes_on(
    db: Database, all_well: Redis, settings: Settings
) -> None:
    import os

    pid = int(all_well.info()["process_id"])
    os.kill(pid, signal.SIGSTOP)
    try:
        assert look(db, all_well, settings).components["redis"].status is Status.UNHEALTHY
    finally:
        os.kill(pid, signal.SIGCONT)
    assert look(db, all_well, settings).components["redis"].status is Status.HEALTHY
