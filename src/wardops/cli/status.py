"""`ward status`: how the instance is, in one screen."""

from __future__ import annotations

import json
import sys

import typer
from rich.console import Console
from rich.table import Table

from wardops import alerting, reporting
from wardops.cli.instance import DataOption, JsonOption, database_of
from wardops.core.http import Window


def status(data: DataOption = None, as_json: JsonOption = False) -> None:
    """Devices and links by state, and the open incidents; exit code 1 when any is critical."""
    with database_of(data) as database, database.reading() as session:
        board = reporting.Overview().look(session)
        wanted = alerting.IncidentFilter(states=("open", "acknowledged"))
        incidents, total = alerting.find_incidents(session, wanted, Window(limit=20))
    if as_json:
        body = {
            "devices": board.totals,
            "links": board.links,
            "incidents": [incident.as_json() for incident in incidents],
        }
        typer.echo(json.dumps(body, ensure_ascii=False))
    else:
        _print(board, incidents, total)
    sys.exit(1 if any(incident.severity == "critical" for incident in incidents) else 0)


def _print(board: reporting.Dashboard, incidents: list[alerting.Incident], total: int) -> None:
    console = Console()
    states = Table("", *board.totals)
    states.add_row("devices", *map(str, board.totals.values()))
    states.add_row("links", *map(str, board.links.values()))
    console.print(states)
    console.print(f"{total} incidents are not resolved")
    for incident in incidents:
        console.print(f"  {incident.severity:<9} {incident.opened_at:%F %T}  {incident.title}")
