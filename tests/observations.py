"""Rounds and targets made by hand, for tests of what is done with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np

from wardops.core.clock import now
from wardops.flow import Cause, Outcome, ProbeTarget, Readings, ShardKey, TargetKind
from wardops.state import Round

KEY = ShardKey("main", 5000, 0)


def a_minute_ago_ms() -> int:
    """A whole minute shortly ago, so that history has its partition and windows hold it."""
    return int(now().timestamp() * 1000) // 60_000 * 60_000 - 60_000


def readings(outcomes: Sequence[Outcome], *, confirmed: bool = True) -> Readings:
    """One packet to what answered; a whole burst to what did not, where `confirmed`."""
    outcome = np.array(outcomes, dtype=np.int8)
    answered = outcome == Outcome.ANSWERED
    sent = np.where(answered | np.bool_(not confirmed), 1, 4)
    rtt = np.where(answered, 0.001, np.nan)
    return Readings(
        outcome=outcome,
        code=np.zeros(len(outcome), dtype=np.int64),
        sent=sent,
        lost=np.where(answered, 0, sent),
        rtt_min=rtt,
        rtt_avg=rtt,
        rtt_max=rtt,
        jitter=np.where(answered, 0.0, np.nan),
    )


@dataclass(frozen=True)
class Setting:
    """Where the observed targets stand; rows are parallel."""

    ids: Sequence[int]
    branch: int = 0
    links: Sequence[int] = ()
    key: ShardKey = KEY
    causes: Mapping[int, Cause] = field(default_factory=dict)
    start_ms: int = field(default_factory=a_minute_ago_ms)

    def seen(
        self, slot: int, outcomes: Sequence[Outcome] | Outcome, *, confirmed: bool = True
    ) -> Round:
        """What slot number `slot` learnt."""
        if isinstance(outcomes, Outcome):
            outcomes = [outcomes] * len(self.ids)
        slot_ms = self.start_ms + slot * self.key.cadence_ms
        return Round(
            key=self.key,
            slot_ms=slot_ms,
            version=1,
            started_at=datetime.fromtimestamp(slot_ms / 1000, UTC),
            duration_ms=1,
            lag_ms=0,
            ids=np.array(self.ids, dtype=np.int64),
            branches=np.full(len(self.ids), self.branch),
            links=np.array(self.links or [0] * len(self.ids), dtype=np.int64),
            readings=readings(outcomes, confirmed=confirmed),
            causes=dict(self.causes),
        )


def a_target(
    number: int,
    *,
    branch: int = 0,
    parent: int = 0,
    kind: TargetKind = TargetKind.DEVICE,
    site: str = "main",
    cadence_ms: int = 5000,
) -> ProbeTarget:
    """A target with an address made of its number."""
    address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    return ProbeTarget(number, kind, site, cadence_ms, branch, parent, address, "")
