"""The `ward` command: one module for each entry, loaded only when it is called.

A new command is one line in `COMMANDS`: its name, and what the list of commands says of it. The
module of the same name has a Typer app named `app` for a group, else a function of that name.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys

import typer

from wardops.core.errors import WardError

COMMANDS = {
    "up": "Start everything on this machine and keep it running until Ctrl-C.",
    "serve": "Run one process of a larger installation.",
    "check": "Check what a start depends on.",
    "status": "How the instance is, part by part.",
    "devices": "List, import and export devices.",
    "ping": "Ping targets now.",
    "snmp": "Read variables and tables of a device now.",
    "users": "Create users and reset passwords.",
    "token": "Make tokens for the API.",
    "db": "Upgrade and downgrade the schema.",
    "demo": "Faults of the simulated bank.",
    "test": "Run the project's checks.",
}


def main() -> None:
    """Run the command line; expected errors are told without a stack trace."""
    try:
        build(sys.argv[1:])()
    except WardError as error:
        typer.echo(f"ward: {error}", err=True)
        sys.exit(1)


def build(arguments: list[str]) -> typer.Typer:
    """The application; of the commands only the one that `arguments` name is imported."""
    app = typer.Typer(
        name="ward", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
    )
    app.callback()(_ward)  # with a single command in it, Typer would take it for the whole
    wanted = next((word for word in arguments if not word.startswith("-")), "")
    for name, summary in COMMANDS.items():
        if name == wanted:
            _add(app, name)
        elif importlib.util.find_spec(f"{__name__}.{name}") is not None:
            app.command(name, help=summary)(_ward)
    return app


def _add(app: typer.Typer, name: str) -> None:
    module = importlib.import_module(f"{__name__}.{name}")
    if hasattr(module, "app"):
        app.add_typer(module.app, name=name)
    else:
        app.command(name)(getattr(module, name))


def _ward() -> None:
    """WARD OPS watches a branch network. Start it with `ward up`."""
