"""`ward token`: API tokens for programs."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Annotated

import typer

from wardops import access
from wardops.access import Role
from wardops.cli.instance import DataOption, JsonOption, database_of
from wardops.core import clock

app = typer.Typer(no_args_is_help=True, help="API tokens for programs.")


@app.callback()
def group() -> None:
    """API tokens for programs."""


@app.command()
def create(
    name: Annotated[str, typer.Option(help="What it is for.")],
    role: Annotated[Role, typer.Option(help="What it may do.")],
    expires_days: Annotated[
        int, typer.Option(min=0, max=3650, help="Days it is good for; 0 for ever.")
    ] = 0,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Make a token and print it, this once."""
    at = clock.now()
    expires_at = at + timedelta(days=expires_days) if expires_days else None
    with database_of(data) as database, database.transaction() as session:
        made, secret = access.create_token(
            session, name=name, role=role, at=at, expires_at=expires_at
        )
    if as_json:
        typer.echo(json.dumps({"token": secret.reveal(), "id": made.id, "role": made.role}))
    else:
        typer.echo(secret.reveal())
