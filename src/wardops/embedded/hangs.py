"""Finds workers that live but do not work, as happens after the broker restarts under them.

A worker whose queue holds messages and which began no task for a while is restarted. It has
longer where all of its children are in a task: that may be long work, which a restart would only
begin again.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

import orjson
from redis.exceptions import RedisError

from wardops.core.redis import open_redis
from wardops.core.settings import Settings
from wardops.embedded.supervisor import Part, Supervisor

PATIENCE_S = 15.0
# A round takes seconds, so one that lasts waits for a store that hangs; keeping house takes longer.
BUSY_PATIENCE_S = {"worker-probe": 30.0, "worker-core": 180.0}

QUEUES = {"worker-probe": ("probe.",), "worker-core": ("alert", "maintenance")}


@dataclass(frozen=True, slots=True)
class _Told:
    """What the heartbeats of a worker's children say."""

    begun: int
    """Rises with each task that is begun, and changes with the children."""
    idle: bool
    """At least one child waits for a task, or none tells anything."""


class HangGuard:
    """Looks at queues and heartbeats every few seconds."""

    def __init__(
        self,
        settings: Settings,
        supervisor: Supervisor,
        *,
        patience_s: float = PATIENCE_S,
        busy_patience_s: Mapping[str, float] = BUSY_PATIENCE_S,
    ) -> None:
        self._redis = open_redis(settings, name="up", connections=2)
        self._site = settings.site
        self._supervisor = supervisor
        self._patience_s = patience_s
        self._busy_patience_s = busy_patience_s
        self._parts: list[Part] = []
        self._seen: dict[str, tuple[int, float]] = {}

    def watch(self, part: Part) -> None:
        """Look after a part, if it is a worker."""
        if part.name in QUEUES:
            self._parts.append(part)

    def look(self) -> None:
        """Restart workers that hang; without Redis nobody can say, and none is touched."""
        try:
            pulses = self._pulses()
            for part in self._parts:
                self._judge(part, self._told(part, pulses))
        except RedisError:
            self._seen.clear()

    def close(self) -> None:
        """Give the connections back."""
        self._redis.close()

    def _judge(self, part: Part, told: _Told) -> None:
        before, since = self._seen.get(part.name, (-1, 0.0))
        now = time.monotonic()
        waiting = sum(int(self._redis.llen(name)) for name in self._queues(part))
        patience_s = self._patience_s if told.idle else self._busy_patience_s[part.name]
        if told.begun != before or not waiting or not part.alive:
            self._seen[part.name] = (told.begun, now)
        elif now - max(since, part.started_at) > patience_s:
            self._seen[part.name] = (told.begun, now)
            self._supervisor.restart(
                part, why=f"took none of {waiting} messages for {patience_s:g} s"
            )

    def _queues(self, part: Part) -> list[str]:
        return [f"{n}{self._site}" if n.endswith(".") else n for n in QUEUES[part.name]]

    def _told(self, part: Part, pulses: list[dict[str, object]]) -> _Told:
        queues = set(self._queues(part))
        begun, busy = 0, []
        for pulse in pulses:
            served, done, pid = pulse["queues"], pulse["tasks_done"], pulse["pid"]
            if isinstance(served, list) and queues & set(served):
                begun += int(str(done)) + int(str(pid))
                busy.append(bool(pulse["task"]))
        return _Told(begun, idle=not (busy and all(busy)))

    def _pulses(self) -> list[dict[str, object]]:
        names = list(self._redis.scan_iter("ward:heartbeat:*", count=500))
        blobs = self._redis.mget(names) if names else []
        return [orjson.loads(blob) for blob in blobs if blob]
