"""Claims of slots, and the clock they are counted on.

A claim is a compare-and-set in Redis, so two schedulers that both think they lead send a slot
once. The clock is that of Redis, but never goes back: slots are fencing tokens.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from redis import Redis

from wardops.core.redis import server_time_ms, text
from wardops.flow import ShardKey
from wardops.scheduling.cadence import DueSlot

CLAIMS = "ward:slots"
CLOCK = "ward:clock"

# KEYS[1] hash of claims; ARGV: field, slot, field, slot, ... Answers 1 for each claim won.
_CLAIM = """
local won = {}
for i = 1, #ARGV, 2 do
    local held = tonumber(redis.call('HGET', KEYS[1], ARGV[i]) or '0')
    if held < tonumber(ARGV[i + 1]) then
        redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
        won[#won + 1] = 1
    else
        won[#won + 1] = 0
    end
end
return won
"""


class SlotClaims:
    """Compare-and-set of each shard's newest dispatched slot."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._claim = redis.register_script(_CLAIM)

    def held(self) -> dict[ShardKey, int]:
        """The newest claimed slot of each shard."""
        return {_key(text(name)): int(slot) for name, slot in self._redis.hgetall(CLAIMS).items()}

    def is_overtaken(self, slot: DueSlot) -> bool:
        """True when a later slot of the shard was claimed: its message follows this one."""
        return int(self._redis.hget(CLAIMS, str(slot.key)) or 0) > slot.slot_ms

    def claim(self, due: Sequence[DueSlot]) -> list[DueSlot]:
        """Those of `due` that this caller, and nobody else, now has to dispatch."""
        if not due:
            return []
        arguments = [part for item in due for part in (str(item.key), item.slot_ms)]
        won = self._claim(keys=[CLAIMS], args=arguments)
        return [item for item, mine in zip(due, won, strict=True) if mine]


class LogicalClock:
    """Redis' clock in milliseconds, which stands on its last value while that one goes back.

    After a jump back it runs on by this process's monotonic clock until real time has caught
    up, so no shard waits for the jump to pass. The highest value seen is kept in Redis for the
    next leader; `floor_ms` is the newest slot that PostgreSQL knows, for an emptied Redis.
    """

    def __init__(self, redis: Redis, *, floor_ms: int = 0) -> None:
        self._redis = redis
        self._value = max(int(redis.get(CLOCK) or 0), floor_ms)
        self._read_at = time.monotonic()

    def now_ms(self) -> int:
        """Milliseconds; never less than any value given before."""
        server = server_time_ms(self._redis)
        read_at = time.monotonic()
        carried = self._value + int((read_at - self._read_at) * 1000) if self._value else 0
        drifted_only = carried - server < 1000
        self._value = max(server, self._value if drifted_only else carried)
        self._read_at = read_at
        self._redis.set(CLOCK, self._value)
        return self._value


def _key(name: str) -> ShardKey:
    site, cadence, index = name.split("/")
    return ShardKey(site, int(cadence.removesuffix("ms")), int(index))
