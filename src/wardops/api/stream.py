"""The event stream: server-sent events for browsers, polling for those that cannot.

One reader per process looks at the stream table for all its listeners: woken by Redis, else
once a second. Each event carries the place to go on from, so a reconnect loses nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager, suppress
from typing import Annotated, Any

import anyio.to_thread
import orjson
import psycopg
import structlog
from fastapi import APIRouter, FastAPI, Header, Query, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel
from redis.asyncio import Redis as AsyncRedis
from redis.exceptions import RedisError

from wardops.access import Permission
from wardops.api.dependencies import Reader, Stores, require, stores_of
from wardops.core import stream
from wardops.core.errors import FieldFault, InvalidInput, WardError
from wardops.core.stream import Cursor, StreamEvent

log = structlog.get_logger()
router = APIRouter(prefix="/events", tags=["events"])

LOOK_EVERY_S = 1.0
COMMENT_EVERY_S = 15.0
# A listener this far behind is told to load everything again.
MOST_WAITING = 1000


class StreamEventOut(BaseModel):
    """One event."""

    id: str
    type: str
    data: dict[str, Any]


class PollOut(BaseModel):
    """Events after a cursor; `reset` says that some may be missing: load everything again."""

    events: list[StreamEventOut]
    cursor: str
    reset: bool


class Hub:
    """Reads the stream once for all listeners of this process."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores
        self._listeners: set[asyncio.Queue[StreamEvent | None]] = set()
        self._woken = asyncio.Event()
        self._cursor: Cursor | None = None
        self._begin: Cursor | None = None

    def listen(self) -> asyncio.Queue[StreamEvent | None]:
        """A queue that gets what is read from now on; None means that some were dropped."""
        queue: asyncio.Queue[StreamEvent | None] = asyncio.Queue(MOST_WAITING)
        self._listeners.add(queue)
        return queue

    def begin_at(self, cursor: Cursor) -> None:
        """Read from `cursor` on at the latest: a new listener has caught up to there.

        Others get some events again, and know them by their cursors.
        """
        self._begin = min(cursor, self._begin or cursor)
        self._woken.set()

    def leave(self, queue: asyncio.Queue[StreamEvent | None]) -> None:
        """Stop listening."""
        self._listeners.discard(queue)

    async def run(self) -> None:
        """Read and hand out until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._hear())
            while True:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), LOOK_EVERY_S)
                self._woken.clear()
                try:
                    await self._look()
                except (psycopg.Error, WardError) as error:
                    log.warning("stream_not_read", error=type(error).__name__)

    async def _look(self) -> None:
        if not self._listeners:
            self._cursor = self._begin = None
            return
        if self._begin is not None:
            self._cursor = min(self._begin, self._cursor or self._begin)
            self._begin = None
        if self._cursor is None:  # the first listener still catches up
            return
        for event in await anyio.to_thread.run_sync(self._read, self._cursor):
            self._cursor = event.cursor
            for queue in self._listeners:
                _offer(queue, event)

    def _read(self, cursor: Cursor) -> list[StreamEvent]:
        with self._stores.database.reading() as session:
            return stream.read_after(session, cursor)

    async def _hear(self) -> None:
        """Let Redis wake us; without Redis the hub looks once a second."""
        url = self._stores.settings.redis_url.reveal()
        while True:
            redis = AsyncRedis.from_url(url, client_name="ward-stream", health_check_interval=15)
            try:
                async with redis.pubsub(ignore_subscribe_messages=True) as heard:
                    await heard.subscribe(stream.CHANNEL)
                    async for _ in heard.listen():
                        self._woken.set()
            except RedisError as error:
                log.warning("stream_not_woken", error=type(error).__name__)
                await asyncio.sleep(LOOK_EVERY_S)
            finally:
                await redis.aclose()


def _offer(queue: asyncio.Queue[StreamEvent | None], event: StreamEvent) -> None:
    if queue.full():
        while not queue.empty():
            queue.get_nowait()
        queue.put_nowait(None)
        return
    queue.put_nowait(event)


@asynccontextmanager
async def listening(app: FastAPI) -> AsyncGenerator[None, None]:
    """Let the app's hub read the stream for as long as the block lasts."""
    app.state.hub = Hub(stores_of(app))
    reading = asyncio.create_task(app.state.hub.run(), name="stream-hub")
    try:
        yield
    finally:
        reading.cancel()
        with suppress(asyncio.CancelledError):
            await reading


def hub_of(app: FastAPI) -> Hub:
    """The hub of a running app."""
    hub = app.state.hub
    assert isinstance(hub, Hub)  # noqa: S101  set by the app's lifespan
    return hub


@router.get("", dependencies=[require(Permission.READ)], response_class=StreamingResponse)
async def stream_events(
    request: Request,
    last_event_id: Annotated[str, Header(max_length=50)] = "",
    after: Annotated[str, Query(max_length=50)] = "",
) -> StreamingResponse:
    """Server-sent events: `status`, `incident`, `inventory`, `hello`, `reset`."""
    cursor = _cursor(last_event_id or after)
    events = _events(request.app, cursor)
    return StreamingResponse(
        events,
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _events(app: FastAPI, cursor: Cursor | None) -> AsyncGenerator[bytes, None]:
    hub, stores = hub_of(app), stores_of(app)
    queue = hub.listen()
    try:
        start, missed, reset = await anyio.to_thread.run_sync(_catch_up, stores, cursor)
        yield _line("hello", {"cursor": str(start)}, start)
        if reset:
            yield _line("reset", {}, start)
        for event in missed:
            yield _line(event.kind, event.payload, event.cursor)
            start = event.cursor
        hub.begin_at(start)
        async with aclosing(_live(queue, start)) as live:
            async for line in live:
                yield line
    finally:
        hub.leave(queue)


def _catch_up(stores: Stores, cursor: Cursor | None) -> tuple[Cursor, list[StreamEvent], bool]:
    with stores.database.reading() as session:
        present = stream.present(session)
        if cursor is None:
            return present, [], False
        missed = stream.read_after(session, cursor, limit=MOST_WAITING)
        if stream.is_too_old(session, cursor) or len(missed) == MOST_WAITING:
            return present, [], True
        return cursor, missed, False


async def _live(
    queue: asyncio.Queue[StreamEvent | None], start: Cursor
) -> AsyncGenerator[bytes, None]:
    while True:
        try:
            event = await asyncio.wait_for(queue.get(), COMMENT_EVERY_S)
        except TimeoutError:
            yield b": alive\n\n"
            continue
        if event is None:
            yield b"event: reset\ndata: {}\n\n"
        elif event.cursor > start:
            start = event.cursor
            yield _line(event.kind, event.payload, event.cursor)


def _line(kind: str, payload: dict[str, Any], cursor: Cursor) -> bytes:
    return b"id: %s\nevent: %s\ndata: %s\n\n" % (
        str(cursor).encode(),
        kind.encode(),
        orjson.dumps(payload),
    )


@router.get("/poll", dependencies=[require(Permission.READ)])
def poll_events(session: Reader, after: Annotated[str, Query(max_length=50)] = "") -> PollOut:
    """Events after a cursor, for browsers whose stream does not get through."""
    cursor = _cursor(after)
    present = stream.present(session)
    if cursor is None:
        return PollOut(events=[], cursor=str(present), reset=False)
    if stream.is_too_old(session, cursor):
        return PollOut(events=[], cursor=str(present), reset=True)
    events = stream.read_after(session, cursor)
    return PollOut(
        events=[StreamEventOut(id=str(e.cursor), type=e.kind, data=e.payload) for e in events],
        cursor=str(events[-1].cursor if events else cursor),
        reset=False,
    )


def _cursor(text: str) -> Cursor | None:
    if not text:
        return None
    cursor = Cursor.parse(text)
    if cursor is None:
        raise InvalidInput(
            "The place in the stream is not valid.",
            faults=[FieldFault("after", "is not the id of an event", "Leave it out to begin now.")],
        )
    return cursor
