"""What `ward check` and every start find wrong, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from redis import Redis

from wardops.core import database as connections
from wardops.core.database import Database
from wardops.core.errors import StartRefused
from wardops.core.secrets import Secret
from wardops.core.settings import Settings, load_settings
from wardops.operations import check_surroundings

pytestmark = pytest.mark.finding(24)


def told(settings: Settings) -> dict[str, str]:
    return {f.field: f"{f.message} {f.hint}" for f in check_surroundings(settings)}


def test_nothing_is_found_where_all_is_well(settings: Settings, redis: Redis) -> None:
    assert told(settings) == {}


def test_every_fault_is_told_at_once(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    wrong = settings.model_copy(
        update={
            "database_url": Secret("postgresql://ward:hunter2@127.0.0.1:1/ward"),
            "redis_url": Secret("redis://:hunter2@127.0.0.1:1/0"),
            "data_dir": tmp_path / "file",
        }
    )
    found = told(wrong)
    assert found.keys() == {"DATABASE_URL", "REDIS_URL", "WARD_DATA_DIR"}
    assert "refused" in found["DATABASE_URL"]
    assert "hunter2" not in str(found)


def test_stores_that_are_not_named_are_told(settings: Settings) -> None:
    none = settings.model_copy(update={"database_url": Secret(""), "redis_url": Secret("")})
    assert told(none).keys() == {"DATABASE_URL", "REDIS_URL"}


@pytest.mark.parametrize("url", ["nonsense", "postgresql://ward@127.0.0.1:99999/x", "redis:/x"])
def test_addresses_that_make_no_sense_are_told(settings: Settings, url: str) -> None:
    wrong = settings.model_copy(update={"database_url": Secret(url), "redis_url": Secret(url)})
    assert told(wrong).keys() == {"DATABASE_URL", "REDIS_URL"}


def test_schema_of_another_revision_is_told_with_the_command(
    settings: Settings, db: Database, redis: Redis
) -> None:
    with db.transaction() as session:
        session.execute("DELETE FROM alembic_version")
    assert "ward db upgrade" in told(settings)["DATABASE_URL"]


def test_redis_that_may_throw_messages_away_is_told(settings: Settings, redis: Redis) -> None:
    redis.config_set("maxmemory-policy", "allkeys-lru")
    try:
        assert "noeviction" in told(settings)["REDIS_URL"]
    finally:
        redis.config_set("maxmemory-policy", "noeviction")


@pytest.mark.finding(1)
def test_connections_that_do_not_fit_are_refused_with_the_sum(
    settings: Settings, db: Database, redis: Redis
) -> None:
    many = settings.model_copy(update={"api_threads": 90, "probe_processes": 200})
    message = told(many)["DATABASE_URL"]
    assert "92 api + 200 probe workers + 2 core workers + 2 schedulers (2) = 296" in message
    assert "WARD_API_THREADS" in message
    with pytest.raises(StartRefused):
        connections.check_connection_budget(db, many)


@pytest.mark.finding(1)
def test_pool_is_never_larger_than_its_part_of_the_budget(settings: Settings) -> None:
    needed = connections.connections_needed(settings)
    assert needed["api"] == settings.api_threads + 2
    database = Database.open(settings, name="api", size=needed["api"])
    assert database.pool_use().limit == needed["api"]
    database.close()


def test_all_wrong_settings_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARD_PORT", "0")
    monkeypatch.setenv("WARD_API_THREADS", "none")
    monkeypatch.setenv("WARD_NO_SUCH", "1")
    with pytest.raises(StartRefused) as refused:
        load_settings()
    assert {f.field for f in refused.value.faults} == {
        "WARD_PORT",
        "WARD_API_THREADS",
        "WARD_NO_SUCH",
    }
