"""How large a request body may be, before anything parses it."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wardops.api import problems
from wardops.core.errors import WardError

MAX_BYTES = 1_000_000
_MANY = 32_000_000


class TooLarge(WardError):
    """The body is larger than its route takes."""

    code = "too_large"
    status = 413
    title = "Too large"


@dataclass(frozen=True, slots=True)
class _Limit:
    """What a route takes, and what to do with more."""

    most: int
    way_out: str

    def refusal(self) -> TooLarge:
        """What a client is told."""
        megabytes = f"{self.most / 1_000_000:g} MB"
        return TooLarge(
            f"The body is larger than the {megabytes} this route takes.", hint=self.way_out
        )


_USUAL = _Limit(MAX_BYTES, "Send less at once.")
# Routes that take many rows.
_LARGER = {
    "/api/v1/devices/import": _Limit(
        _MANY,
        "Split the file, or run `ward devices import FILE` on the server, which has no such limit.",
    ),
    "/api/v1/devices/bulk/create": _Limit(_MANY, "Send the devices in several requests."),
}


class BodyLimit:
    """Refuses a body by its announced length, and stops one that grows beyond it unannounced."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on with a `receive` that counts."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = _LARGER.get(scope["path"], _USUAL)
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdecimal() or int(announced) > limit.most:
            await problems.answer(limit.refusal())(scope, receive, send)
            return
        await self._app(scope, _counting(receive, limit), send)


def _counting(receive: Receive, limit: _Limit) -> Receive:
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit.most:
            told = limit.refusal()
            # The one exception type that the framework lets pass while it reads a body.
            raise HTTPException(413, f"{told.message} {told.hint}")
        return message

    return counted
