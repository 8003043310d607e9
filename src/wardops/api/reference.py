"""The API's description: the OpenAPI document, and a page of it that needs no scripts."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse, JSONResponse

from wardops.api.dependencies import unlimited
from wardops.api.parameters import api_routes, permission_of
from wardops.api.problems import MEDIA_TYPE
from wardops.api.security import COOKIE

router = APIRouter(dependencies=[Depends(unlimited)], include_in_schema=False)

_SCHEMES = {
    "session": {"type": "apiKey", "in": "cookie", "name": COOKIE},
    "token": {"type": "http", "scheme": "bearer"},
}


@router.get("/api/v1/openapi.json")
async def get_openapi_document(request: Request) -> JSONResponse:
    """The OpenAPI document."""
    return JSONResponse(_made_once(request.app))


@router.get("/api/docs")
async def get_docs(request: Request) -> HTMLResponse:
    """The same for people, as a plain page: nothing is loaded from anywhere."""
    return HTMLResponse(as_page(_made_once(request.app)))


def _made_once(app: FastAPI) -> dict[str, Any]:
    """The document, made when it is first asked for: routes do not change any more."""
    if app.openapi_schema is None:
        app.openapi_schema = document(app)
    return app.openapi_schema


def document(app: FastAPI) -> dict[str, Any]:
    """The document of `app`, with each route's permission and how problems are sent."""
    made = get_openapi(
        title=app.title,
        version=app.version,
        description="Times are RFC 3339 in UTC. Errors are RFC 9457 problem documents.",
        routes=app.routes,
    )
    made.setdefault("components", {})["securitySchemes"] = _SCHEMES
    permissions = {
        (route.path, method.lower()): permission_of(route.dependant)
        for route in api_routes(app)
        for method in route.methods or ()
    }
    for path, methods in made["paths"].items():
        for method, operation in methods.items():
            _complete(operation, permissions.get((path, method)))
    return made


def as_text(app: FastAPI) -> str:
    """The document as it is kept: the same bytes for the same routes."""
    return json.dumps(document(app), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _complete(operation: dict[str, Any], permission: str | None) -> None:
    if permission is not None:
        operation["x-permission"] = permission
        operation["security"] = [{"session": []}, {"token": []}]
    for response in operation["responses"].values():
        content = response.get("content", {})
        body = content.get("application/json")
        if body and body.get("schema", {}).get("$ref", "").endswith("/Problem"):
            response["content"] = {MEDIA_TYPE: body}


def as_page(made: dict[str, Any]) -> str:
    """The document as a page: each route with what it takes, and which permission it needs."""
    rows = [
        _row(method, path, operation)
        for path, methods in made["paths"].items()
        for method, operation in methods.items()
    ]
    title = f"{escape(made['info']['title'])} {escape(made['info']['version'])}: API"
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        f"<h1>{title}</h1><p>{escape(made['info']['description'])} "
        '<a href="/api/v1/openapi.json">OpenAPI document</a></p>'
        "<table border=1 cellpadding=6><tr><th>Route<th>What<th>Query<th>Permission</tr>"
        f"{''.join(rows)}</table></html>"
    )


def _row(method: str, path: str, operation: dict[str, Any]) -> str:
    query = [p["name"] for p in operation.get("parameters", []) if p["in"] == "query"]
    cells = (
        f"{method.upper()} {path}",
        operation.get("description") or operation.get("summary", ""),
        ", ".join(query),
        operation.get("x-permission", "public"),
    )
    return "<tr>" + "".join(f"<td>{escape(cell)}" for cell in cells) + "</tr>"
