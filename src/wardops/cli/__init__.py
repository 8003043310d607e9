"""The `ward` command: one module for each group of commands, loaded when it is called."""

from __future__ import annotations

import importlib
import sys

import typer

from wardops.core.errors import WardError

# Group of commands → module with a Typer app named `app`.
GROUPS = {
    "serve": "wardops.cli.serve",
    "devices": "wardops.cli.devices",
    "demo": "wardops.cli.demo",
    "users": "wardops.cli.users",
    "token": "wardops.cli.token",
    "db": "wardops.cli.db",
}
# Single command → module with a function of that name.
COMMANDS = {
    "up": "wardops.cli.up",
    "test": "wardops.cli.test",
    "check": "wardops.cli.check",
    "ping": "wardops.cli.ping",
    "status": "wardops.cli.status",
}


def main() -> None:
    """Run the command line; expected errors are told without a stack trace."""
    try:
        build(sys.argv[1:])()
    except WardError as error:
        typer.echo(f"ward: {error}", err=True)
        sys.exit(1)


def build(arguments: list[str]) -> typer.Typer:
    """The application; only the module that `arguments` name is loaded."""
    app = typer.Typer(name="ward", no_args_is_help=True, add_completion=False)
    app.callback()(ward)
    app.callback()(_ward)  # with a single command in it, Typer would take it for the whole
    wanted = next((word for word in arguments if not word.startswith("-")), "")
    for name, path in GROUPS.items():
        if wanted in ("", name):
            app.add_typer(importlib.import_module(path).app, name=name)
    for name, path in COMMANDS.items():
        if wanted in ("", name):
            app.command(name)(getattr(importlib.import_module(path), name))
    return app


def _ward() -> None:
    """WARD OPS: watches a bank's branch network."""


def ward() -> None:
    """WARD OPS watches a branch network. Start it with `ward up`."""
