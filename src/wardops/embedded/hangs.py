"""Finds workers that live but do not work, as happens after the broker restarts under them.

A worker whose queue holds messages and which began no task for a while is restarted.
"""

from __future__ import annotations

import time

import orjson
from redis.exceptions import RedisError

from wardops.core.redis import open_redis
from wardops.core.settings import Settings
from wardops.embedded.supervisor import Part, Supervisor

PATIENCE_S = 15.0

QUEUES = {"worker-probe": ("probe.",), "worker-core": ("alert", "maintenance")}


class HangGuard:
    """Looks at queues and heartbeats every few seconds."""

    def __init__(self, settings: Settings, supervisor: Supervisor) -> None:
        self._redis = open_redis(settings, name="up", connections=2)
        self._site = settings.site
        self._supervisor = supervisor
        self._parts: list[Part] = []
        self._seen: dict[str, tuple[int, float]] = {}

    def watch(self, part: Part) -> None:
        """Look after a part, if it is a worker."""
        if part.name in QUEUES:
            self._parts.append(part)

    def look(self) -> None:
        """Restart workers that hang; without Redis nobody can say, and none is touched."""
        try:
            done = self._tasks_done()
            for part in self._parts:
                self._judge(part, done.get(part.name, 0))
        except RedisError:
            self._seen.clear()

    def _judge(self, part: Part, tasks_done: int) -> None:
        before, since = self._seen.get(part.name, (-1, 0.0))
        now = time.monotonic()
        waiting = sum(int(self._redis.llen(name)) for name in self._queues(part))
        if tasks_done != before or not waiting or not part.alive:
            self._seen[part.name] = (tasks_done, now)
        elif now - max(since, part.started_at) > PATIENCE_S:
            self._seen[part.name] = (tasks_done, now)
            self._supervisor.restart(
                part, why=f"took none of {waiting} messages for {PATIENCE_S:g} s"
            )

    def _queues(self, part: Part) -> list[str]:
        return [f"{n}{self._site}" if n.endswith(".") else n for n in QUEUES[part.name]]

    def _tasks_done(self) -> dict[str, int]:
        """Tasks begun by the children of each worker, summed up."""
        done = dict.fromkeys(QUEUES, 0)
        for name in self._redis.scan_iter("ward:heartbeat:*", count=500):
            blob = self._redis.get(name)
            if not blob:
                continue
            pulse = orjson.loads(blob)
            for part in self._parts:
                if set(pulse["queues"]) & set(self._queues(part)):
                    done[part.name] += pulse["tasks_done"] + pulse["pid"]
        return done
