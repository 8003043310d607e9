"""Who is due now.

In: the targets of the inventory. Out: shards (about a thousand targets each, spread over the
cadence) and the slots at which each is due. Called by the scheduler, which claims slots and
sends one message per shard, and by workers, which fetch the shard a message names.
"""

from __future__ import annotations

from wardops.scheduling.cadence import DueSlot, due_slots, next_due_ms
from wardops.scheduling.cut import cut
from wardops.scheduling.plan import Plan, PlanCache, PlanMissing
from wardops.scheduling.slots import LogicalClock, SlotClaims

__all__ = [
    "DueSlot",
    "LogicalClock",
    "Plan",
    "PlanCache",
    "PlanMissing",
    "SlotClaims",
    "cut",
    "due_slots",
    "next_due_ms",
]
