"""Health for machines and people: everything, alive at all, ready for requests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

import anyio
import anyio.to_thread
import psycopg
import structlog
from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel
from redis.exceptions import RedisError

from wardops import operations
from wardops.api import security
from wardops.api.dependencies import Stores, StoresOf, signed_in, unlimited
from wardops.core import clock
from wardops.core.errors import WardError
from wardops.operations import Health, HealthCheck, Status

router = APIRouter(prefix="/health", tags=["health"], dependencies=[Depends(unlimited)])

log = structlog.get_logger()

_WATCH_EVERY_S = 15
_UNHEALTHY: dict[int | str, dict[str, str]] = {503: {"description": "Unhealthy"}}


class ComponentOut(BaseModel):
    """How one part is."""

    status: Status
    latency_ms: float
    detail: str


class HealthOut(BaseModel):
    """How the system is; the parts are told to those who are signed in."""

    status: Status
    version: str
    timestamp: datetime
    components: dict[str, ComponentOut]


class Alive(BaseModel):
    """The process answers."""

    status: Literal["alive"]


class Ready(BaseModel):
    """Whether requests can be served."""

    status: Literal["ready", "not_ready"]


@dataclass(frozen=True, slots=True)
class Doctor:
    """The checks of this process, and the few threads that may wait for them."""

    check: HealthCheck
    threads: anyio.CapacityLimiter

    async def look(self) -> Health:
        """The health now; who waits does so without holding a thread."""
        return await anyio.to_thread.run_sync(self.check.look, limiter=self.threads)


@asynccontextmanager
async def doctor(stores: Stores) -> AsyncIterator[Doctor]:
    """The checks, for the life of the process."""
    check = HealthCheck(stores.database, stores.redis, stores.settings)
    try:
        yield Doctor(check, anyio.CapacityLimiter(2))
    finally:
        check.close()


async def _doctor(request: Request) -> Doctor:
    found = request.app.state.doctor
    assert isinstance(found, Doctor)  # noqa: S101  set by the app's lifespan
    return found


TheDoctor = Annotated[Doctor, Depends(_doctor)]


@router.get("", responses=_UNHEALTHY)
async def get_health(
    request: Request, response: Response, doctor: TheDoctor, stores: StoresOf
) -> HealthOut:
    """Healthy, degraded or unhealthy, and for those signed in each part with its reason."""
    health = await doctor.look()
    response.status_code = 503 if health.status is Status.UNHEALTHY else 200
    told = health.components if await _is_signed_in(request, stores, health) else {}
    return HealthOut(
        status=health.status,
        version=health.version,
        timestamp=health.timestamp,
        components={
            name: ComponentOut.model_validate(part, from_attributes=True)
            for name, part in told.items()
        },
    )


@router.get("/live")
async def get_health_live() -> Alive:
    """This process answers; nothing else is looked at."""
    return Alive(status="alive")


@router.get("/ready", responses=_UNHEALTHY)
async def get_health_ready(response: Response, doctor: TheDoctor) -> Ready:
    """Whether this process can serve requests: its database is there, at the right revision."""
    ready = (await doctor.look()).ready
    response.status_code = 200 if ready else 503
    return Ready(status="ready" if ready else "not_ready")


@asynccontextmanager
async def self_watch(stores: Stores) -> AsyncIterator[None]:
    """Bring system incidents in line every few seconds: the scheduler may be what is dead."""
    task = asyncio.create_task(_watch_for_ever(stores))
    try:
        yield
    finally:
        task.cancel()


async def _watch_for_ever(stores: Stores) -> None:
    watch = operations.SelfWatch(
        stores.database,
        stores.redis,
        stores.settings,
        queues=operations.queues(stores.settings),
    )
    while True:
        await asyncio.sleep(_WATCH_EVERY_S)
        try:
            await anyio.to_thread.run_sync(lambda: watch.look(now=clock.now()))
        except (psycopg.Error, RedisError, WardError, OSError) as error:
            log.warning("self watch skipped", error=type(error).__name__)


async def _is_signed_in(request: Request, stores: Stores, health: Health) -> bool:
    """Whether a valid session or token came; not asked of a database that is away."""
    credentials = security.credentials_of(request)
    if credentials is None or not health.ready:
        return False
    with anyio.move_on_after(1):
        try:
            caller = await anyio.to_thread.run_sync(
                signed_in, credentials, stores, abandon_on_cancel=True
            )
        except (psycopg.Error, WardError):
            return False
        return caller is not None
    return False
