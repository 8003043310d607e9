"""`ward up`: everything on this machine."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from wardops.core.log import configure_logging
from wardops.core.settings import load_settings
from wardops.embedded import UpOptions
from wardops.embedded import up as start


def up(
    demo: Annotated[bool, typer.Option("--demo", help="Add a simulated bank.")] = False,
    scenario: Annotated[
        bool, typer.Option(help="Let the simulated bank have faults by itself.")
    ] = True,
    data: Annotated[Path | None, typer.Option("--data", help="Data directory.")] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
) -> None:
    """Start everything on this machine and keep it running until Ctrl-C."""
    given = {"data_dir": data, "host": host, "port": port}
    settings = load_settings(**{name: value for name, value in given.items() if value is not None})
    configure_logging(settings.model_copy(update={"log_level": "warning"}), process="up")
    options = _demo(scenario=scenario) if demo else UpOptions()
    console = Console(highlight=False)
    began = time.monotonic()

    def report(line: str) -> None:
        if sys.stdout.isatty():
            console.print(f"[dim]{time.monotonic() - began:6.1f} s[/dim]  {escape(line)}")
        else:
            sys.stdout.write(f"{time.monotonic() - began:.1f} s  {line}\n")
            sys.stdout.flush()

    start(settings, options, report=report)


def _demo(*, scenario: bool) -> UpOptions:
    from wardops import lab

    return UpOptions(
        seed=lambda database: str(lab.seed_demo(database)),
        extra={"demo": lab.scenario_command()} if scenario else None,
        environment={"WARD_ALLOW_LOOPBACK_TARGETS": "true"},
    )
