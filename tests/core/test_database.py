"""The pool, the two sessions, and what happens when things go wrong inside them."""

from __future__ import annotations

import shutil
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import psycopg
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from psycopg import sql

from wardops.core.database import (
    TRANSIENT,
    Database,
    ReadSession,
    check_connection_budget,
    connections_needed,
)
from wardops.core.errors import StartRefused, Unavailable
from wardops.core.secrets import Secret
from wardops.core.settings import Settings
from wardops.embedded import EmbeddedPostgres, Places

shared_stores = examples(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


class Broken(Exception):
    """A fault inside a unit of work."""


def regions(database: Database) -> int:
    with database.reading() as session:
        return int(session.value("SELECT count(*) FROM regions"))


@pytest.mark.finding(17)
def test_an_error_undoes_the_whole_unit_of_work(db: Database) -> None:
    def fail() -> None:
        with db.transaction() as session:
            session.execute("INSERT INTO regions (name) VALUES ('a')")
            raise Broken

    with pytest.raises(Broken):
        fail()
    assert regions(db) == 0
    with db.transaction() as session:
        session.execute("INSERT INTO regions (name) VALUES ('a')")
    assert regions(db) == 1


def test_a_read_session_cannot_write(db: Database) -> None:
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction), db.reading() as session:
        session.value("INSERT INTO regions (name) VALUES ('a') RETURNING id")
    assert not hasattr(ReadSession, "execute")
    assert regions(db) == 0


def fail_inside(db: Database, kind: str, fault: str) -> None:
    with getattr(db, kind)() as session:
        if fault == "body":
            raise Broken
        if fault == "exit":
            raise SystemExit
        if fault == "statement":
            session.value("SELECT * FROM nowhere")
        session.value("SELECT pg_terminate_backend(pg_backend_pid())")


@pytest.mark.finding(3)
@pytest.mark.parametrize("kind", ["transaction", "reading"])
@pytest.mark.parametrize("fault", ["body", "statement", "connection", "exit"])
def test_no_error_leaks_a_connection(
    db: Database, kind: str, fault: str, wait_until: Callable[..., None]
) -> None:
    errors = {
        "body": Broken,
        "statement": psycopg.errors.UndefinedTable,
        "connection": psycopg.OperationalError,
        "exit": SystemExit,
    }
    for _ in range(9):  # more than twice the pool
        with pytest.raises(errors[fault]):
            fail_inside(db, kind, fault)
    assert regions(db) == 0
    wait_until(lambda: db.pool_use().used == 0, what="all connections given back")


@pytest.mark.finding(7)
def test_a_hung_statement_costs_its_time_limit_and_not_the_connection(settings: Settings) -> None:
    hasty = settings.model_copy(update={"statement_timeout_ms": 100})
    database = Database.open(hasty, name="hasty")

    def hang() -> None:
        with database.transaction() as session:
            session.execute("INSERT INTO regions (name) VALUES ('a')")
            session.value("SELECT pg_sleep(60)")

    with pytest.raises(psycopg.errors.QueryCanceled):
        hang()
    assert regions(database) == 0
    database.close()


@pytest.mark.finding(7)
def test_a_lock_that_is_held_is_not_waited_for_without_end(settings: Settings) -> None:
    hasty = settings.model_copy(update={"lock_timeout_ms": 100})
    database = Database.open(hasty, name="hasty", size=2)
    with database.transaction() as holder:
        holder.execute("LOCK TABLE regions")
        with pytest.raises(psycopg.errors.LockNotAvailable), database.transaction() as waiter:
            waiter.execute("LOCK TABLE regions")
    database.close()


@pytest.mark.finding(1)
def test_an_exhausted_pool_says_so(settings: Settings) -> None:
    hasty = settings.model_copy(update={"pool_timeout_s": 0.1})
    database = Database.open(hasty, name="small", size=1)
    with (
        database.transaction(),
        pytest.raises(Unavailable, match=r"No database connection within 0\.1 s") as told,
    ):
        regions(database)
    assert "all connections are in use" in told.value.hint
    assert regions(database) == 0
    database.close()


def test_a_server_that_is_away_is_unavailable_and_transient(settings: Settings) -> None:
    away = Secret("postgresql://u:p@127.0.0.1:1/d")
    gone = settings.model_copy(update={"pool_timeout_s": 0.1, "database_url": away})
    database = Database.open(gone, name="away")
    with pytest.raises(Unavailable) as told:
        regions(database)
    assert isinstance(told.value, TRANSIENT)
    database.close()


@pytest.mark.finding(1)
def test_four_times_the_threads_than_connections_all_get_their_turn(settings: Settings) -> None:
    database = Database.open(settings, name="load", size=4)
    done: list[int] = []

    def work() -> None:
        for _ in range(10):
            done.append(regions(database))

    threads = [threading.Thread(target=work) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 160
    assert database.pool_use().limit == 4
    database.close()


@pytest.mark.finding(1)
def test_the_budget_counts_every_process(db: Database, settings: Settings) -> None:
    check_connection_budget(db, settings)
    needed = sum(connections_needed(settings).values())
    assert needed == (8 + 2) + 4 + 2 + 2
    assert sum(
        connections_needed(settings.model_copy(update={"probe_processes": 50})).values()
    ) == (needed + 46)


@pytest.mark.finding(1)
def test_a_start_that_cannot_fit_is_refused_with_the_arithmetic(
    db: Database, settings: Settings
) -> None:
    greedy = settings.model_copy(update={"probe_processes": 100})
    with pytest.raises(StartRefused) as told:
        check_connection_budget(db, greedy)
    assert "10 api + 100 probe workers + 2 core workers + 2 schedulers (2) = 114" in str(told.value)
    assert "WARD_PROBE_PROCESSES" in told.value.hint


TYPES = {
    "i8": ("bigint", arrays.from_dtype(np.dtype("i8"))),
    "i4": ("integer", arrays.from_dtype(np.dtype("i4"))),
    "i2": ("smallint", arrays.from_dtype(np.dtype("i2"))),
    "f8": ("float8", arrays.from_dtype(np.dtype("f8"))),
    "f4": ("real", arrays.from_dtype(np.dtype("f4"))),
    "b1": ("boolean", st.booleans()),
}


@pytest.mark.parametrize("code", TYPES)
@shared_stores
@given(data=st.data())
def test_arrays_come_back_as_they_went(db: Database, code: str, data: st.DataObject) -> None:
    name, elements = TYPES[code]
    sent = np.array(data.draw(st.lists(elements, max_size=30)), dtype=code)
    query = sql.SQL("SELECT x FROM unnest(%s::{}[]) WITH ORDINALITY AS u (x, n) ORDER BY n")
    with db.reading() as session:
        rows = session.tuples(query.format(sql.SQL(name)), (sent,), binary=True)
    back = np.array([row[0] for row in rows], dtype=code)
    np.testing.assert_array_equal(back, sent)


@pytest.mark.parametrize("code", TYPES)
def test_an_empty_array_keeps_its_type(db: Database, code: str) -> None:
    with db.reading() as session:
        assert session.tuples("SELECT cardinality(%s)", (np.zeros(0, dtype=code),)) == [(0,)]


def test_strided_arrays_are_told_element_by_element(db: Database) -> None:
    with db.reading() as session:
        assert session.value("SELECT %s::bigint[]", (np.arange(10)[::3],)) == [0, 3, 6, 9]


def test_a_transaction_that_slept_too_long_may_be_tried_again(
    settings: Settings, db: Database, wait_until: Callable[..., None]
) -> None:
    hasty = settings.model_copy(update={"idle_transaction_timeout_ms": 100})
    database = Database.open(hasty, name="sleeper")

    def ended() -> bool:
        with db.reading() as session:
            query = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'ward-sleeper'"
            return session.value(query) == 0

    try:
        with pytest.raises(TRANSIENT), database.transaction() as session:  # noqa: PT012
            session.value("SELECT 1")
            wait_until(ended, what="the server has ended it")
            session.value("SELECT 2")
        with database.transaction() as session:
            assert session.value("SELECT 3") == 3
    finally:
        database.close()


@pytest.mark.integration
def test_a_standby_is_told_and_may_be_tried_again() -> None:
    """It answers reads, so it looks sound; what was to be written has to wait."""
    with standby() as url:
        database = Database.open(Settings(database_url=Secret(url)), name="test")
        try:
            with database.reading() as session:
                assert session.value("SELECT pg_is_in_recovery()")
            with pytest.raises(Unavailable, match="standby") as told, database.transaction():
                pass
            assert isinstance(told.value, TRANSIENT)
        finally:
            database.close()


@contextmanager
def standby() -> Iterator[str]:
    """A server of its own that takes no writes, as after a failover to the wrong side."""
    folder = Path(tempfile.mkdtemp(prefix="ward-standby-"))
    folder.chmod(0o711)
    places = Places(folder)
    places.make()
    postgres = EmbeddedPostgres(places)
    postgres.prepare()
    try:
        first = postgres.start()
        postgres.wait_ready(first)
        first.send_signal(signal.SIGINT)
        first.wait(30)
        (postgres.cluster / "standby.signal").touch()
        server = postgres.start()
        postgres.wait_ready(server)
        yield postgres.url.reveal()
        server.send_signal(signal.SIGINT)
        server.wait(30)
    finally:
        shutil.rmtree(folder)
