"""What is noted of every request: one log line, one observation, and an id to find it by."""

from __future__ import annotations

import re
import time
import uuid

import structlog
from fastapi import FastAPI
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wardops.api.metrics import Metrics

log = structlog.get_logger()

HEADER = "X-Request-Id"
_SANE_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
# Asked for every few seconds by machines; told only when they go wrong.
_QUIET = ("/api/v1/health", "/metrics", "/assets/")


class RequestLog:
    """Times each request up to the first byte of its answer; a stream may go on for hours."""

    def __init__(self, app: ASGIApp, *, api: FastAPI, metrics: Metrics) -> None:
        self._app = app
        self._api = api
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; note the outcome when it is over."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(HEADER, "")
        request_id = given if _SANE_ID.fullmatch(given) else uuid.uuid4().hex
        scope.setdefault("state", {})
        began, status, seconds = time.perf_counter(), 0, 0.0

        async def noting_send(message: Message) -> None:
            nonlocal status, seconds
            if message["type"] == "http.response.start":
                status, seconds = message["status"], time.perf_counter() - began
                MutableHeaders(scope=message)[HEADER] = request_id
            await send(message)

        with structlog.contextvars.bound_contextvars(request=request_id):
            try:
                await self._app(scope, receive, noting_send)
            finally:
                self._note(scope, status, seconds or time.perf_counter() - began)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = self._template(scope)
        self._metrics.observe(scope["method"], route, status, seconds)
        quiet = status < 500 and scope["path"].startswith(_QUIET)
        tell = log.debug if quiet else log.info
        caller = scope["state"].get("principal")
        tell(
            "request",
            method=scope["method"],
            route=route,
            status=status,
            ms=round(seconds * 1000, 1),
            caller=f"{caller.kind}:{caller.id}" if caller else None,
        )

    def _template(self, scope: Scope) -> str:
        """The route's path with its parameters unfilled: few values, and no data of anybody."""
        if "endpoint" in scope:
            return str(self._api.state.templates.get(scope["endpoint"], "other"))
        return "web" if not scope["path"].startswith("/api/") else "unknown"
