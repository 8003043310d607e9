"""The values that travel from slice to slice. Read this first.

inventory gives Targets, scheduling cuts them into Shards, probing turns a shard into
Readings, state turns readings into StateChanges, alerting turns those into incidents.
Everything here is plain data: no database, no clock, no behaviour beyond look-ups.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
Bytes: TypeAlias = npt.NDArray[np.int8]


class TargetKind(StrEnum):
    """What stands behind an address; both kinds share one identity space."""

    DEVICE = "device"
    LINK = "link"


class Outcome(IntEnum):
    """What one sweep learnt of one address. Only LOST and UNREACHABLE speak against the target."""

    ANSWERED = 0
    LOST = 1
    """No answer to any packet, although packets could be sent and answers received."""
    UNREACHABLE = 2
    """A router on the way said so (ICMP destination unreachable, RFC 792 / RFC 4443)."""
    NO_ROUTE = 3
    """This host has no route to the address: nothing was learnt of the target."""
    NO_PERMISSION = 4
    """This process may not send (EPERM, or no ping socket allowed): nothing was learnt."""
    INVALID = 5
    """The round itself was spoilt (receive buffer overflow): nothing was learnt."""


class Reachability(StrEnum):
    """The stored state of a target. Stale, paused and the like are derived when shown."""

    UP = "up"
    DOWN = "down"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ShardKey:
    """Names one shard for ever: the k-th part of all targets of a site with one cadence."""

    site: str
    cadence_ms: int
    index: int

    def __str__(self) -> str:
        return f"{self.site}/{self.cadence_ms}ms/{self.index}"


@dataclass(frozen=True, slots=True)
class ProbeTarget:
    """One enabled address to watch, as the inventory knows it."""

    target_id: int
    kind: TargetKind
    site: str
    cadence_ms: int
    branch_id: int
    """0 for none."""
    parent_id: int
    """Device this one is reached through, 0 for none."""
    address: str
    source: str
    """Address to send from, empty for the kernel's choice."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Devices that can testify for a shard's targets but are probed by other shards.

    They are the other devices of its branches, everything upstream, and the branches of that: a
    whole silent branch upstream is told from one silent device in it. Parallel arrays.
    """

    ids: Ints
    addresses: tuple[str, ...]
    branches: Ints
    parents: Ints

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Shard:
    """The targets that one message makes a worker probe; arrays are parallel, ids rising."""

    key: ShardKey
    version: int
    """Plan version this cut belongs to."""
    ids: Ints
    """Target ids, rising: every writer locks rows in this order."""
    addresses: tuple[str, ...]
    sources: tuple[str, ...]
    """Source address to send from, empty for the kernel's choice."""
    branches: Ints
    """Branch id, 0 for none. A branch is never split over shards of one cadence."""
    parents: Ints
    """Device each target is reached through, 0 for none."""
    links: npt.NDArray[np.bool_]
    """True where the target is an uplink."""
    surroundings: Surroundings

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Readings:
    """What probing learnt of n targets: parallel arrays, times in seconds, NaN for no answer."""

    outcome: Bytes
    """Outcome values."""
    code: Ints
    """ICMP type * 256 + code, or errno, where the outcome has one; else 0."""
    sent: Ints
    lost: Ints
    rtt_min: Floats
    rtt_avg: Floats
    rtt_max: Floats
    jitter: Floats
    """Mean absolute difference of consecutive round trips (RFC 3550 style), 0 for one answer."""

    def __len__(self) -> int:
        return len(self.outcome)

    def first(self, count: int) -> Readings:
        """The readings of the first `count` targets."""
        return Readings(**{each.name: getattr(self, each.name)[:count] for each in fields(self)})


class CauseKind(StrEnum):
    """What an incident is about."""

    DEVICE = "device"
    BRANCH = "branch"
    LINK = "link"


@dataclass(frozen=True, slots=True, order=True)
class Cause:
    """The one thing whose failure explains a silence; one open incident for each."""

    kind: CauseKind
    id: int

    @property
    def key(self) -> str:
        """Unique among open incidents."""
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class StateChange:
    """One target went from one stored state to another, with what proves it."""

    target_id: int
    kind: TargetKind
    branch_id: int | None
    old: Reachability
    new: Reachability
    at: datetime
    """When the first packet was lost, or the first answer came: not when it was written."""
    reason: str
    evidence: dict[str, object]
    cause: Cause | None = None
    """What the confirm burst says is to blame, where the target went down."""
