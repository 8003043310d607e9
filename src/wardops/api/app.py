"""The web application: one registry of routers, and what stands around all of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import APIRoute
from starlette.middleware.gzip import GZipMiddleware

import wardops
from wardops.api import auth, incidents, me, overview, problems, stream, tokens, users
from wardops.api.bodies import BodyLimit
from wardops.api.dependencies import open_stores
from wardops.api.parameters import known_only, remember_routes
from wardops.api.security import SafetyHeaders, is_https
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
    stream.router,
)

_REFUSALS = problems.documents(401, 403, 422, 429, 503)


def create_app(settings: Settings) -> FastAPI:
    """The app; it opens its stores when it starts and closes them when it ends."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_stores(settings) as stores:
            app.state.stores = stores
            async with listening(app):
                yield

    app = FastAPI(
        title="WARD OPS",
        version=wardops.__version__,
        lifespan=lifespan,
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=operation_id,
        redirect_slashes=False,
    )
    for router in ROUTERS:
        app.include_router(
            router, prefix=PREFIX, dependencies=[Depends(known_only)], responses=_REFUSALS
        )
    problems.add_handlers(app)
    remember_routes(app)
    app.add_middleware(problems.LastResort)
    app.add_middleware(BodyLimit)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(SafetyHeaders, https=is_https(settings))
    return app


def operation_id(route: APIRoute) -> str:
    """`list_devices` as `listDevices`: the name generated clients call the route by."""
    first, *rest = route.name.split("_")
    return first + "".join(word.capitalize() for word in rest)
