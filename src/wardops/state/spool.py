"""A bounded queue of small files, for what cannot be stored at the moment.

Files are written whole or not at all (rename), named so that they sort in order of time, and
survive kill -9. When the spool is full the oldest are dropped, counted, and told.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import structlog

from wardops.core.errors import WardError

log = structlog.get_logger()


class SpoolFull(WardError):
    """The disk took nothing: what was to be kept is lost."""

    code = "spool_full"


class Spool:
    """One folder of waiting entries."""

    def __init__(self, folder: Path, *, max_bytes: int = 256 << 20) -> None:
        self._folder = folder
        self._max_bytes = max_bytes

    def put(self, order: int, blob: bytes) -> None:
        """Keep `blob`; entries come back by rising `order`. Raises SpoolFull."""
        self._folder.mkdir(parents=True, exist_ok=True)
        # Several shards share a moment, so `order` alone would let one replace the other.
        name = f"{order:016d}-{os.getpid()}-{time.monotonic_ns()}"
        half = self._folder / f".{name}"
        try:
            with half.open("wb") as file:
                file.write(blob)
                file.flush()
                os.fsync(file.fileno())
            half.rename(self._folder / f"{name}.bin")
        except OSError as error:
            half.unlink(missing_ok=True)
            raise SpoolFull(
                f"The spool {self._folder} takes nothing more: {error.strerror}.",
                hint="Free disk space; until then observations are lost while a store is away.",
            ) from error
        self._drop_oldest()

    def waiting(self) -> list[Path]:
        """Entries, oldest first."""
        if not self._folder.is_dir():
            return []
        return sorted(path for path in self._folder.iterdir() if path.suffix == ".bin")

    def drain(self) -> Iterator[tuple[Path, bytes]]:
        """Entries, oldest first; the caller `done`s each one it has stored."""
        for path in self.waiting():
            try:
                yield path, path.read_bytes()
            except FileNotFoundError:  # another worker was faster
                continue

    @staticmethod
    def done(path: Path) -> None:
        """Forget an entry that is stored now."""
        path.unlink(missing_ok=True)

    @staticmethod
    def set_aside(path: Path, *, why: str = "") -> None:
        """Keep a broken entry out of the way, for a person to look at."""
        with suppress(FileNotFoundError):  # another worker was faster
            path.replace(path.with_suffix(".broken"))
        log.error("spool_entry_broken", path=str(path), why=why)

    def _drop_oldest(self) -> None:
        sizes = []
        for path in self.waiting():
            with suppress(FileNotFoundError):  # stored meanwhile by another worker
                sizes.append((path, path.stat().st_size))
        excess = sum(size for _, size in sizes) - self._max_bytes
        for path, size in sizes:
            if excess <= 0:
                return
            path.unlink(missing_ok=True)
            excess -= size
            log.error("spool_dropped_oldest", path=str(path), bytes=size)
