"""`ward db`: the revision of the schema."""

from __future__ import annotations

from typing import Annotated

import typer

from wardops.cli.instance import DataOption, settings_of
from wardops.core import schema

app = typer.Typer(no_args_is_help=True, help="The schema of the database.")


@app.command()
def upgrade(data: DataOption = None) -> None:
    """Bring the schema to the revision of this version."""
    typer.echo(schema.upgrade(settings_of(data).database_url.reveal()))


@app.command()
def downgrade(
    revision: Annotated[str, typer.Argument(help="The revision to go back to, or `base`.")],
    data: DataOption = None,
) -> None:
    """Go back to an older revision; data that it does not know is lost."""
    reached = schema.downgrade(settings_of(data).database_url.reveal(), revision=revision)
    typer.echo(reached or "none")


@app.command()
def current(data: DataOption = None) -> None:
    """The revision now, and the one this version needs."""
    found = schema.current(settings_of(data).database_url.reveal())
    typer.echo(f"{found or 'none'} (this version needs {schema.head()})")
