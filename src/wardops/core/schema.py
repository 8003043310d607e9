"""The schema's revision: brought up to date at start, checked by every process.

Migrations run under an advisory lock, so several hosts can be upgraded at once.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
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
        _refuse_unknown(_current(connection))
        command.upgrade(_config(connection), revision)
        connection.commit()
        return _current(connection)


def downgrade(database_url: str, *, revision: str) -> str:
    """Take the database back to `revision`; the revision reached."""
    with _connected(database_url) as connection:
        connection.exec_driver_sql(_LOCK)
        connection.commit()
        _refuse_unknown(_current(connection))
        try:
            command.downgrade(_config(connection), revision)
        except CommandError as error:
            raise StartRefused(
                f"The schema cannot go back to {revision}: {error}",
                hint=f"Name `base` or an older revision than {_current(connection)}.",
            ) from error
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
    _refuse_unknown(found)
    if found != wanted:
        raise StartRefused(
            f"The database is at revision {found or 'none'}, this version needs {wanted}.",
            hint="Run `ward db upgrade`.",
        )


def is_known(revision: str) -> bool:
    """False for a revision of a later version of the product, or of another one."""
    known = {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    return not revision or revision in known


def _refuse_unknown(revision: str) -> None:
    if not is_known(revision):
        raise StartRefused(
            f"The database is at revision {revision}, which this version does not know: its "
            f"newest is {head()}.",
            hint="Start the version that upgraded it, or restore a backup from before the upgrade.",
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
