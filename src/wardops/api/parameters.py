"""What the routes of an app declare: paths, query parameters, permissions.

Unknown query parameters are refused for every route: a misspelt filter is not "all rows".
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from pydantic import BaseModel

from wardops.access import Permission
from wardops.api.dependencies import Required
from wardops.core.errors import FieldFault, InvalidInput


def api_routes(app: FastAPI) -> list[RouteContext]:
    """Every API route of `app`, with its whole path and all its dependencies."""
    contexts = iter_route_contexts(app.routes)
    return [each for each in contexts if isinstance(each.original_route, APIRoute)]


def remember_routes(app: FastAPI) -> None:
    """Note each route's path template and query parameters, once all routers are in."""
    routes = api_routes(app)
    app.state.parameters = {r.endpoint: sorted(query_names(r.dependant)) for r in routes}
    app.state.templates = {r.endpoint: r.path for r in routes}


async def known_only(request: Request) -> None:
    """Refuse a request with a query parameter its route does not have."""
    allowed: list[str] = request.app.state.parameters.get(request.scope.get("endpoint"), [])
    unknown = [name for name in request.query_params if name not in allowed]
    if unknown:
        hint = f"Known here: {', '.join(allowed)}." if allowed else "This route takes none."
        raise InvalidInput(
            "A query parameter is not known.",
            faults=[FieldFault(name[:100], "is not a parameter", hint) for name in unknown[:10]],
        )


def query_names(dependant: Dependant) -> set[str]:
    """Names of the query parameters of a route and of everything it depends on."""
    names: set[str] = set()
    for parameter in dependant.query_params:
        names |= _names(parameter.field_info.annotation, parameter.alias)
    for inner in dependant.dependencies:
        names |= query_names(inner)
    return names


def permission_of(dependant: Dependant) -> Permission | None:
    """The permission a route requires, None when it is public."""
    if isinstance(dependant.call, Required):
        return dependant.call.permission
    found = (permission_of(inner) for inner in dependant.dependencies)
    return next((permission for permission in found if permission), None)


def _names(annotation: Any, alias: str) -> set[str]:
    """A model as query parameter stands for its fields."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {field.alias or name for name, field in annotation.model_fields.items()}
    return {alias}
