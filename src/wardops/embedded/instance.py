"""What a running instance tells its commands: where its stores are."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass

from wardops.core.secrets import Secret
from wardops.embedded.places import Places


@dataclass(frozen=True, slots=True)
class Instance:
    """Addresses of a running instance; the file is readable by its owner only."""

    address: str
    database_url: str
    redis_url: str
    pid: int

    def environment(self) -> dict[str, str]:
        """As settings, for child processes."""
        return {"WARD_DATABASE_URL": self.database_url, "WARD_REDIS_URL": self.redis_url}


def write_instance(places: Places, *, address: str, database: Secret, redis: Secret) -> Instance:
    """Tell commands where this instance is."""
    instance = Instance(address, database.reveal(), redis.reveal(), os.getpid())
    half = places.run / "instance.json.half"
    half.touch(mode=0o600)
    half.write_text(json.dumps(asdict(instance)))
    half.replace(places.run / "instance.json")  # a reader finds the old file or the new one
    return instance


def read_instance(places: Places) -> Instance | None:
    """The instance of a data directory, or None when none was ever started in it."""
    file = places.run / "instance.json"
    try:
        return Instance(**json.loads(file.read_text()))
    except (FileNotFoundError, NotADirectoryError):
        return None
