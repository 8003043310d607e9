"""Every refusal and failure as an RFC 9457 problem document, and never more than it should say.

What a client sent is not repeated, and what only the log may know stays there.
"""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import psycopg
import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wardops.core.errors import (
    Conflict,
    FieldFault,
    InvalidInput,
    NotAuthenticated,
    TooMany,
    Unavailable,
    WardError,
)
from wardops.core.http import Problem, problem_of

log = structlog.get_logger()

MEDIA_TYPE = "application/problem+json"

_TITLES = {
    404: ("Not found", "not_found"),
    405: ("Method not allowed", "method_not_allowed"),
    413: ("Too large", "too_large"),
}


class TookTooLong(WardError):
    """The database did not finish within the time one statement may take."""

    code = "timeout"
    status = 504
    title = "Took too long"


class Failed(WardError):
    """A fault of ours; the log knows more."""

    code = "internal_error"
    status = 500
    title = "Something failed on our side"


Documents = dict[int | str, dict[str, Any]]


def documents(*statuses: int) -> Documents:
    """OpenAPI entries of the problems a route can answer."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        status: {"model": Problem, "description": HTTPStatus(status).phrase, "content": content}
        for status in statuses
    }


def answer(error: WardError) -> Response:
    """The HTTP response that tells `error`."""
    return _response(problem_of(error), _headers(error))


def add_handlers(app: FastAPI) -> None:
    """Make every expected error of `app` a problem document."""
    app.add_exception_handler(WardError, _ward_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_exception)
    app.add_exception_handler(psycopg.Error, _database_error)


class LastResort:
    """Turns an error nobody expected into a 500 problem; its trace goes to the log only."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; answer for what went wrong unless an answer has begun."""
        began = False

        async def noting_send(message: Message) -> None:
            nonlocal began
            began = began or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, noting_send)
        except Exception:  # the edge of the process: whatever it is, the client gets a problem
            if scope["type"] != "http" or began:
                raise
            log.exception("request failed", path=scope["path"])
            refusal = Failed("The request could not be finished.", hint="The log has the reason.")
            await answer(refusal)(scope, receive, send)


async def _ward_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, WardError)  # noqa: S101  registered for this type
    return answer(error)


async def _validation_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    faults = faults_of(error.errors())
    return answer(InvalidInput("The request is not valid.", faults=faults))


def faults_of(errors: Sequence[Any]) -> list[FieldFault]:
    """What a validation of pydantic found; the first part of a place says where the input was."""
    return [
        FieldFault(_field(item["loc"]), str(item["msg"]), _hint(item.get("ctx"))) for item in errors
    ]


async def _http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    title, code = _TITLES.get(error.status_code, ("Refused", "refused"))
    details = {
        404: f"There is nothing at {request.url.path}.",
        405: f"{request.method} is not possible on {request.url.path}.",
        413: str(error.detail),
    }
    problem = Problem(
        type=f"urn:ward:problem:{code}",
        title=title,
        status=error.status_code,
        detail=details.get(error.status_code, title),
        code=code,
    )
    return _response(problem, dict(error.headers or {}))


async def _database_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, psycopg.Error)  # noqa: S101
    told = told_by_database(error)
    log.warning(
        "database error",
        path=request.url.path,
        error=type(error).__name__,
        state=error.sqlstate,
        constraint=error.diag.constraint_name,
        answered=told.status,
    )
    return answer(told)


def told_by_database(error: psycopg.Error) -> WardError:
    """What a client is told of a database error that no slice turned into its own words."""
    for kind, told in _TOLD:
        if isinstance(error, kind):
            return told
    return Failed("The request could not be finished.", hint="The log has the reason.")


# The first that fits is told, so the particular stands before the general.
_TOLD: tuple[tuple[type[psycopg.Error], WardError], ...] = (
    (
        psycopg.errors.QueryCanceled,
        TookTooLong("The database took too long.", hint="Ask for less, or try again."),
    ),
    (
        psycopg.errors.LockNotAvailable,
        Unavailable("Somebody else is changing the same rows.", hint="Try again."),
    ),
    (
        psycopg.OperationalError,
        Unavailable("The database is away.", hint="See /api/v1/health."),
    ),
    (psycopg.errors.UniqueViolation, Conflict("There is one with these values already.")),
    (
        psycopg.errors.ForeignKeyViolation,
        Conflict("It is in use, or names something that is not there."),
    ),
    (
        psycopg.errors.CheckViolation,
        InvalidInput("A value is outside of what can be stored."),
    ),
    (psycopg.DataError, InvalidInput("A value is outside of what can be stored.")),
)


def _headers(error: WardError) -> dict[str, str]:
    if isinstance(error, TooMany):
        return {"Retry-After": str(error.retry_after)}
    if isinstance(error, NotAuthenticated):
        return {"WWW-Authenticate": "Bearer"}
    if isinstance(error, Unavailable):
        return {"Retry-After": "5"}
    return {}


def _response(problem: Problem, headers: dict[str, str]) -> Response:
    return Response(
        problem.model_dump_json(), problem.status, headers=headers, media_type=MEDIA_TYPE
    )


def _field(location: Sequence[int | str]) -> str:
    """`('body', 'parent', 'id')` as `parent.id`; a fault of the whole body is `body`."""
    inner = [str(part) for part in location[1:]]
    return ".".join(inner) or str(location[0] if location else "request")


def _hint(context: object) -> str:
    """The bounds or allowed values of a validation fault, when it names them."""
    if not isinstance(context, dict):
        return ""
    known = ("expected", "ge", "gt", "le", "lt", "min_length", "max_length", "pattern")
    return ", ".join(f"{name} {context[name]}" for name in known if name in context)
