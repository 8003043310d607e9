"""Bad input, missing things and broken stores are told as problem documents."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import httpx
import psycopg
import pytest
from fastapi import APIRouter
from running_api import Api, ClientFor, serving

from wardops.access import Permission
from wardops.api import app as application
from wardops.api.dependencies import Reader, Writer, require
from wardops.core.database import Database
from wardops.core.settings import Settings

router = APIRouter(prefix="/test", dependencies=[require(Permission.READ)])


@router.get("/hang")
def hang(session: Reader) -> None:
    session.value("SELECT pg_sleep(60)")


@router.get("/fail")
def fail(session: Reader) -> None:
    session.value("SELECT 1")
    raise KeyError("community=hunter2 password: hunter2")


@router.get("/fail-in-sql")
def fail_in_sql(session: Reader) -> None:
    session.value("SELECT 1 / 0")


@router.get("/write-in-read")
def write_in_read(session: Reader) -> None:
    session.value("INSERT INTO regions (name) VALUES ('x') RETURNING id")


@router.post("/write/{name}", status_code=201)
def write(name: str, session: Writer) -> dict[str, str]:
    session.execute("INSERT INTO regions (name) VALUES (%s)", (name,))
    return {"name": name}


@router.post("/write-and-fail")
def write_and_fail(session: Writer) -> None:
    session.execute("INSERT INTO regions (name) VALUES ('half')")
    raise RuntimeError


@router.post("/write-late-conflict", status_code=201)
def write_late_conflict(session: Writer) -> dict[str, str]:
    session.execute(
        "CREATE TEMP TABLE late (id int UNIQUE DEFERRABLE INITIALLY DEFERRED) ON COMMIT DROP"
    )
    session.execute("INSERT INTO late VALUES (1), (1)")
    return {"told": "too early"}


@pytest.fixture
def api(api_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    """The real app with routes that misbehave added to it."""
    monkeypatch.setattr(application, "ROUTERS", (*application.ROUTERS, router))
    quick = api_settings.model_copy(
        update={"statement_timeout_ms": 300, "api_threads": 2, "pool_timeout_s": 2.0}
    )
    with serving(quick) as running:
        yield running


@pytest.fixture
def client(client_for: ClientFor) -> httpx.Client:
    return client_for("admin")


def problem(answer: httpx.Response, status: int, code: str) -> list[dict[str, str]]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body.keys() == {"type", "title", "status", "detail", "code", "errors"}
    assert (body["status"], body["code"]) == (status, code)
    assert body["type"] == f"urn:ward:problem:{code}"
    return body["errors"]


def test_unknown_field_is_named(client: httpx.Client) -> None:
    errors = problem(client.patch("/me", json={"colour": "red"}), 422, "invalid_input")
    assert [e["field"] for e in errors] == ["colour"]


def test_unknown_parameter_is_named_with_those_that_exist(client: httpx.Client) -> None:
    errors = problem(client.get("/users", params={"roel": "admin"}), 422, "invalid_input")
    assert errors[0]["field"] == "roel"
    assert "limit, q, skip, sort" in errors[0]["hint"]


def test_unknown_sort_field_is_refused_with_the_possible_ones(client: httpx.Client) -> None:
    errors = problem(client.get("/users", params={"sort": "-password_hash"}), 422, "invalid_input")
    assert "username" in errors[0]["hint"]


@pytest.mark.parametrize("limit", ["0", "1001", "1000000000", "-1", "x"])
def test_limit_out_of_bounds_is_refused(client: httpx.Client, limit: str) -> None:
    errors = problem(client.get("/users", params={"limit": limit}), 422, "invalid_input")
    assert errors[0]["field"] == "limit"


def test_broken_json_is_refused_without_being_repeated(client: httpx.Client) -> None:
    body = b'{"current_password": "hunter2", '
    headers = {"Content-Type": "application/json"}
    answer = client.post("/me/password", content=body, headers=headers)
    problem(answer, 422, "invalid_input")
    assert "hunter2" not in answer.text


def test_wrong_type_for_a_password_is_refused_without_being_repeated(client: httpx.Client) -> None:
    body = {"current_password": ["hunter2"], "new_password": "hunter2" * 200}
    answer = client.post("/me/password", json=body)
    errors = problem(answer, 422, "invalid_input")
    assert [e["field"] for e in errors] == ["current_password", "new_password"]
    assert "hunter2" not in answer.text


def test_name_of_a_megabyte_is_refused(client: httpx.Client) -> None:
    huge = {"username": "a" * 1_000_000, "password": "long enough", "role": "viewer"}
    problem(client.post("/users", json=huge), 413, "too_large")
    large = huge | {"username": "a" * 900_000}
    assert problem(client.post("/users", json=large), 422, "invalid_input")


def test_body_that_does_not_tell_its_length_is_counted(client: httpx.Client) -> None:
    pieces = (b"x" * 100_000 for _ in range(20))
    problem(client.post("/users", content=pieces), 413, "too_large")


@pytest.mark.parametrize("name", ["a\0b", "zero"])
def test_bytes_that_cannot_be_stored_are_refused(client: httpx.Client, name: str) -> None:
    body = {"display_name": name}
    assert client.patch("/me", json=body).status_code == (422 if "\0" in name else 200)


def test_lone_surrogate_is_refused(client: httpx.Client) -> None:
    headers = {"Content-Type": "application/json"}
    answer = client.patch("/me", content=b'{"display_name": "\\ud800"}', headers=headers)
    problem(answer, 422, "invalid_input")


def test_nothing_there_and_wrong_method(client: httpx.Client, api: Api) -> None:
    problem(client.get("/no-such-thing"), 404, "not_found")
    problem(client.get("/users/999999999999999999999999999"), 404, "not_found")
    refused = client.put("/users", json={})
    problem(refused, 405, "method_not_allowed")
    assert set(refused.headers["allow"].replace(" ", "").split(",")) & {"GET", "POST"}


@pytest.mark.finding(7)
def test_hung_query_costs_one_request_and_no_connection(client: httpx.Client, api: Api) -> None:
    problem(client.get("/test/hang"), 504, "timeout")
    assert client.get("/me").status_code == 200
    assert api.app.state.stores.database.pool_use().used == 0


@pytest.mark.finding(7)
def test_more_hung_queries_than_threads_are_answered_and_others_go_on(
    client: httpx.Client, api: Api
) -> None:
    codes: list[int] = []
    threads = [
        threading.Thread(target=lambda: codes.append(client.get("/test/hang").status_code))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    assert client.get("/health/live").status_code == 200
    assert client.get("/me").status_code == 200
    for thread in threads:
        thread.join()
    assert codes == [504] * 8


@pytest.mark.finding(3)
def test_failing_routes_leak_no_connection(client: httpx.Client, api: Api) -> None:
    limit = api.app.state.stores.database.pool_use().limit
    for _ in range(3 * limit):
        problem(client.get("/test/fail"), 500, "internal_error")
        problem(client.get("/test/fail-in-sql"), 422, "invalid_input")
        problem(client.post("/test/write-and-fail"), 500, "internal_error")
    assert api.app.state.stores.database.pool_use().used == 0
    assert client.get("/me").status_code == 200


def test_what_was_half_written_is_not_there(client: httpx.Client, db: Database) -> None:
    client.post("/test/write-and-fail")
    with db.reading() as session:
        assert session.value("SELECT count(*) FROM regions") == 0


def test_what_is_answered_as_made_is_committed(client: httpx.Client, settings: Settings) -> None:
    with psycopg.connect(settings.database_url.reveal(), autocommit=True) as other:
        for number in range(30):
            assert client.post(f"/test/write/{number}").status_code == 201
            count = other.execute("SELECT count(*) FROM regions").fetchone()
            assert count == (number + 1,)


def test_commit_that_fails_is_told_as_a_failure(client: httpx.Client) -> None:
    problem(client.post("/test/write-late-conflict"), 409, "conflict")


def test_route_that_only_reads_cannot_write(client: httpx.Client, db: Database) -> None:
    problem(client.get("/test/write-in-read"), 500, "internal_error")
    with db.reading() as session:
        assert session.value("SELECT count(*) FROM regions") == 0


@pytest.mark.finding(28)
def test_trace_and_message_of_a_fault_stay_in_the_log(client: httpx.Client) -> None:
    answer = client.get("/test/fail")
    problem(answer, 500, "internal_error")
    assert not {"KeyError", "hunter2", "Traceback"} & set(answer.text.replace("'", " ").split())
