"""What one worker child holds for its whole life: stores, sweeper, loop, caches."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property

from redis import Redis

from wardops.core.clock import now
from wardops.core.database import Database
from wardops.core.redis import open_redis
from wardops.core.resilience import Breaker
from wardops.core.settings import Settings
from wardops.probing import Sweeper
from wardops.scheduling import PlanCache, SlotClaims
from wardops.state import FlapLimits, Spool
from wardops.worker.heartbeat import Pulse, beat
from wardops.worker.loop import ChildLoop

# A child has one connection and uses it alone: waiting for it means that the server is away.
POOL_PATIENCE_S = 1.0
DATABASE_PAUSE_S = 3.0


@dataclass
class Child:
    """Made after the fork, so no socket is shared with another process."""

    settings: Settings
    database: Database
    redis: Redis
    loop: ChildLoop
    pulse: Pulse
    breaker: Breaker
    """Open while PostgreSQL is known to be away, so that probing keeps its time."""

    @classmethod
    def start(cls, settings: Settings, *, worker: str, queues: tuple[str, ...]) -> Child:
        """Open everything and begin to tell that we live."""
        redis = open_redis(settings, name="worker", connections=4)
        child = cls(
            settings=settings,
            database=Database.open(
                settings.model_copy(update={"pool_timeout_s": POOL_PATIENCE_S}), name="worker"
            ),
            redis=redis,
            loop=ChildLoop(),
            pulse=Pulse(f"{worker}:{os.getpid()}", "worker", queues),
            breaker=Breaker(pause_s=DATABASE_PAUSE_S),
        )
        child.loop.start(beat(child.pulse, redis))
        return child

    @cached_property
    def sweeper(self) -> Sweeper:
        """The ICMP sockets; opened by the first probe, kept for ever."""
        return Sweeper(rate=self.settings.ping_rate)

    @cached_property
    def plans(self) -> PlanCache:
        """Shards by key and version."""
        return PlanCache(self.redis)

    @cached_property
    def claims(self) -> SlotClaims:
        """Which slots were sent."""
        return SlotClaims(self.redis)

    @cached_property
    def limits(self) -> FlapLimits:
        """When a target counts as flapping."""
        return FlapLimits(
            window_s=self.settings.flap_window_s,
            device_changes=self.settings.flap_changes,
            link_changes=self.settings.link_flap_changes,
        )

    @property
    def round_spool(self) -> Spool:
        """Where rounds wait while PostgreSQL is away."""
        return Spool(self.settings.spool_dir / "rounds")

    @property
    def history_spool(self) -> Spool:
        """Where history waits when only it cannot be stored."""
        return Spool(self.settings.spool_dir / "history")

    def begin(self, task: str) -> None:
        """Note for the heartbeat that a task runs."""
        self.pulse.task = task
        self.pulse.tasks_done += 1
        self.pulse.last_task_at = int(now().timestamp() * 1000)

    def end(self) -> None:
        """Note that the child is idle."""
        self.pulse.task = ""

    def close(self) -> None:
        """Give everything back."""
        if "sweeper" in self.__dict__:
            self.sweeper.close()
        self.loop.close()
        self.database.close()
        self.redis.close()
