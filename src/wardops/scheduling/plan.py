"""The plan cache: shards in Redis under their version, and in each process's memory.

The version comes from PostgreSQL, where every write to the inventory raises it in its own
transaction; it is part of the key, so nothing stale can be read. An emptied Redis costs the
time to cut the plan again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import orjson
from redis import Redis

from wardops.core.errors import WardError
from wardops.core.redis import text
from wardops.flow import Shard, ShardKey, Surroundings

# Runs of the version before this one are still on their way for a while.
OLD_VERSION_TTL_S = 120
SHARDS_IN_MEMORY = 256


class PlanMissing(WardError):
    """The plan of this version is not in Redis: it was emptied, or the version is old."""

    code = "plan_missing"


@dataclass(frozen=True, slots=True)
class Plan:
    """Which shards there are; `counts` holds the number beside each."""

    version: int
    keys: tuple[ShardKey, ...]
    counts: tuple[int, ...]

    @property
    def shards(self) -> list[tuple[ShardKey, int]]:
        """(key, number of shards of the same site and cadence) of every shard."""
        return list(zip(self.keys, self.counts, strict=True))

    @classmethod
    def of(cls, version: int, shards: Sequence[Shard]) -> Plan:
        """The plan that these shards make."""
        keys = tuple(shard.key for shard in shards)
        groups = [(key.site, key.cadence_ms) for key in keys]
        return cls(version, keys, tuple(groups.count(group) for group in groups))


class PlanCache:
    """Writes plans (scheduler) and fetches single shards (workers)."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._memory: OrderedDict[tuple[int, ShardKey], Shard] = OrderedDict()

    def publish(self, version: int, shards: Sequence[Shard]) -> None:
        """Make all shards of `version` available; those of other versions run out."""
        with self._redis.pipeline(transaction=False) as pipe:
            for shard in shards:
                pipe.hset(_name(version), str(shard.key), encode(shard))
            pipe.set(f"{_name(version)}:complete", len(shards))
            pipe.execute()
        for name in self._redis.scan_iter("ward:plan:*"):
            if not text(name).startswith(_name(version)):
                self._redis.expire(name, OLD_VERSION_TTL_S, nx=True)

    def holds(self, version: int) -> bool:
        """True when all shards of `version` are in Redis."""
        return bool(self._redis.exists(f"{_name(version)}:complete"))

    def shard(self, key: ShardKey, version: int) -> Shard:
        """One shard, from memory or Redis. Raises PlanMissing."""
        known = self._memory.get((version, key))
        if known is None:
            blob = self._redis.hget(_name(version), str(key))
            if blob is None:
                raise PlanMissing(f"Plan {version} has no shard {key} in Redis.")
            known = decode(blob)
            self._remember(known)
        return known

    def _remember(self, shard: Shard) -> None:
        for name in [n for n in self._memory if n[1] == shard.key]:
            del self._memory[name]
        self._memory[shard.version, shard.key] = shard
        while len(self._memory) > SHARDS_IN_MEMORY:
            self._memory.popitem(last=False)


def _name(version: int) -> str:
    return f"ward:plan:{version}"


def encode(shard: Shard) -> bytes:
    """A shard as JSON: what a worker of another version or language can read too."""
    around = shard.surroundings
    return orjson.dumps(
        {
            "key": [shard.key.site, shard.key.cadence_ms, shard.key.index],
            "version": shard.version,
            "ids": shard.ids,
            "addresses": shard.addresses,
            "sources": shard.sources if any(shard.sources) else [],
            "branches": shard.branches,
            "parents": shard.parents,
            "links": shard.links,
            "around": [around.ids, around.addresses, around.branches, around.parents],
        },
        option=orjson.OPT_SERIALIZE_NUMPY,
    )


def decode(blob: bytes | str) -> Shard:
    """The shard that `encode` wrote."""
    data = orjson.loads(blob)
    site, cadence_ms, index = data["key"]
    ids, addresses, branches, parents = data["around"]
    return Shard(
        key=ShardKey(site, cadence_ms, index),
        version=data["version"],
        ids=np.array(data["ids"], dtype=np.int64),
        addresses=tuple(data["addresses"]),
        sources=tuple(data["sources"]) or ("",) * len(data["ids"]),
        branches=np.array(data["branches"], dtype=np.int64),
        parents=np.array(data["parents"], dtype=np.int64),
        links=np.array(data["links"], dtype=np.bool_),
        surroundings=Surroundings(
            ids=np.array(ids, dtype=np.int64),
            addresses=tuple(addresses),
            branches=np.array(branches, dtype=np.int64),
            parents=np.array(parents, dtype=np.int64),
        ),
    )
