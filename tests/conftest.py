"""Fixtures for all tests: real stores, started once, and a fresh database for each test."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import hypothesis
import psycopg
import pytest
from psycopg import sql
from redis import Redis

from running_ward import Ward, running_ward
from wardops.core import schema
from wardops.core.clock import now
from wardops.core.database import Database
from wardops.core.redis import open_redis
from wardops.core.secrets import Secret
from wardops.core.settings import Settings
from wardops.embedded import EmbeddedPostgres, EmbeddedValkey, Places
from wardops.state import make_ahead

# How long an example takes says something of the machine, nothing of the code.
hypothesis.settings.register_profile("ward", deadline=None)
hypothesis.settings.load_profile("ward")

STORES = {"stores", "db", "redis", "settings", "stack"}
TEMPLATE = "ward_template"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for a store is an integration test, without saying so."""
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if names & STORES and not any(item.iter_markers(name="browser")):
            item.add_marker(pytest.mark.integration)


@dataclass(frozen=True, slots=True)
class Stores:
    """The stores of the test run."""

    postgres: str
    redis: str

    def database(self, name: str) -> str:
        """The address of one database of the server."""
        return self.postgres.replace("/ward?", f"/{name}?")


@pytest.fixture(scope="session")
def stores() -> Iterator[Stores]:
    """PostgreSQL and Valkey for the whole run, with a migrated template database.

    Not below pytest's own folder: each start of pytest closes that to other users, and with it
    the cluster of a run that is going on.
    """
    folder = Path(tempfile.mkdtemp(prefix="ward-stores-"))
    folder.chmod(0o711)
    places = Places(folder)
    places.make()
    chosen = os.environ.get("WARD_POSTGRES_BIN")
    postgres = EmbeddedPostgres(places, bin_override=Path(chosen) if chosen else None)
    valkey = EmbeddedValkey(places)
    postgres.prepare()
    servers = [postgres.start(), valkey.start()]
    try:
        postgres.wait_ready(servers[0])
        valkey.wait_ready(servers[1])
        found = Stores(postgres.url.reveal(), valkey.url.reveal())
        _make_template(found)
        yield found
    finally:
        servers[0].send_signal(signal.SIGINT)
        servers[1].terminate()
        for server in servers:
            _ended(server)
        shutil.rmtree(folder)


def _make_template(stores: Stores) -> None:
    with psycopg.connect(stores.postgres, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))
        # Each test makes and drops a database, which costs a second of waiting for the disk.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
    schema.upgrade(stores.database(TEMPLATE))
    settings = Settings(database_url=Secret(stores.database(TEMPLATE)))
    database = Database.open(settings, name="template")
    make_ahead(database, today=now().date())
    make_ahead(database, today=now().date() - timedelta(days=5))
    database.close()


def _ended(server: subprocess.Popen[bytes]) -> None:
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


@pytest.fixture
def settings(stores: Stores, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Settings]:
    """Settings that name a database made for this test alone."""
    name = f"test_{os.getpid()}_{abs(hash(request.node.nodeid))}"
    with psycopg.connect(stores.postgres, autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                sql.Identifier(name), sql.Identifier(TEMPLATE)
            )
        )
        yield Settings(
            data_dir=tmp_path,
            database_url=Secret(stores.database(name)),
            redis_url=Secret(stores.redis),
        )
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


@pytest.fixture
def db(settings: Settings) -> Iterator[Database]:
    """A database with the schema and nothing else in it."""
    database = Database.open(settings, name="test", size=4)
    yield database
    database.close()


@pytest.fixture
def redis(settings: Settings) -> Iterator[Redis]:
    """An emptied Redis."""
    client = open_redis(settings, name="test", connections=8)
    client.flushall()
    yield client
    client.close()


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ward]:
    """The simulated bank, real, on a free port; sign in as `admin` with `ADMIN_PASSWORD`."""
    folder = tmp_path_factory.mktemp("stack") / "data"
    with running_ward(folder, "--demo", "--no-scenario") as ward:
        yield ward


WaitUntil = Callable[..., None]


@pytest.fixture
def wait_until() -> WaitUntil:
    """Wait for a condition with a deadline, instead of sleeping."""

    def wait(condition: Callable[[], object], *, within_s: float = 10.0, what: str = "") -> None:
        deadline = time.monotonic() + within_s
        while not condition():
            if time.monotonic() > deadline:
                pytest.fail(f"not within {within_s:g} s: {what or condition}")
            time.sleep(0.02)

    return wait
