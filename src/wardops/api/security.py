"""The session cookie, the bearer token, the guard against foreign pages, the safety headers."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request, Response
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wardops.core.errors import Forbidden
from wardops.core.secrets import Secret
from wardops.core.settings import Settings

COOKIE = "ward_session"
CLIENT_HEADER = "X-Ward-Client"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True, slots=True)
class Credentials:
    """The secret that came with a request, and by which way."""

    token: Secret
    from_cookie: bool


def credentials_of(request: Request) -> Credentials | None:
    """The bearer token, else the session cookie, else None."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and value.strip():
        return Credentials(Secret(value.strip()), from_cookie=False)
    cookie = request.cookies.get(COOKIE)
    return Credentials(Secret(cookie), from_cookie=True) if cookie else None


def refuse_foreign_page(request: Request) -> None:
    """Refuse a change that a page of another origin could have made the browser send.

    Such a page cannot add a header of its own without our consent, so its presence is proof.
    """
    if request.method not in SAFE_METHODS and not request.headers.get(CLIENT_HEADER):
        raise Forbidden(
            f"The header {CLIENT_HEADER} is missing.",
            hint=f"Send `{CLIENT_HEADER}: web` with every change made with a session cookie.",
        )


def set_session_cookie(response: Response, token: Secret, settings: Settings) -> None:
    """Hand the session to the browser, out of reach of scripts and of other sites."""
    response.set_cookie(
        COOKIE,
        token.reveal(),
        max_age=settings.session_hours * 3600,
        path="/",
        httponly=True,
        secure=is_https(settings),
        samesite="strict",
    )


def clear_session_cookie(response: Response, settings: Settings) -> None:
    """Take the session back from the browser."""
    response.delete_cookie(
        COOKIE, path="/", httponly=True, secure=is_https(settings), samesite="strict"
    )


def is_https(settings: Settings) -> bool:
    """True when users reach us by TLS, so cookies must never travel without it."""
    return settings.env == "production" or settings.public_url.startswith("https://")


class SafetyHeaders:
    """Adds the headers that tell browsers what not to do; API answers are never cached."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self._app = app
        self._headers = dict(_HEADERS)
        if https:
            self._headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the headers put on the start of the response."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith("/api/"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, send_with_headers)
