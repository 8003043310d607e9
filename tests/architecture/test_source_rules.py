"""Rules of the source that no type checker knows, each learnt from a fault of the audit."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import wardops
from wardops.core.database import Database, connection_options
from wardops.core.redis import open_redis
from wardops.core.settings import Settings

ROOT = Path(wardops.__file__).parent
MIGRATIONS = ROOT / "migrations"


def modules(*, outside: str = "") -> Iterator[tuple[str, ast.Module]]:
    """Every module of the package but those below `outside`, by its path in it."""
    for path in sorted(ROOT.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if not outside or not name.startswith(outside):
            yield name, ast.parse(path.read_text())


def called(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """The dotted text of each thing that is called, and the line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node.lineno


def calls_of(names: set[str], *, outside: str = "") -> list[str]:
    return [
        f"{module}:{line} {text}"
        for module, tree in modules(outside=outside)
        for text, line in called(tree)
        if text in names or text.rpartition(".")[2] in names
    ]


@pytest.mark.finding(17)
def test_only_the_unit_of_work_commits_and_rolls_back() -> None:
    found = calls_of({"commit", "rollback"})
    assert [each for each in found if not each.startswith(("core/schema.py", "migrations/"))] == []


@pytest.mark.finding(2)
def test_only_the_clock_asks_for_the_time_of_day() -> None:
    asked = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}
    found = [
        f"{module}:{line} {text}"
        for module, tree in modules(outside="core/clock.py")
        for text, line in called(tree)
        if any(text == name or text.endswith(f".{name}") for name in asked)
    ]
    # The kernel stamps packets with its own clock, which is compared with the same clock only.
    assert [each for each in found if not each.startswith("probing/")] == []


@pytest.mark.finding(2)
def test_every_column_of_a_time_knows_its_zone(db: Database) -> None:
    with db.reading() as session:
        naive = session.tuples(
            """
            SELECT table_name, column_name FROM information_schema.columns
            WHERE table_schema = 'public' AND data_type = 'timestamp without time zone'
            """
        )
        zone = session.value("SELECT current_setting('timezone')")
    assert naive == []
    assert zone == "UTC"


@pytest.mark.finding(3)
def test_only_core_opens_connections() -> None:
    openers = {"ConnectionPool", "AsyncConnectionPool", "psycopg.connect", "create_engine"}
    found = calls_of(openers, outside="core/")
    # The launcher asks its own server whether it is up, before there is anything to pool.
    assert [each for each in found if not each.startswith("embedded/")] == []


@pytest.mark.finding(17)
def test_transactions_are_begun_only_in_core() -> None:
    begun = [
        f"{module}:{node.lineno}"
        for module, tree in modules(outside="core/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.strip().upper().startswith(("BEGIN;", "COMMIT", "ROLLBACK", "START TRANS"))
    ]
    assert [each for each in begun if not each.startswith("migrations/")] == []


@pytest.mark.finding(7)
def test_every_connection_has_all_its_time_limits(db: Database, settings: Settings) -> None:
    names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    with db.reading() as session:
        limits = [session.value("SELECT current_setting(%s)", (name,)) for name in names]
    assert limits == ["15s", "5s", "30s"]
    assert connection_options(settings, name="x")["connect_timeout"] == settings.connect_timeout_s


@pytest.mark.finding(15)
def test_redis_clients_are_made_in_one_place() -> None:
    made = calls_of({"Redis", "StrictRedis", "from_url", "ConnectionPool"}, outside="core/")
    # The stream waits on a subscription for hours, which only an asynchronous client can; the
    # launcher asks its own server whether it is up.
    assert [e for e in made if not e.startswith(("api/stream.py", "embedded/"))] == []


@pytest.mark.finding(15)
def test_redis_pool_is_as_large_as_asked_with_keepalive_and_limits(settings: Settings) -> None:
    client = open_redis(settings, name="x", connections=37)
    options = client.connection_pool.connection_kwargs
    assert client.connection_pool.max_connections == 37
    assert options["socket_keepalive"] is True
    assert options["socket_timeout"] == options["socket_connect_timeout"] == 5
    assert options["retry"].get_retries() == 2
    client.close()


def test_nothing_is_left_unfinished() -> None:
    marks = ("TODO", "FIXME", "XXX", "NotImplementedError")
    unfinished = [
        f"{path.relative_to(ROOT)}: {mark}"
        for path in ROOT.rglob("*.py")
        for mark in marks
        if mark in path.read_text()
    ]
    assert unfinished == []
