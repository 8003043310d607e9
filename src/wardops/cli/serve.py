"""`ward serve`: one process of a larger installation."""

from __future__ import annotations

from typing import Annotated

import typer

from wardops import operations
from wardops.cli.instance import DataOption, settings_of
from wardops.core.errors import StartRefused
from wardops.core.log import configure_logging
from wardops.core.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Run one process of an installation.")


def _ready(settings: Settings, process: str) -> Settings:
    configure_logging(settings, process=process)
    faults = operations.check_surroundings(settings)
    if faults:
        raise StartRefused(f"The {process} was not started.", faults=faults)
    return settings


@app.command()
def api(data: DataOption = None) -> None:
    """Serve the API, the event stream and the web app."""
    from wardops import api as entrance

    entrance.serve(_ready(settings_of(data), "api"))


@app.command()
def scheduler(data: DataOption = None) -> None:
    """Send what is due; a second one waits until the first is gone."""
    from wardops.worker import serve

    serve.serve_scheduler(_ready(settings_of(data), "scheduler"))


@app.command()
def worker(
    queues: Annotated[str, typer.Option(help="Queues to serve, with commas between.")] = "",
    processes: Annotated[
        int, typer.Option(min=0, max=256, help="Children; 0 takes the setting.")
    ] = 0,
    data: DataOption = None,
) -> None:
    """Probe, evaluate and tidy up, as the queues ask."""
    from wardops.worker import serve
    from wardops.worker.app import queue_names

    settings = _ready(settings_of(data), "worker")
    names = tuple(name.strip() for name in queues.split(",") if name.strip())
    names = names or tuple(queue_names(settings).values())
    probes = any(name.startswith("probe.") for name in names)
    count = processes or (settings.probe_processes if probes else settings.core_processes)
    serve.serve_worker(settings, queues=names, processes=count)
