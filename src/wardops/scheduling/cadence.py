"""When each shard is due: shard k of n at k/n of the cadence, so that load is flat.

A slot is named by the moment it is due, in milliseconds of the scheduler's clock. So slots of
one target always rise, whatever cadence or shard it is moved to, and serve as fencing tokens.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wardops.flow import ShardKey


@dataclass(frozen=True, slots=True)
class DueSlot:
    """One shard that is due, and since when (ms)."""

    key: ShardKey
    slot_ms: int


def latest_slot_ms(key: ShardKey, count: int, now_ms: int) -> int:
    """The newest moment at or before `now_ms` at which shard `key` of `count` is due."""
    offset = key.cadence_ms * key.index // count
    return (now_ms - offset) // key.cadence_ms * key.cadence_ms + offset


def due_slots(
    shards: Iterable[tuple[ShardKey, int]], now_ms: int, claimed: Mapping[ShardKey, int]
) -> list[DueSlot]:
    """Shards whose newest slot is not claimed yet, longest due first.

    `shards` gives (key, number of shards beside it). A slot missed entirely is never run late:
    the newest one catches up for it, so at most one cadence is ever caught up.
    """
    due = [
        DueSlot(key, slot)
        for key, count in shards
        if (slot := latest_slot_ms(key, count, now_ms)) > claimed.get(key, 0)
    ]
    return sorted(due, key=lambda item: item.slot_ms)


def next_due_ms(shards: Iterable[tuple[ShardKey, int]], now_ms: int) -> int | None:
    """The first moment after `now_ms` at which any shard is due; None without shards."""
    return min(
        (latest_slot_ms(key, count, now_ms) + key.cadence_ms for key, count in shards),
        default=None,
    )
