"""Runs the app under uvicorn until it is told to stop."""

from __future__ import annotations

import gc

import uvicorn
from fastapi import FastAPI

from wardops.api.app import create_app
from wardops.core.settings import Settings


def serve(settings: Settings) -> None:
    """Serve on `host:port` until SIGTERM or SIGINT, then finish requests for up to 5 s.

    The caller has set up the log and checked the surroundings.
    """
    app = create_app(settings, watching=True)
    keep_out_of_collections()
    uvicorn.Server(server_config(app, settings)).run()


def keep_out_of_collections() -> None:
    """Take what stays for ever, modules and routes, out of the garbage collector's sight.

    Looking through it all costs a tenth of a second each time, in the middle of some request.
    """
    gc.collect()
    gc.freeze()


def server_config(app: FastAPI, settings: Settings) -> uvicorn.Config:
    """How uvicorn is run; forwarded addresses are believed from named proxies only."""
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http="httptools",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        timeout_graceful_shutdown=5,
        timeout_keep_alive=30,
    )
