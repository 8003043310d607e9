"""`ward ping`: asks addresses whether they live, with the engine that watches."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from wardops.cli.instance import JsonOption
from wardops.flow import Outcome
from wardops.probing import Sweeper, SweepPlan


def ping(
    targets: Annotated[list[str], typer.Argument(help="IPv4 or IPv6 addresses.")],
    count: Annotated[int, typer.Option("-c", min=1, max=100, help="Packets to each.")] = 3,
    as_json: JsonOption = False,
) -> None:
    """Ping addresses; exit code 1 when one does not answer."""
    with closing(Sweeper()) as sweeper:
        readings = sweeper.sweep(targets, plan=SweepPlan(packets=count, interval=0.5))
    rows = [
        {
            "target": target,
            "outcome": Outcome(int(readings.outcome[row])).name.lower(),
            "sent": int(readings.sent[row]),
            "lost": int(readings.lost[row]),
            "rtt_ms": _ms(float(readings.rtt_avg[row])),
            "jitter_ms": _ms(float(readings.jitter[row])),
        }
        for row, target in enumerate(targets)
    ]
    if as_json:
        typer.echo(json.dumps(rows))
    else:
        table = Table(*rows[0])
        for each in rows:
            table.add_row(*("" if value is None else str(value) for value in each.values()))
        Console().print(table)
    sys.exit(0 if all(each["outcome"] == "answered" for each in rows) else 1)


def _ms(seconds: float) -> float | None:
    return None if seconds != seconds else round(seconds * 1000, 3)  # NaN is not itself
