"""How often one client may do a thing: counted in Redis for all processes together.

While Redis is away each process counts for itself; a limit is then looser, never gone.
"""

from __future__ import annotations

import threading
import time

import structlog
from redis import Redis
from redis.exceptions import RedisError

from wardops.core.errors import TooMany

log = structlog.get_logger()

# After Redis failed, it is left alone this many seconds, so requests do not all wait for it.
_LEFT_ALONE_S = 10.0
_LOCAL_KEYS = 10_000


class Limiter:
    """Counts uses per key in fixed windows. One for each process; safe to share by threads."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._away_until = 0.0
        self._lock = threading.Lock()
        self._local: dict[str, tuple[int, float]] = {}

    def take(self, key: str, *, limit: int, window_s: int, told: str) -> None:
        """Count one use of `key`.

        Raises TooMany with the message `told` when it is more than `limit` in `window_s` seconds.
        """
        count, left_s = self._count(key, window_s)
        if count > limit:
            raise TooMany(told, retry_after=max(1, left_s))

    def give_back(self, key: str) -> None:
        """Uncount one use, because it turned out to be a good one."""
        with self._lock:
            count, ends = self._local.get(key, (0, 0.0))
            if count:
                self._local[key] = (count - 1, ends)
        if self._is_away():
            return
        try:
            # Below zero it would be a credit, and without expiry when the window is over.
            self._redis.eval(_GIVE_BACK, 1, _name(key))
        except RedisError as error:
            self._leave_alone(error)

    def _count(self, key: str, window_s: int) -> tuple[int, int]:
        """Uses in this window with this one, and seconds until the window ends."""
        if not self._is_away():
            try:
                return self._count_shared(key, window_s)
            except RedisError as error:
                self._leave_alone(error)
        return self._count_here(key, window_s)

    def _count_shared(self, key: str, window_s: int) -> tuple[int, int]:
        pipeline = self._redis.pipeline(transaction=False)
        pipeline.set(_name(key), 0, ex=window_s, nx=True)
        pipeline.incr(_name(key))
        pipeline.ttl(_name(key))
        _, count, left_s = pipeline.execute()
        return int(count), int(left_s)

    def _count_here(self, key: str, window_s: int) -> tuple[int, int]:
        at = time.monotonic()
        with self._lock:
            if len(self._local) >= _LOCAL_KEYS:
                self._local = {k: v for k, v in self._local.items() if v[1] > at}
            if len(self._local) >= _LOCAL_KEYS:
                self._local.clear()
            count, ends = self._local.get(key, (0, 0.0))
            if ends <= at:
                count, ends = 0, at + window_s
            self._local[key] = (count + 1, ends)
        return count + 1, int(ends - at) + 1

    def _is_away(self) -> bool:
        return time.monotonic() < self._away_until

    def _leave_alone(self, error: RedisError) -> None:
        self._away_until = time.monotonic() + _LEFT_ALONE_S
        log.warning("limits are counted per process", error=type(error).__name__)


_GIVE_BACK = """
if tonumber(redis.call('GET', KEYS[1]) or '0') > 0 then return redis.call('DECR', KEYS[1]) end
"""


def _name(key: str) -> str:
    return f"ward:limit:{key}"
