"""What every benchmark needs: CPU seconds with children, a table, and the table as JSON."""

from __future__ import annotations

import json
import os
import platform
import resource
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Generic, TypeVar

T = TypeVar("T")
Cell = str | int | float | None
Row = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Measured(Generic[T]):
    """One run of something."""

    result: T
    wall_seconds: float
    cpu_seconds: float
    """User and system time of this process and of the children that ended."""


def cpu_seconds() -> float:
    """Spent so far, this process and its ended children."""
    uses = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(use.ru_utime + use.ru_stime for use in uses)


def measure(work: Callable[[], T]) -> Measured[T]:
    """Run it once."""
    cpu, wall = cpu_seconds(), time.monotonic()
    result = work()
    return Measured(result, time.monotonic() - wall, cpu_seconds() - cpu)


def alternate(works: Mapping[str, Callable[[], T]], runs: int) -> dict[str, list[Measured[T]]]:
    """Run rivals in turn, so that a busy moment of the machine falls on all of them."""
    measured: dict[str, list[Measured[T]]] = {name: [] for name in works}
    for _ in range(runs):
        for name, work in works.items():
            measured[name].append(measure(work))
    return measured


def median_cpu(runs: Sequence[Measured[T]]) -> float:
    """Median CPU seconds."""
    return median(run.cpu_seconds for run in runs)


def median_wall(runs: Sequence[Measured[T]]) -> float:
    """Median wall seconds."""
    return median(run.wall_seconds for run in runs)


def table(rows: Sequence[Row]) -> str:
    """Rows with the same keys as a Markdown table."""
    if not rows:
        return ""
    names = list(rows[0])
    lines = [names, ["---"] * len(names)]
    lines += [[_text(row[name]) for name in names] for row in rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def report(name: str, rows: Sequence[Row], output: Path | None) -> None:
    """Print the table; write it with the machine's description to `output` if one is given."""
    print(f"## {name}\n\n{table(rows)}\n")
    if output:
        document = {"name": name, "machine": machine(), "rows": [dict(row) for row in rows]}
        output.write_text(json.dumps(document, indent=2) + "\n")


def machine() -> dict[str, str | int | None]:
    """What the figures were measured on."""
    return {
        "cores": os.cpu_count(),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "architecture": platform.machine(),
    }


def _text(cell: Cell) -> str:
    if cell is None:
        return "-"
    return f"{cell:.3g}" if isinstance(cell, float) else str(cell)
