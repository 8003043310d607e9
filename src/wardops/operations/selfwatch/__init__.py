"""WARD watches itself: what does not work becomes a system incident.

Called by the scheduler and, because that may be what is dead, by the API. Whoever comes first
holds the turn; an incident is opened once whoever sees it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import orjson
from redis import Redis

from wardops import alerting
from wardops.alerting import SystemFault
from wardops.core import stream
from wardops.core.database import Database
from wardops.core.settings import Settings
from wardops.operations.selfwatch import store
from wardops.state import Spool

CHECKED = (
    "workers",
    "scheduler",
    "queue",
    "stale",
    "permission",
    "no_route",
    "spool",
    "dead_letters",
)

# A queue this deep means that no worker keeps up: a message stands for a thousand devices.
DEEPEST_QUEUE = 500
LEADER = "ward:scheduler:leader"


class SelfWatch:
    """Looks at every part now and then, and brings the system incidents in line."""

    def __init__(
        self, database: Database, redis: Redis, settings: Settings, *, queues: Sequence[str]
    ) -> None:
        self._database = database
        self._redis = redis
        self._settings = settings
        self._queues = queues
        self._before: set[str] = set()

    def look(self, *, now: datetime) -> list[SystemFault]:
        """One look; a fault is told when two looks in a row have found it."""
        found = _processes(self._redis, self._queues) + _spools(self._settings)
        with self._database.transaction() as session:
            found += _targets(store.read_facts(session))
            lasting = [fault for fault in found if fault.name in self._before]
            names = {fault.name for fault in found}
            sound = [name for name in CHECKED if name not in names]
            alerting.report_faults(session, lasting, sound=sound, now=now)
        self._before = names
        stream.wake(self._redis)
        return lasting


def _processes(redis: Redis, queues: Sequence[str]) -> list[SystemFault]:
    served: set[str] = set()
    for name in redis.scan_iter("ward:heartbeat:*", count=500):
        blob = redis.get(name)
        if blob:
            served.update(orjson.loads(blob)["queues"])
    faults = []
    if missing := sorted(set(queues) - served):
        faults.append(
            SystemFault(
                "workers",
                f"No worker serves {', '.join(missing)}",
                "Start a worker: `ward serve worker`; see its log for why the last one ended.",
            )
        )
    if not redis.exists(LEADER):
        faults.append(
            SystemFault(
                "scheduler",
                "No scheduler leads: nothing is being checked",
                "Start one: `ward serve scheduler`.",
            )
        )
    deep = {name: depth for name in queues if (depth := int(redis.llen(name))) > DEEPEST_QUEUE}
    if deep:
        told = ", ".join(f"{name} holds {depth}" for name, depth in sorted(deep.items()))
        faults.append(
            SystemFault("queue", f"Work piles up: {told}", "Add workers for these queues.", "high")
        )
    return faults


def _spools(settings: Settings) -> list[SystemFault]:
    waiting = sum(len(Spool(settings.spool_dir / name).waiting()) for name in ("rounds", "history"))
    if not waiting:
        return []
    return [
        SystemFault(
            "spool",
            f"{waiting} batches of observations wait on disk",
            "PostgreSQL does not take them; they are stored when it does. See the worker's log.",
            "high",
        )
    ]


def _targets(facts: store.Facts) -> list[SystemFault]:
    faults = []
    if facts.no_permission:
        faults.append(
            SystemFault(
                "permission",
                f"Not allowed to ping: {facts.no_permission} targets cannot be checked",
                "Run `sysctl -w net.ipv4.ping_group_range='0 2147483647'` as root, or give the "
                "workers CAP_NET_RAW.",
            )
        )
    if facts.no_route:
        faults.append(
            SystemFault(
                "no_route",
                f"No route from this server to {facts.no_route} targets",
                "Check the server's own network: `ip route get ADDRESS`.",
                "high",
            )
        )
    if facts.stale:
        faults.append(
            SystemFault(
                "stale",
                f"Not checked for three cadences: {facts.stale} targets",
                "Their state is not known. Check workers, scheduler and queues.",
            )
        )
    if facts.dead_letters:
        faults.append(
            SystemFault(
                "dead_letters",
                f"Jobs that failed for good: {facts.dead_letters}",
                "Each is a fault of WARD itself: report it with its dead letter.",
                "high",
            )
        )
    return faults
