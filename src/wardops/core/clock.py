"""The one clock. Everything that asks for the time of day asks here.

Durations are measured with `time.monotonic()`, which this module does not replace.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

_source: Callable[[], datetime] | None = None


def now() -> datetime:
    """The present moment, UTC and aware."""
    return _source() if _source else datetime.now(UTC)


@contextmanager
def clock_showing(source: Callable[[], datetime]) -> Iterator[None]:
    """Let `now()` answer from `source` inside the block. For tests and replays."""
    global _source
    before, _source = _source, source
    try:
        yield
    finally:
        _source = before
