"""The schema's revision: brought up to date at start, checked by every process.

Migrations run under an advisory lock, so several hosts can be upgraded at once.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, make_url
from sqlalchemy.pool import NullPool

from wardops.core.errors import StartRefused

MIGRATIONS = Path(__file__).parent.parent / "migrations"
_LOCK = "SELECT pg_advisory_lock(hashtext('ward-migrations'))"


def upgrade(database_url: str, *, revision: str = "head") -> str:
    """Bring the database to `revision`; the revision reached."""
    with _connected(database_url) as connection:
        connection.exec_driver_sql(_LOCK)
        connection.commit()
        command.upgrade(_config(connection), revision)
        connection.commit()
        return _current(connection)


def downgrade(database_url: str, *, revision: str) -> str:
    """Take the database back to `revision`; the revision reached."""
    with _connected(database_url) as connection:
        connection.exec_driver_sql(_LOCK)
        connection.commit()
        command.downgrade(_config(connection), revision)
        connection.commit()
        return _current(connection)


def current(database_url: str) -> str:
    """The database's revision, empty for a database without our schema."""
    with _connected(database_url) as connection:
        return _current(connection)


def head() -> str:
    """The revision this code is written for."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head() or ""


def check_schema(database_url: str) -> None:
    """Refuse to start on a database whose schema is not the one this code knows."""
    found, wanted = current(database_url), head()
    if found != wanted:
        raise StartRefused(
            f"The database is at revision {found or 'none'}, this version needs {wanted}.",
            hint="Run `ward db upgrade`.",
        )


def _connected(database_url: str) -> Connection:
    url = make_url(database_url).set(drivername="postgresql+psycopg")
    return create_engine(
        url,
        poolclass=NullPool,
        connect_args={"application_name": "ward-schema", "connect_timeout": 5},
    ).connect()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _current(connection: Connection) -> str:
    return MigrationContext.configure(connection).get_current_revision() or ""
