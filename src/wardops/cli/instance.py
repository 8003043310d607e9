"""How a command finds the instance it talks to: settings first, else the data directory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from wardops.core.database import Database
from wardops.core.errors import StartRefused
from wardops.core.secrets import Secret
from wardops.core.settings import Settings, load_settings
from wardops.embedded import Places, read_instance

DataOption = Annotated[
    Path | None, typer.Option("--data", help="Data directory of an embedded instance.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def settings_of(data: Path | None) -> Settings:
    """Settings with the addresses of the stores; an instance's own where none are set."""
    settings = load_settings(**({"data_dir": data} if data else {}))
    instance = read_instance(Places(settings.data_dir.resolve()))
    update: dict[str, object] = {}
    if instance is not None and not settings.database_url:
        update["database_url"] = Secret(instance.database_url)
    if instance is not None and not settings.redis_url:
        update["redis_url"] = Secret(instance.redis_url)
    settings = settings.model_copy(update=update)
    if not settings.database_url:
        raise StartRefused(
            f"There is no instance in {settings.data_dir}.",
            hint="Start one with `ward up`, name its folder with --data, or set DATABASE_URL.",
        )
    return settings


@contextmanager
def database_of(data: Path | None) -> Iterator[Database]:
    """The instance's database, for the length of a command."""
    database = Database.open(settings_of(data), name="cli")
    try:
        yield database
    finally:
        database.close()
