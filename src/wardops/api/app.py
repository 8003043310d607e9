"""The web application: one registry of routers, and what stands around all of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import APIRoute
from starlette.middleware.gzip import GZipMiddleware

import wardops
from wardops.api import (
    auth,
    branches,
    device_bulk,
    device_files,
    devices,
    health,
    incidents,
    links,
    me,
    metrics,
    overview,
    problems,
    profiles,
    providers,
    reference,
    regions,
    sites,
    sparklines,
    stream,
    tokens,
    users,
)
from wardops.api.bodies import BodyLimit
from wardops.api.dependencies import open_stores
from wardops.api.health import doctor, self_watch
from wardops.api.metrics import Metrics
from wardops.api.parameters import known_only, remember_routes
from wardops.api.requests import RequestLog
from wardops.api.security import SafetyHeaders, is_https
from wardops.api.static import FOLDERS, WebApp
from wardops.api.stream import listening
from wardops.core.settings import Settings

PREFIX = "/api/v1"

# Every resource, in the order of the reference.
ROUTERS: tuple[APIRouter, ...] = (
    auth.router,
    me.router,
    users.router,
    tokens.router,
    overview.router,
    incidents.router,
    device_files.router,
    device_bulk.router,
    sparklines.router,
    devices.router,
    links.router,
    branches.router,
    regions.router,
    providers.router,
    profiles.router,
    sites.router,
    stream.router,
    health.router,
)

_REFUSALS = problems.documents(401, 403, 422, 429, 503)


def create_app(
    settings: Settings, *, watching: bool = False, web: Sequence[Path] = FOLDERS
) -> FastAPI:
    """The app; it opens its stores when it starts and closes them when it ends.

    With `watching` it also looks after the system itself, and opens system incidents. `web` are
    the folders to look for the built web app in.
    """
    counted = Metrics()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as life:
            app.state.stores = stores = await life.enter_async_context(open_stores(settings))
            app.state.doctor = await life.enter_async_context(doctor(stores))
            await life.enter_async_context(listening(app))
            counted.read_also(stores)
            if watching:
                await life.enter_async_context(self_watch(stores))
            yield

    app = FastAPI(
        title="WARD OPS",
        version=wardops.__version__,
        lifespan=lifespan,
        openapi_url=None,
        generate_unique_id_function=operation_id,
        redirect_slashes=False,
    )
    app.state.metrics = counted
    for router in ROUTERS:
        app.include_router(
            router, prefix=PREFIX, dependencies=[Depends(known_only)], responses=_REFUSALS
        )
    app.include_router(metrics.router)
    app.include_router(reference.router)
    problems.add_handlers(app)
    remember_routes(app)
    _surround(app, settings, counted, web)
    return app


def _surround(app: FastAPI, settings: Settings, counted: Metrics, web: Sequence[Path]) -> None:
    """Put around the routes what every request passes; the last one added is the outermost."""
    app.add_middleware(WebApp, folders=tuple(web))
    app.add_middleware(BodyLimit)
    app.add_middleware(problems.LastResort)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=1)
    app.add_middleware(SafetyHeaders, https=is_https(settings))
    app.add_middleware(RequestLog, api=app, metrics=counted)


def operation_id(route: APIRoute) -> str:
    """`list_devices` as `listDevices`: the name generated clients call the route by."""
    first, *rest = route.name.split("_")
    return first + "".join(word.capitalize() for word in rest)
