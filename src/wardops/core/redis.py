"""Redis or Valkey: one way to make a client, with limits on everything.

Redis holds nothing that cannot be rebuilt from PostgreSQL.
"""

from __future__ import annotations

from redis import Redis
from redis.backoff import ExponentialWithJitterBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError
from redis.retry import Retry

from wardops.core.settings import Settings

# What another attempt may mend.
TRANSIENT: tuple[type[Exception], ...] = (RedisConnectionError, RedisTimeoutError)


def open_redis(settings: Settings, *, name: str, connections: int = 2) -> Redis:
    """A client with a pool of `connections`, named `ward-<name>` at the server.

    Commands are retried twice with jitter on a broken connection; waits are bounded.
    """
    return Redis.from_url(
        settings.redis_url.reveal(),
        client_name=f"ward-{name}",
        max_connections=connections,
        socket_connect_timeout=settings.connect_timeout_s,
        socket_timeout=settings.connect_timeout_s,
        socket_keepalive=True,
        health_check_interval=30,
        retry=Retry(ExponentialWithJitterBackoff(cap=0.5, base=0.05), 2),
        retry_on_error=list(TRANSIENT),
    )


def server_time_ms(redis: Redis) -> int:
    """The clock of the server in milliseconds: the one clock that all schedulers share."""
    seconds, microseconds = redis.time()
    return int(seconds) * 1000 + int(microseconds) // 1000


def text(value: bytes | str) -> str:
    """What Redis answered, as text; clients are made without decoding, binary values stay."""
    return value.decode() if isinstance(value, bytes) else value
