"""How listings are printed: a table on a terminal, tabs in a pipe, JSON when asked."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime

import typer
from rich.console import Console
from rich.table import Table


def print_rows(rows: Sequence[Mapping[str, object]], *, as_json: bool) -> None:
    """Print rows of equal keys, in the order of the first one's."""
    if as_json:
        typer.echo(json.dumps(list(rows), default=_text, ensure_ascii=False))
        return
    columns = list(rows[0]) if rows else []
    if not sys.stdout.isatty():
        for row in rows:
            typer.echo("\t".join(_text(row[name]) for name in columns))
        return
    table = Table(*columns)
    for row in rows:
        table.add_row(*(_text(row[name]) for name in columns))
    Console().print(table)


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return "" if value is None else str(value)
