"""What a route asks for: a session on the database, who is calling, and whether they may.

    @router.get("/{id}", dependencies=[require(Permission.READ)])
    def get_region(id: int, session: Reader) -> RegionOut: ...

`Reader` and `Writer` end before the response is sent (FastAPI's "function" scope): when a client
reads 201, the row is committed, and a commit that fails is told as an error.

A route that uses the database takes a turn first. There are as many turns as threads, and fewer
than connections, so a request that holds a connection always finds a thread to go on with.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Annotated, Any

import anyio.to_thread
from fastapi import Depends, FastAPI, Request, Response
from fastapi.params import Depends as Dependency
from redis import Redis

from wardops import access
from wardops.access import Client, Limiter, Permission, Principal
from wardops.api import security
from wardops.core import clock, stream
from wardops.core.database import Database, ReadSession, WriteSession
from wardops.core.errors import Forbidden, NotAuthenticated
from wardops.core.redis import open_redis
from wardops.core.settings import Settings
from wardops.reporting import Overview

# Threads beside those of the turns: the event stream's reads and the files of the web app.
_SPARE_THREADS = 4
# Redis only speeds things up here: a request waits this many seconds for it, not longer.
_REDIS_PATIENCE_S = 1


@dataclass(frozen=True, slots=True)
class Stores:
    """What one API process keeps open for its whole life."""

    settings: Settings
    database: Database
    redis: Redis
    limiter: Limiter = field(repr=False)
    turns: asyncio.Semaphore = field(repr=False)
    overview: Overview = field(repr=False, default_factory=Overview)


@asynccontextmanager
async def open_stores(settings: Settings) -> AsyncIterator[Stores]:
    """Open the pools for the life of the process; neither store needs to be there yet."""
    anyio.to_thread.current_default_thread_limiter().total_tokens = (
        settings.api_threads + _SPARE_THREADS
    )
    database = Database.open(settings, name="api", size=settings.api_threads + 2)
    patience = {"connect_timeout_s": _REDIS_PATIENCE_S}
    redis = open_redis(
        settings.model_copy(update=patience), name="api", connections=settings.api_threads + 8
    )
    try:
        turns = asyncio.Semaphore(settings.api_threads)
        yield Stores(settings, database, redis, Limiter(redis), turns)
    finally:
        redis.close()
        await anyio.to_thread.run_sync(database.close)


def stores_of(app: FastAPI) -> Stores:
    """The stores of a running app."""
    stores = app.state.stores
    assert isinstance(stores, Stores)  # noqa: S101  set by the app's lifespan
    return stores


async def _stores(request: Request) -> Stores:
    return stores_of(request.app)


StoresOf = Annotated[Stores, Depends(_stores)]


async def _read(request: Request) -> AsyncIterator[ReadSession]:
    stores = stores_of(request.app)
    # Nothing else here waits: the session borrows its connection in the thread that uses it first.
    async with stores.turns:
        with stores.database.reading() as session:
            yield session


async def _turn(request: Request) -> AsyncIterator[Stores]:
    stores = stores_of(request.app)
    async with stores.turns:
        yield stores


Turn = Annotated[Stores, Depends(_turn, scope="function")]


def _write(stores: Turn) -> Iterator[WriteSession]:
    with stores.database.transaction() as session:
        yield session
    stream.wake(stores.redis)


Reader = Annotated[ReadSession, Depends(_read, scope="function")]
Writer = Annotated[WriteSession, Depends(_write, scope="function")]


def client_of(request: Request) -> Client:
    """Where a request comes from."""
    address = request.client.host if request.client else ""
    return Client(address, request.headers.get("user-agent", ""))


def _caller(request: Request, response: Response) -> Principal | None:
    """Who is calling, None for nobody; counted against that caller's limit, or the address's."""
    stores = stores_of(request.app)
    credentials = security.credentials_of(request)
    caller = signed_in(credentials, stores) if credentials else None
    if credentials is None or caller is None:
        _count(stores, f"address:{client_of(request).address}")
        return None
    _count(stores, f"{caller.principal.kind}:{caller.principal.id}")
    if credentials.from_cookie:
        security.refuse_foreign_page(request)
    if caller.due:
        _note_use(credentials, caller, stores)
        if credentials.from_cookie:
            security.set_session_cookie(response, credentials.token, stores.settings)
    request.state.principal = caller.principal
    return caller.principal


def signed_in(credentials: security.Credentials, stores: Stores) -> access.Caller | None:
    """The caller behind these credentials, None when they are not good."""
    find = access.session_caller if credentials.from_cookie else access.token_caller
    with stores.database.reading() as session:
        return find(session, credentials.token, at=clock.now())


def _note_use(credentials: security.Credentials, caller: access.Caller, stores: Stores) -> None:
    """Write down that a session or token is in use, which lengthens a session."""
    hours = stores.settings.session_hours
    with stores.database.transaction() as session:
        access.note_use(session, caller, credentials.token, at=clock.now(), hours=hours)


def _count(stores: Stores, who: str) -> None:
    stores.limiter.take(
        who,
        limit=stores.settings.rate_per_minute,
        window_s=60,
        told="Too many requests in this minute.",
    )


MaybeCaller = Annotated[Principal | None, Depends(_caller)]


def public(request: Request, stores: StoresOf) -> None:
    """What a route declares that anybody may call; counted against the address's limit."""
    _count(stores, f"address:{client_of(request).address}")


async def unlimited() -> None:
    """What a route declares that machines ask every few seconds, without a session."""


class Required:
    """The check that a caller is signed in and may do one thing."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission

    async def __call__(self, caller: MaybeCaller) -> Principal:
        """The caller, or NotAuthenticated, or Forbidden."""
        if caller is None:
            raise NotAuthenticated("There is no valid session or token with this request.")
        if not caller.may(self.permission):
            raise Forbidden(
                f"The role {caller.role} does not have the permission {self.permission}.",
                hint="Ask an administrator.",
            )
        return caller


def require(permission: Permission) -> Dependency:
    """What each route declares: `dependencies=[require(...)]`, or `Annotated[Principal, ...]`."""
    dependency: Any = Depends(Required(permission))
    assert isinstance(dependency, Dependency)  # noqa: S101
    return dependency
