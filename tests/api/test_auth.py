"""Signing in, sessions, cookies and the first administrator."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import httpx
import pytest
from running_api import WEB, Api, ClientFor, add_user, serving, session_token

from wardops import access
from wardops.core import clock
from wardops.core.database import Database
from wardops.core.secrets import Secret
from wardops.core.settings import Settings

PASSWORD = "correct horse battery"


@pytest.fixture
def ana(db: Database) -> int:
    with db.transaction() as session:
        return access.create_user(
            session,
            username="ana",
            display_name="Ana",
            role=access.Role.OPERATOR,
            password=Secret(PASSWORD),
        ).id


def sign_in(client: httpx.Client, password: str = PASSWORD, name: str = "ana") -> httpx.Response:
    return client.post("/auth/login", json={"username": name, "password": password})


@contextmanager
def later(**delta: float) -> Iterator[None]:
    moment = clock.now() + timedelta(**delta)
    with clock.clock_showing(lambda: moment):
        yield


def test_sign_in_gives_a_cookie_that_scripts_and_other_sites_cannot_use(
    anonymous: httpx.Client, ana: int
) -> None:
    answer = sign_in(anonymous, name=" ANA ")
    cookie = answer.headers["set-cookie"]
    assert answer.json()["username"] == "ana"
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Secure" not in cookie
    assert anonymous.get("/me").status_code == 200
    assert anonymous.get("/auth/state").json()["authenticated"] is True


def test_cookie_is_secure_when_users_come_by_https(api_settings: Settings, ana: int) -> None:
    https = api_settings.model_copy(update={"public_url": "https://ward.example"})
    with serving(https) as api, api.client() as client:
        answer = sign_in(client)
    assert "Secure" in answer.headers["set-cookie"]
    assert "Strict-Transport-Security" in answer.headers


@pytest.mark.parametrize("name", ["ana", "nobody"])
def test_wrong_password_and_unknown_user_are_told_alike(
    anonymous: httpx.Client, ana: int, name: str
) -> None:
    answer = sign_in(anonymous, "wrong password", name)
    assert answer.status_code == 401
    assert answer.json()["code"] == "invalid_credentials"
    assert answer.json()["detail"] == "User name and password do not belong together."


def test_disabled_user_cannot_sign_in_and_is_signed_out(
    anonymous: httpx.Client, client_for: ClientFor, ana: int
) -> None:
    sign_in(anonymous)
    client_for("admin").patch(f"/users/{ana}", json={"disabled": True})
    assert anonymous.get("/me").status_code == 401
    assert sign_in(anonymous).status_code == 401


@pytest.mark.finding(25)
def test_failed_sign_ins_are_limited_and_good_ones_do_not_count(
    anonymous: httpx.Client, ana: int, api_settings: Settings
) -> None:
    for _ in range(3):
        assert sign_in(anonymous).status_code == 200
    for _ in range(api_settings.login_attempts):
        assert sign_in(anonymous, "wrong password").status_code == 401
    refused = sign_in(anonymous)
    assert refused.status_code == 429
    assert refused.json()["code"] == "rate_limited"
    assert 0 < int(refused.headers["retry-after"]) <= 300


def test_change_with_a_cookie_needs_the_header_that_foreign_pages_cannot_send(
    client_for: ClientFor,
) -> None:
    client = client_for("manager")
    del client.headers["X-Ward-Client"]
    refused = client.patch("/me", json={"theme": "dark"})
    assert refused.status_code == 403
    assert "X-Ward-Client" in refused.json()["detail"]
    assert client.get("/me").json()["theme"] == "system"


def test_token_needs_no_such_header(api: Api, client_for: ClientFor) -> None:
    made = client_for("admin").post("/tokens", json={"name": "ci", "role": "admin"})
    bearer = {"Authorization": f"Bearer {made.json()['token']}"}
    with api.client(headers=bearer) as program:
        assert program.post("/tokens", json={"name": "x", "role": "viewer"}).status_code == 201


def test_sign_out_ends_the_session_on_the_server(client_for: ClientFor, api: Api) -> None:
    client = client_for("viewer")
    stolen = dict(client.cookies)
    answer = client.post("/auth/logout")
    assert answer.status_code == 204
    assert "Max-Age=0" in answer.headers["set-cookie"]
    with api.client(cookies=stolen) as thief:
        assert thief.get("/me").status_code == 401


def test_refresh_gives_another_token_and_the_old_one_ends(client_for: ClientFor, api: Api) -> None:
    client = client_for("viewer")
    before = dict(client.cookies)
    assert client.post("/auth/refresh").status_code == 200
    assert client.get("/me").status_code == 200
    with api.client(cookies=before) as old:
        assert old.get("/me").status_code == 401


def test_signing_in_again_ends_the_session_that_came_along(
    anonymous: httpx.Client, ana: int, api: Api
) -> None:
    sign_in(anonymous)
    before = dict(anonymous.cookies)
    sign_in(anonymous)
    with api.client(cookies=before) as old:
        assert old.get("/me").status_code == 401


def test_new_password_ends_all_other_sessions(
    anonymous: httpx.Client, ana: int, api: Api, db: Database
) -> None:
    sign_in(anonymous)
    elsewhere = {"ward_session": session_token(db, ana)}
    change = {"current_password": PASSWORD, "new_password": "another long password"}
    assert anonymous.post("/me/password", json=change, headers=WEB).status_code == 204
    assert anonymous.get("/me").status_code == 200
    with api.client(cookies=elsewhere) as other:
        assert other.get("/me").status_code == 401
    assert sign_in(anonymous, "another long password").status_code == 200


def test_wrong_current_password_changes_nothing(anonymous: httpx.Client, ana: int) -> None:
    sign_in(anonymous)
    change = {"current_password": "guess", "new_password": "another long password"}
    refused = anonymous.post("/me/password", json=change, headers=WEB)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "current_password"


def test_session_lives_on_while_it_is_used_and_ends_when_it_is_not(
    client_for: ClientFor, api_settings: Settings
) -> None:
    client = client_for("viewer")
    with later(minutes=50):
        answer = client.get("/me")
    assert "set-cookie" in answer.headers
    with later(hours=api_settings.session_hours):
        assert client.get("/me").status_code == 200
    with later(hours=3 * api_settings.session_hours):
        assert client.get("/me").status_code == 401


def test_api_token_ends_at_its_time(client_for: ClientFor, api: Api) -> None:
    ends = (clock.now() + timedelta(hours=1)).isoformat()
    made = client_for("admin").post(
        "/tokens", json={"name": "ci", "role": "viewer", "expires_at": ends}
    )
    bearer = {"Authorization": f"Bearer {made.json()['token']}"}
    with api.client(headers=bearer) as program:
        assert program.get("/tokens").status_code == 403
        with later(hours=2):
            assert program.get("/tokens").status_code == 401


def test_deleted_token_is_refused_at_once(client_for: ClientFor, api: Api) -> None:
    admin = client_for("admin")
    made = admin.post("/tokens", json={"name": "ci", "role": "admin"}).json()
    with api.client(headers={"Authorization": f"Bearer {made['token']}"}) as program:
        assert program.get("/users").status_code == 200
        admin.delete(f"/tokens/{made['id']}")
        assert program.get("/users").status_code == 401


def test_set_up_token_works_once(anonymous: httpx.Client, db: Database) -> None:
    with db.transaction() as session:
        token = access.issue_setup_token(session).reveal()
    assert anonymous.get("/auth/state").json()["setup_required"] is True
    body = {"token": token, "username": "root", "password": PASSWORD}
    made = anonymous.post("/auth/setup", json=body)
    assert made.json()["role"] == "admin"
    assert anonymous.get("/users").json()["total"] == 1
    assert anonymous.get("/auth/state").json()["setup_required"] is False
    assert anonymous.post("/auth/setup", json=body | {"username": "two"}).status_code == 409


def test_set_up_with_a_guessed_token_is_refused(anonymous: httpx.Client, db: Database) -> None:
    body = {"token": "setup_guess", "username": "root", "password": PASSWORD}
    assert anonymous.post("/auth/setup", json=body).status_code == 403


def test_weak_password_leaves_the_set_up_token_good(anonymous: httpx.Client, db: Database) -> None:
    with db.transaction() as session:
        token = access.issue_setup_token(session).reveal()
    body = {"token": token, "username": "root", "password": "short"}
    weak = anonymous.post("/auth/setup", json=body)
    assert weak.json()["errors"][0]["message"] == "has 5 characters, 10 are needed"
    assert anonymous.post("/auth/setup", json=body | {"password": PASSWORD}).status_code == 200


def test_last_administrator_stays(client_for: ClientFor, db: Database) -> None:
    admin = client_for("admin")
    me = admin.get("/me").json()["id"]
    assert admin.delete(f"/users/{me}").status_code == 409
    assert admin.patch(f"/users/{me}", json={"role": "viewer"}).status_code == 409
    add_user(db, "admin", username="second")
    assert admin.patch(f"/users/{me}", json={"role": "viewer"}).status_code == 200


def test_users_are_made_changed_and_removed_by_an_administrator(client_for: ClientFor) -> None:
    admin = client_for("admin")
    new = {"username": "Nino", "password": PASSWORD, "role": "viewer"}
    made = admin.post("/users", json=new)
    assert made.status_code == 201
    assert "password" not in made.text
    assert admin.post("/users", json=new).status_code == 409
    user = f"/users/{made.json()['id']}"
    assert admin.patch(user, json={"role": "manager"}).json()["role"] == "manager"
    assert admin.get("/users", params={"q": "nin"}).json()["total"] == 1
    assert admin.delete(user).status_code == 204
    assert admin.get(user).status_code == 404


def test_settings_of_oneself_are_kept(client_for: ClientFor) -> None:
    client = client_for("viewer")
    wanted = {"language": "ka", "theme": "dark", "time_zone": "UTC"}
    assert client.patch("/me", json=wanted).status_code == 200
    assert client.get("/me").json().items() >= wanted.items()
    assert client.patch("/me", json={"time_zone": "Mars/Base"}).status_code == 422
    assert client.patch("/me", json={"role": "admin"}).status_code == 422
