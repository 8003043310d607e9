"""How large a request body may be, before anything parses it."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wardops.api import problems
from wardops.core.errors import WardError

MAX_BYTES = 1_000_000
# Routes that take whole files.
_LARGER = {"/api/v1/devices/import": 32_000_000}


class TooLarge(WardError):
    """The body is larger than its route takes."""

    code = "too_large"
    status = 413
    title = "Too large"


class BodyLimit:
    """Refuses a body by its announced length, and stops one that grows beyond it unannounced."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on with a `receive` that counts."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = _LARGER.get(scope["path"], MAX_BYTES)
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdecimal() or int(announced) > limit:
            refusal = TooLarge(f"The body is larger than the {limit} bytes this route takes.")
            await problems.answer(refusal)(scope, receive, send)
            return
        await self._app(scope, _counting(receive, limit), send)


def _counting(receive: Receive, limit: int) -> Receive:
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            # The one exception type that the framework lets pass while it reads a body.
            raise HTTPException(413)
        return message

    return counted
