"""The real app on a real socket, and clients that are signed in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest
from redis import Redis
from running_api import WEB, Api, ClientFor, add_user, serving, session_token

from wardops.core.database import Database
from wardops.core.settings import Settings


@pytest.fixture
def api_settings(settings: Settings, redis: Redis) -> Settings:
    """Settings of the server under test; a test asks often, so its limit is high."""
    return settings.model_copy(update={"rate_per_minute": 1_000_000})


@pytest.fixture
def api(api_settings: Settings) -> Iterator[Api]:
    """The server under test."""
    with serving(api_settings) as running:
        yield running


@pytest.fixture
def client_for(api: Api, db: Database) -> Iterator[ClientFor]:
    """`client_for("manager")`: a client with the session of a user of that role, as a browser."""
    with ExitStack() as opened:

        def make(role: str) -> httpx.Client:
            token = session_token(db, add_user(db, role))
            client = api.client(cookies={"ward_session": token}, headers=WEB)
            return opened.enter_context(client)

        yield make


@pytest.fixture
def anonymous(api: Api) -> Iterator[httpx.Client]:
    """A client that nobody is signed in with."""
    with api.client() as client:
        yield client
