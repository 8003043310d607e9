"""`ward check`: whether everything a process needs is there."""

from __future__ import annotations

import typer

from wardops import operations
from wardops.cli.instance import DataOption, settings_of
from wardops.core.errors import StartRefused


def check(data: DataOption = None) -> None:
    """Check settings, PostgreSQL, Redis and the data folder; every fault is told at once."""
    faults = operations.check_surroundings(settings_of(data))
    if faults:
        raise StartRefused(f"{len(faults)} faults were found.", faults=faults)
    typer.echo("All is well.")
