"""Whether everything a process needs is there: told in full, before anything is started.

Called by `ward check` and at the start of every process. Settings themselves are checked by
`load_settings`, which refuses before this is reached.
"""

from __future__ import annotations

import os
import shutil
import tempfile

import psycopg
import sqlalchemy.exc
from redis.exceptions import RedisError

from wardops.core import schema
from wardops.core.database import Database, check_connection_budget
from wardops.core.errors import FieldFault, StartRefused, Unavailable
from wardops.core.log import without_secrets
from wardops.core.redis import open_redis, text
from wardops.core.settings import Settings
from wardops.operations.surroundings import store

_OLDEST_POSTGRES = 150_000
_OLDEST_REDIS = 7
_LEAST_DISK_BYTES = 256 << 20


def check_surroundings(settings: Settings) -> list[FieldFault]:
    """Every fault found in the database, Redis and the data folder; empty when all is well."""
    return [*_database(settings), *_redis(settings), *_data_dir(settings)]


def _database(settings: Settings) -> list[FieldFault]:
    if not settings.database_url:
        return [FieldFault("DATABASE_URL", "is not set", "Name a PostgreSQL 15 or later.")]
    try:
        schema.current(settings.database_url.reveal())
        database = Database.open(settings, name="check")
    except (sqlalchemy.exc.SQLAlchemyError, psycopg.Error, ValueError) as error:
        told = without_secrets(_first_line(getattr(error, "orig", None) or error))
        return [FieldFault("DATABASE_URL", told, "Is PostgreSQL up, and the address right?")]
    try:
        return [*_server(database), *_schema(settings), *_budget(database, settings)]
    except (psycopg.Error, Unavailable, sqlalchemy.exc.SQLAlchemyError) as error:
        return [FieldFault("DATABASE_URL", without_secrets(_first_line(error)), "")]
    finally:
        database.close()


def _server(database: Database) -> list[FieldFault]:
    with database.reading() as session:
        number = store.version_number(session)
    if number >= _OLDEST_POSTGRES:
        return []
    told = f"is PostgreSQL {number // 10_000}, 15 or later is needed"
    return [FieldFault("DATABASE_URL", told, "Upgrade the server.")]


def _schema(settings: Settings) -> list[FieldFault]:
    try:
        schema.check_schema(settings.database_url.reveal())
    except StartRefused as refusal:
        return [FieldFault("DATABASE_URL", refusal.message, refusal.hint)]
    return []


def _budget(database: Database, settings: Settings) -> list[FieldFault]:
    try:
        check_connection_budget(database, settings)
    except StartRefused as refusal:
        return [FieldFault("DATABASE_URL", refusal.message, refusal.hint)]
    return []


def _redis(settings: Settings) -> list[FieldFault]:
    if not settings.redis_url:
        return [FieldFault("REDIS_URL", "is not set", "Name a Redis 7 or a Valkey 8.")]
    try:
        redis = open_redis(settings, name="check", connections=1)
    except ValueError as error:
        return [FieldFault("REDIS_URL", without_secrets(str(error)), "redis://HOST:6379/0")]
    try:
        facts = redis.info()
    except RedisError as error:
        told = without_secrets(_first_line(error))
        return [FieldFault("REDIS_URL", told, "Is Redis up, and the address right?")]
    finally:
        redis.close()
    faults = []
    version = text(facts.get("valkey_version") or facts["redis_version"])
    if int(version.partition(".")[0]) < _OLDEST_REDIS:
        told = f"is version {version}, {_OLDEST_REDIS} or later is needed"
        faults.append(FieldFault("REDIS_URL", told, "Upgrade the server."))
    policy = facts.get("maxmemory_policy", "noeviction")
    if policy != "noeviction":
        told = f"may throw messages away: maxmemory-policy is {policy}"
        faults.append(FieldFault("REDIS_URL", told, "CONFIG SET maxmemory-policy noeviction"))
    return faults


def _data_dir(settings: Settings) -> list[FieldFault]:
    folder = settings.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"ward")
        free = shutil.disk_usage(folder).free
    except OSError as error:
        told = f"{folder} cannot be written: {error.strerror}"
        return [FieldFault("WARD_DATA_DIR", told, f"Make it writable for uid {os.getuid()}.")]
    if free < _LEAST_DISK_BYTES:
        told = f"{folder} has only {free >> 20} MiB free"
        return [FieldFault("WARD_DATA_DIR", told, f"{_LEAST_DISK_BYTES >> 20} MiB are needed.")]
    return []


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
