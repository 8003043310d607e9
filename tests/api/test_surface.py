"""What stands around the routes: headers, the web app's files, metrics, the request log."""

from __future__ import annotations

import io
import json
import logging
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from running_api import Api, ClientFor, add_user, serving, session_token

from wardops.core.database import Database
from wardops.core.secrets import MASK
from wardops.core.settings import Settings


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A built web app, as its bundler leaves it."""
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<title>WARD</title>")
    (folder / "icon.svg").write_text("<svg/>")
    (folder / "assets" / "app-1a2b.js").write_text("let a = 1;" * 500)
    (folder / "assets" / "app-1a2b.js.br").write_bytes(b"packed")
    (tmp_path / "secret.txt").write_text("outside")
    return folder


@pytest.fixture
def web(settings: Settings, built: Path) -> Iterator[httpx.Client]:
    with serving(settings, web=(built,)) as api, httpx.Client(base_url=api.url) as client:
        yield client


def test_pages_and_answers_carry_the_safety_headers(web: httpx.Client) -> None:
    for path in ("/", "/devices/7", "/api/v1/health/live", "/api/v1/me", "/api/v1/none"):
        headers = web.get(path).headers
        policy = headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "no-store" in headers["cache-control"]
        assert "server" not in headers


def test_every_path_of_the_app_is_its_page(web: httpx.Client) -> None:
    assert web.get("/").text == web.get("/branches/12?tab=links").text == "<title>WARD</title>"


def test_hashed_files_are_kept_for_ever_in_their_packed_form(web: httpx.Client) -> None:
    packed = web.get("/assets/app-1a2b.js", headers={"Accept-Encoding": "identity"})
    assert packed.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert packed.headers["content-type"].startswith("text/javascript")
    with web.stream("GET", "/assets/app-1a2b.js", headers={"Accept-Encoding": "br"}) as answer:
        assert answer.headers["content-encoding"] == "br"
        assert b"".join(answer.iter_raw()) == b"packed"


def test_a_new_build_is_served_without_a_new_start(web: httpx.Client, built: Path) -> None:
    assert web.get("/").text == "<title>WARD</title>"
    shutil.rmtree(built)
    assert web.get("/").status_code == 503
    (built / "assets").mkdir(parents=True)
    (built / "index.html").write_text("<title>New</title>")
    assert web.get("/devices").text == "<title>New</title>"
    assert web.get("/assets/app-1a2b.js").status_code == 404
    (built / "assets" / "app-3c4d.js").write_text("let b = 2;")  # some bundlers write it last
    assert web.get("/assets/app-3c4d.js").text == "let b = 2;"


def test_files_that_are_not_there_are_not_pages(web: httpx.Client) -> None:
    assert web.get("/assets/old-9z.js").status_code == 404
    assert web.get("/icon.svg").headers["cache-control"] == "no-cache"
    assert web.get("/api/nothing").status_code == 404


@pytest.mark.parametrize("path", ["/../secret.txt", "/..%2fsecret.txt", "/assets/../../secret.txt"])
def test_no_path_leads_out_of_the_folder(web: httpx.Client, path: str) -> None:
    request = httpx.Request("GET", str(web.base_url) + path)
    request.url = request.url.copy_with(raw_path=path.encode())
    assert "outside" not in web.send(request).text


def test_app_that_is_not_built_is_told(api: Api) -> None:
    answer = httpx.get(f"{api.url}/")
    assert answer.status_code == 503
    assert "not built" in answer.text


def test_large_answers_are_packed(anonymous: httpx.Client) -> None:
    answer = anonymous.get("/openapi.json")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.json()["info"]["title"] == "WARD OPS"


def test_docs_page_needs_nothing_from_elsewhere(api: Api) -> None:
    page = httpx.get(f"{api.url}/api/docs").text
    assert "/api/v1/auth/login" in page
    assert "<script" not in page
    assert "http://" not in page


@pytest.mark.finding(23)
def test_metrics_tell_requests_pool_queues_and_targets(
    api: Api, client_for: ClientFor, db: Database
) -> None:
    client = client_for("viewer")
    client.get("/me")
    client.get("/users/77")
    text = httpx.get(f"{api.url}/metrics").text
    assert 'ward_http_request_seconds_count{method="GET",route="/api/v1/me",status="200"}' in text
    assert 'route="/api/v1/users/{user_id}",status="403"' in text
    assert 'ward_database_pool_connections{state="used"}' in text
    assert 'ward_queue_depth{queue="probe.main"} 0.0' in text
    for name in ("ward_database_up 1.0", "ward_redis_up 1.0", "ward_probe_oldest_check_seconds"):
        assert name in text
    assert "process_resident_memory_bytes" in text


@pytest.mark.finding(23)
def test_paths_that_do_not_exist_make_no_new_series(api: Api, anonymous: httpx.Client) -> None:
    for number in range(20):
        anonymous.get(f"/none/{number}")
    text = httpx.get(f"{api.url}/metrics").text
    assert len(re.findall(r"request_seconds_count\{.*unknown", text)) == 1


@pytest.fixture
def written(api: Api) -> Iterator[io.StringIO]:
    """What the server writes to its log from now on."""
    (handler,) = (h for h in logging.getLogger().handlers if type(h) is logging.StreamHandler)
    buffer = io.StringIO()
    before = handler.setStream(buffer)
    yield buffer
    handler.setStream(before)


def test_each_request_is_one_line_with_an_id_that_the_client_gets(
    written: io.StringIO, client_for: ClientFor
) -> None:
    client = client_for("operator")
    answer = client.get("/me", headers={"X-Request-Id": "abcd-1234"})
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    told = [line for line in lines if line["event"] == "request"]
    assert answer.headers["x-request-id"] == "abcd-1234"
    assert len(told) == 1
    assert (
        told[0].items()
        >= {
            "method": "GET",
            "route": "/api/v1/me",
            "status": 200,
            "request": "abcd-1234",
            "caller": "session:1",
        }.items()
    )


def test_request_id_that_could_forge_a_line_is_replaced(anonymous: httpx.Client) -> None:
    answer = anonymous.get("/health/live", headers={"X-Request-Id": 'x" injected="1'})
    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["x-request-id"])


@pytest.mark.finding(28)
def test_no_secret_of_any_request_is_in_the_log_or_in_an_answer(
    written: io.StringIO, api: Api, db: Database
) -> None:
    session = session_token(db, add_user(db, "admin"))
    secrets = {session, "hunter2-password", "setup_hunter2", "ward_hunter2"}
    with api.client(cookies={"ward_session": session}, headers={"X-Ward-Client": "web"}) as client:
        answers = [
            client.post("/auth/login", json={"username": "x", "password": "hunter2-password"}),
            client.post("/auth/login", content=b'{"password": "hunter2-password'),
            client.post("/auth/login", params={"password": "hunter2-password"}),
            client.post(
                "/auth/setup",
                json={"token": "setup_hunter2", "username": "a", "password": "hunter2-password"},
            ),
            client.post(
                "/users",
                json={"username": "b", "password": "hunter2-password", "role": "viewer", "x": 1},
            ),
            client.get("/me", headers={"Authorization": "Bearer ward_hunter2"}),
            client.get("/me"),
        ]
    log = written.getvalue()
    said = "".join(answer.text for answer in answers)
    assert log.count('"event": "request"') == len(answers)
    assert not [secret for secret in secrets if secret in log + said]


@pytest.mark.finding(28)
def test_secret_in_a_message_of_a_driver_is_masked_in_the_log() -> None:
    from wardops.core.log import without_secrets

    text = "connection to postgresql://ward:hunter2@db/ward failed, password=hunter2"
    assert "hunter2" not in without_secrets(text)
    assert MASK in without_secrets(text)
