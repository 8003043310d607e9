"""The event stream as a browser reads it: nothing is missed, whatever was restarted meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from running_api import WEB, Api, add_user, serving, session_token

from wardops.api import stream as route
from wardops.api.dependencies import Stores
from wardops.core import stream
from wardops.core.database import Database
from wardops.core.secrets import Secret
from wardops.core.settings import Settings
from wardops.core.stream import Cursor, StreamEvent

Event = dict[str, str]


def tell(db: Database, *kinds: str) -> None:
    for kind in kinds:
        with db.transaction() as session:
            stream.append(session, kind, {})


@contextmanager
def listening(api: Api, db: Database, *, after: str = "") -> Iterator[Iterator[Event]]:
    """The events that a browser gets, which names the last one it had."""
    cookies = {"ward_session": session_token(db, add_user(db, "viewer"))}
    headers = {**WEB, "Last-Event-ID": after} if after else WEB
    with (
        api.client(cookies=cookies, headers=headers) as client,
        client.stream("GET", "/events") as answer,
    ):
        assert answer.status_code == 200
        yield events(answer)


def events(answer: httpx.Response) -> Iterator[Event]:
    found: Event = {}
    for line in answer.iter_lines():
        name, _, value = line.partition(": ")
        if name:
            found[name] = value
        elif found:
            yield found
            found = {}


def kinds(found: Iterator[Event], count: int) -> list[str]:
    return [next(found)["event"] for _ in range(count)]


def test_a_listener_is_greeted_and_then_told_what_happens(api: Api, db: Database) -> None:
    tell(db, "before")
    with listening(api, db) as found:
        assert kinds(found, 1) == ["hello"]
        tell(db, "one", "two")
        assert kinds(found, 2) == ["one", "two"]


def test_what_happens_while_the_first_listener_catches_up_is_not_missed(
    api: Api, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = threading.Event()
    catch_up, read = route._catch_up, route.Hub._read

    def catch_up_slowly(
        stores: Stores, cursor: Cursor | None
    ) -> tuple[Cursor, list[StreamEvent], bool]:
        answer = catch_up(stores, cursor)
        tell(db, "meanwhile")
        told.set()
        return answer

    def read_later(hub: route.Hub, *arguments: Cursor) -> list[StreamEvent]:
        told.wait(10)
        return read(hub, *arguments)

    monkeypatch.setattr(route, "_catch_up", catch_up_slowly)
    monkeypatch.setattr(route.Hub, "_read", read_later)
    with listening(api, db) as found:
        assert kinds(found, 1) == ["hello"]
        tell(db, "after")
        assert kinds(found, 2) == ["meanwhile", "after"]


def test_a_second_listener_gets_each_event_once_and_so_does_the_first(
    api: Api, db: Database
) -> None:
    with listening(api, db) as first:
        assert kinds(first, 1) == ["hello"]
        tell(db, "one")
        place = next(first)["id"]
        with listening(api, db, after=place) as second:
            assert kinds(second, 1) == ["hello"]
            tell(db, "two", "three")
            assert kinds(first, 2) == kinds(second, 2) == ["two", "three"]


def test_after_a_restart_of_the_server_a_reader_goes_on_where_it_was(
    settings: Settings, db: Database
) -> None:
    with serving(settings) as api, listening(api, db) as found:
        assert kinds(found, 1) == ["hello"]
        tell(db, "one")
        place = next(found)["id"]
    tell(db, "two", "three")
    with serving(settings) as api, listening(api, db, after=place) as found:
        assert kinds(found, 3) == ["hello", "two", "three"]
        tell(db, "four")
        assert kinds(found, 1) == ["four"]


def test_a_reader_of_another_database_is_told_to_load_everything(api: Api, db: Database) -> None:
    with listening(api, db, after=str(Cursor(2**50, 1))) as found:
        assert kinds(found, 2) == ["hello", "reset"]
        tell(db, "one")
        assert kinds(found, 1) == ["one"]


def test_without_redis_the_stream_goes_on(settings: Settings, db: Database) -> None:
    away = settings.model_copy(update={"redis_url": Secret("redis://127.0.0.1:1/0")})
    with serving(away) as api, listening(api, db) as found:
        assert kinds(found, 1) == ["hello"]
        tell(db, "one")
        assert kinds(found, 1) == ["one"]


def test_a_fault_of_the_database_ends_no_stream(
    api: Api, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listening(api, db) as found:
        assert kinds(found, 1) == ["hello"]
        with db.transaction() as session:
            session.execute("ALTER TABLE stream_events RENAME TO elsewhere")
        seen = threading.Event()
        monkeypatch.setattr(route.log, "warning", lambda *_, **__: seen.set())
        assert seen.wait(10)
        with db.transaction() as session:
            session.execute("ALTER TABLE elsewhere RENAME TO stream_events")
        tell(db, "one")
        assert kinds(found, 1) == ["one"]
