"""Runs the real app on a real socket; users and sessions without the cost of passwords."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import uvicorn
from fastapi import FastAPI

from wardops import access
from wardops.access import Client
from wardops.api.app import create_app
from wardops.api.serve import server_config
from wardops.core import clock
from wardops.core.database import Database
from wardops.core.log import configure_logging
from wardops.core.settings import Settings

ClientFor = Callable[..., httpx.Client]

WEB = {"X-Ward-Client": "web"}


@dataclass(frozen=True, slots=True)
class Api:
    """A running server."""

    app: FastAPI
    url: str

    def client(self, **options: object) -> httpx.Client:
        """A client that nobody is signed in with."""
        return httpx.Client(base_url=f"{self.url}/api/v1", timeout=30, **options)  # type: ignore[arg-type]


@contextmanager
def serving(settings: Settings, *, web: tuple[Path, ...] = ()) -> Iterator[Api]:
    """The app of `settings` on a free port of loopback."""
    configure_logging(settings.model_copy(update={"log_format": "json"}), process="api")
    app = create_app(settings, web=web)
    config = server_config(app, settings)
    config.port, config.timeout_graceful_shutdown = 0, 1
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started:
        assert thread.is_alive(), "the server ended"
        assert time.monotonic() < deadline, "the server did not start"
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield Api(app, f"http://127.0.0.1:{port}")
    finally:
        server.should_exit = True
        thread.join(20)


def add_user(db: Database, role: str, *, username: str = "") -> int:
    """A user of `role`, as whom nobody can sign in with a password."""
    with db.transaction() as session:
        return int(
            session.value(
                "INSERT INTO users (username, role, password_hash) VALUES (%s, %s, 'none')"
                " ON CONFLICT (username) DO UPDATE SET role = excluded.role RETURNING id",
                (username or f"{role}-user", role),
            )
        )


def session_token(db: Database, user_id: int, *, hours: int = 1) -> str:
    """A session of `user_id`, as a browser would hold it."""
    with db.transaction() as session:
        return access.open_session(
            session, user_id, Client("127.0.0.1"), at=clock.now(), hours=hours
        ).reveal()
