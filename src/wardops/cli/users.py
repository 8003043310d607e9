"""`ward users`: who can sign in."""

from __future__ import annotations

import secrets
from typing import Annotated

import typer

from wardops import access
from wardops.access import Role
from wardops.cli.instance import DataOption, JsonOption, database_of
from wardops.cli.tables import print_rows
from wardops.core.http import MAX_LIMIT, Window
from wardops.core.secrets import Secret

app = typer.Typer(no_args_is_help=True, help="People who can sign in.")

PasswordOption = Annotated[
    bool,
    typer.Option("--password-stdin", help="Read the password from standard input."),
]


@app.command("list")
def list_users(as_json: JsonOption = False, data: DataOption = None) -> None:
    """Everybody who can sign in."""
    with database_of(data) as database, database.reading() as session:
        users, _ = access.list_users(session, Window(limit=MAX_LIMIT, sort=(("username", False),)))
    rows = [
        {
            "id": user.id,
            "username": user.username,
            "display_name": user.display_name,
            "role": user.role,
            "disabled": user.disabled,
            "last_login_at": user.last_login_at,
        }
        for user in users
    ]
    print_rows(rows, as_json=as_json)


@app.command()
def create(
    username: str,
    role: Annotated[Role, typer.Option(help="What the user may do.")] = Role.VIEWER,
    name: Annotated[str, typer.Option(help="The name that others see.")] = "",
    password_stdin: PasswordOption = False,
    data: DataOption = None,
) -> None:
    """Add a person; without a password given, one is made and printed."""
    password, made = _password(from_stdin=password_stdin)
    with database_of(data) as database, database.transaction() as session:
        user = access.create_user(
            session, username=username, display_name=name, role=role, password=password
        )
    typer.echo(f"{user.username} ({user.role}) was added.")
    _tell(password, made=made)


@app.command()
def reset_password(
    username: str, password_stdin: PasswordOption = False, data: DataOption = None
) -> None:
    """Give a person another password; they are signed out everywhere."""
    password, made = _password(from_stdin=password_stdin)
    with database_of(data) as database, database.transaction() as session:
        user = access.find_user(session, username)
        access.reset_password(session, user.id, password)
    typer.echo(f"{user.username} has another password and was signed out everywhere.")
    _tell(password, made=made)


def _password(*, from_stdin: bool) -> tuple[Secret, bool]:
    """The password to set, and whether it was made here. Never taken from an argument: those
    are seen by everybody on the machine."""
    if from_stdin:
        return Secret(typer.get_text_stream("stdin").readline().rstrip("\r\n")), False
    return Secret("-".join(secrets.token_hex(2) for _ in range(5))), True


def _tell(password: Secret, *, made: bool) -> None:
    if made:
        typer.echo(f"Password: {password.reveal()}")
