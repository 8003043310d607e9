"""THE schedule: every job that runs by the clock, in one table.

At start every entry must resolve to a registered task on a queue that is declared, else the
process refuses to start.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from wardops.core.errors import StartRefused


@dataclass(frozen=True, slots=True)
class Entry:
    """A job: its task, queue, and how often it is sent."""

    task: str
    queue: str
    every_s: float
    why: str


PROBE_TASK = "probe.shard"

SCHEDULE: Mapping[str, Entry] = {
    "reconcile": Entry(
        "alert.reconcile", "alert", 5, "Incidents are compared with the stored states."
    ),
    "settle-flapping": Entry(
        "alert.settle_flapping", "alert", 30, "The flapping mark comes off what has calmed."
    ),
    "keep-history": Entry(
        "maintenance.keep_history", "maintenance", 3600, "Partitions are made ahead and dropped."
    ),
    "prune-access": Entry(
        "maintenance.prune_access", "maintenance", 3600, "Sessions and tokens past their time go."
    ),
}


def check_schedule(tasks: Collection[str], queues: Collection[str]) -> None:
    """Refuse to start when an entry names a task or a queue that nobody serves."""
    entries = [*SCHEDULE.values(), Entry(PROBE_TASK, "probe", 1, "")]
    kinds = {name.partition(".")[0] for name in queues}
    wrong = [f"{e.task} (no such task)" for e in entries if e.task not in tasks]
    wrong += [f"{e.task} (no queue {e.queue})" for e in entries if e.queue not in kinds]
    if wrong:
        raise StartRefused(
            f"The schedule names jobs that no worker would run: {', '.join(wrong)}.",
            hint="Register the task in wardops.worker.tasks and its queue in wardops.worker.app.",
        )
