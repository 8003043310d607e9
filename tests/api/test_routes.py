"""Every route of the app: who may call it, that it declares so, and how lists answer."""

from __future__ import annotations

import re
from itertools import pairwise

import httpx
import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import RouteContext
from running_api import ClientFor

from wardops.access import PERMISSIONS, Permission, Role
from wardops.api.app import create_app
from wardops.api.dependencies import public, unlimited
from wardops.api.parameters import api_routes, permission_of
from wardops.core.settings import Settings

PUBLIC = {
    "GET /api/v1/auth/state",
    "POST /api/v1/auth/setup",
    "POST /api/v1/auth/login",
    "GET /api/v1/health",
    "GET /api/v1/health/live",
    "GET /api/v1/health/ready",
    "GET /api/v1/openapi.json",
    "GET /api/docs",
    "GET /metrics",
}
# Ends the session that the walk goes on with; its permission is tested with the others of /auth.
ENDS_SESSION = {"POST /api/v1/auth/logout", "POST /api/v1/auth/refresh"}
STREAM = "GET /api/v1/events"


@pytest.fixture(scope="module")
def app() -> FastAPI:
    return create_app(Settings())


def named(routes: list[RouteContext]) -> dict[str, RouteContext]:
    return {f"{method} {r.path}": r for r in routes for method in sorted(r.methods or ())}


def calls(dependant: Dependant) -> set[object]:
    inner = (calls(each) for each in dependant.dependencies)
    return {dependant.call}.union(*inner)


def send(client: httpx.Client, name: str) -> httpx.Response:
    """Call a route with ids that do not exist and no body: enough to learn who is let in."""
    method, path = name.split(" ")
    path = re.sub(r"\{[^}]*\}", "999999", path)
    with client.stream(method, str(client.base_url.copy_with(path=path))) as answer:
        if answer.headers.get("content-type", "").startswith("text/event-stream"):
            return answer
        answer.read()
        return answer


def test_every_route_declares_a_permission_or_that_it_is_public(app: FastAPI) -> None:
    routes = named(api_routes(app))
    undeclared = {n for n, r in routes.items() if permission_of(r.dependant) is None} - PUBLIC
    marked = {n for n, r in routes.items() if calls(r.dependant) & {public, unlimited}}
    assert undeclared == set()
    assert marked == PUBLIC


def test_operation_ids_are_unique_and_short(app: FastAPI) -> None:
    ids = [r.unique_id for r in api_routes(app)]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z][A-Za-z0-9]{2,40}", each) for each in ids)


def test_nobody_gets_in_without_a_session(app: FastAPI, anonymous: httpx.Client) -> None:
    answers = {n: send(anonymous, n).status_code for n in named(api_routes(app)) if n not in PUBLIC}
    assert {n: code for n, code in answers.items() if code != 401} == {}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_is_let_in_exactly_where_the_table_says(
    app: FastAPI, client_for: ClientFor, role: Role
) -> None:
    client = client_for(role)
    wrong = {}
    for name, route in named(api_routes(app)).items():
        permission = permission_of(route.dependant)
        if permission is None or name in ENDS_SESSION:
            continue
        status = send(client, name).status_code
        if (status == 403) is (permission in PERMISSIONS[role]) or status in (401, 500):
            wrong[name] = (permission, status)
    assert wrong == {}


def test_roles_include_one_another_and_nothing_is_given_to_nobody() -> None:
    order = [PERMISSIONS[role] for role in Role]
    assert all(lower < higher for lower, higher in pairwise(order))
    assert order[-1] == set(Permission)


@pytest.mark.finding(20)
def test_every_list_tells_its_total_and_whether_more_follows(
    app: FastAPI, client_for: ClientFor
) -> None:
    client = client_for("admin")
    lists = [
        name.removeprefix("GET ")
        for name, route in named(api_routes(app)).items()
        if name.startswith("GET ") and "skip" in {p.name for p in query(route.dependant)}
    ]
    assert lists
    for path in lists:
        answer = send_list(client, re.sub(r"\{[^}]*\}", "999999", path))
        if answer.status_code == 404:
            continue
        assert answer.status_code == 200, (path, answer.text)
        body = answer.json()
        assert body.keys() == {"items", "total", "skip", "limit", "has_more"}, path
        assert (body["skip"], body["limit"]) == (0, 1), path
        assert body["has_more"] is (len(body["items"]) < body["total"]), path


def query(dependant: Dependant) -> list[object]:
    inner = [parameter for each in dependant.dependencies for parameter in query(each)]
    return [*dependant.query_params, *inner]


def send_list(client: httpx.Client, path: str) -> httpx.Response:
    return client.get(str(client.base_url.copy_with(path=path)), params={"limit": 1})
