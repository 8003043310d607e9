"""Each child tells every few seconds that it lives, what it does, and how big it is."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass, field

import orjson
import psutil
import structlog
from redis import Redis
from redis.exceptions import RedisError

from wardops.core.redis import server_time_ms

EVERY_S = 5
TTL_S = 20

log = structlog.get_logger()


@dataclass
class Pulse:
    """What is told; the child changes `task` and `tasks_done` as it works."""

    name: str
    kind: str
    queues: tuple[str, ...]
    task: str = ""
    tasks_done: int = 0
    last_task_at: int = 0
    process: psutil.Process = field(default_factory=psutil.Process)

    def tell(self, redis: Redis) -> None:
        """Write the heartbeat under `ward:heartbeat:<name>`."""
        redis.set(f"ward:heartbeat:{self.name}", orjson.dumps(self._facts(redis)), ex=TTL_S)

    def _facts(self, redis: Redis) -> dict[str, object]:
        return {
            "name": self.name,
            "pid": os.getpid(),
            "kind": self.kind,
            "queues": self.queues,
            "at": server_time_ms(redis),
            "task": self.task,
            "tasks_done": self.tasks_done,
            "last_task_at": self.last_task_at,
            "rss_mb": round(self.process.memory_info().rss / 2**20, 1),
        }


async def beat(pulse: Pulse, redis: Redis) -> None:
    """Tell it for ever; a store that is away is no reason to stop."""
    while True:
        try:
            await asyncio.to_thread(pulse.tell, redis)
        except RedisError as error:
            log.warning("heartbeat_not_told", error=type(error).__name__)
        await asyncio.sleep(EVERY_S)
