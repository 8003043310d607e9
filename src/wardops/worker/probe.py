"""The whole line: from a message that names a shard to states, history and incidents.

    shard → packets → round → states, events, incidents in one transaction → history apart

No database session is open while packets are in flight. If PostgreSQL is away, the round waits
on disk and is judged later, in order, by the same code.
"""

from __future__ import annotations

import time

import numpy as np
import structlog
from redis.exceptions import LockError, RedisError

from wardops import alerting, scheduling, state
from wardops.core.clock import now
from wardops.core.database import TRANSIENT
from wardops.core.redis import server_time_ms
from wardops.flow import Cause, Ints, Outcome, Readings, Shard, ShardKey
from wardops.probing import SweepPlan, merge
from wardops.scheduling import DueSlot
from wardops.state import Round
from wardops.worker.child import Child
from wardops.worker.rounds import store_round

log = structlog.get_logger()

NOBODY: Ints = np.array([], dtype=np.int64)


def probe_shard(child: Child, key: ShardKey, *, version: int, slot_ms: int) -> None:
    """Probe one shard for one slot, unless a run of it goes on or a later slot was sent."""
    if child.claims.is_overtaken(DueSlot(key, slot_ms)):
        log.warning("slot_overtaken", shard=str(key), slot_ms=slot_ms)
        return
    lease = child.redis.lock(f"ward:run:{key}", timeout=2 * key.cadence_ms / 1000, blocking=False)
    if not lease.acquire():
        child.redis.hincrby("ward:overlaps", str(key), 1)
        log.warning("shard_still_running", shard=str(key), slot_ms=slot_ms)
        return
    try:
        shard = child.plans.shard(key, version)
        done = observe(child, shard, slot_ms=slot_ms, down=_known_down(child, shard))
        store_round(child, done)
    except scheduling.PlanMissing:
        log.warning("plan_missing", shard=str(key), version=version)
    finally:
        try:
            lease.release()
        except (LockError, RedisError) as error:
            log.warning("lease_not_released", shard=str(key), error=type(error).__name__)


def _known_down(child: Child, shard: Shard) -> Ints:
    """Targets that are down already need no burst to be believed. All do if nobody can say."""
    if child.breaker.is_open:
        return NOBODY
    try:
        with child.database.reading() as session:
            return state.down_targets(session, shard.ids)
    except TRANSIENT as error:
        child.breaker.failed()
        log.warning("states_not_read", shard=str(shard.key), error=type(error).__name__)
        return NOBODY


def observe(child: Child, shard: Shard, *, slot_ms: int, down: Ints) -> Round:
    """Send the packets of one slot and find the cause of each new silence."""
    settings = child.settings
    started_at, began = now(), time.monotonic()
    lag_ms = max(0, server_time_ms(child.redis) - slot_ms)
    readings = child.sweeper.sweep(
        shard.addresses,
        plan=SweepPlan(packets=1, timeout=settings.ping_timeout_ms / 1000),
        sources=shard.sources,
    )
    suspects = np.flatnonzero(_silent(readings) & ~np.isin(shard.ids, down))
    causes: dict[int, Cause] = {}
    if len(suspects):
        readings, causes = _confirm(child, shard, readings, suspects)
    return Round(
        key=shard.key,
        slot_ms=slot_ms,
        version=shard.version,
        started_at=started_at,
        duration_ms=int((time.monotonic() - began) * 1000),
        lag_ms=lag_ms,
        ids=shard.ids,
        branches=shard.branches,
        links=shard.links.astype(np.int64),
        readings=readings,
        causes=causes,
        addresses=shard.addresses,
    )


def _confirm(
    child: Child, shard: Shard, first: Readings, suspects: Ints
) -> tuple[Readings, dict[int, Cause]]:
    """Ask the silent ones again, quickly, and beside them all who can tell why."""
    settings = child.settings
    witnesses = alerting.witnesses_of(shard, suspects)
    burst = child.sweeper.sweep(
        (*(shard.addresses[row] for row in suspects), *(w.address for w in witnesses)),
        plan=SweepPlan(
            packets=settings.confirm_packets,
            interval=settings.confirm_interval_ms / 1000,
            timeout=settings.ping_timeout_ms / 1000,
        ),
        sources=(*(shard.sources[row] for row in suspects), *("" for _ in witnesses)),
    )
    readings = merge(first, burst.first(len(suspects)), suspects)
    silent = set(shard.ids[_silent(readings)].tolist())
    quiet = _silent(burst)[len(suspects) :]
    silent |= {w.target_id for w, is_silent in zip(witnesses, quiet, strict=True) if is_silent}
    confirmed = suspects[_silent(readings)[suspects]]
    return readings, alerting.find_causes(shard, confirmed, silent)


def _silent(readings: Readings) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    outcome = readings.outcome
    silent: np.ndarray[tuple[int], np.dtype[np.bool_]] = (
        (outcome == Outcome.LOST) | (outcome == Outcome.UNREACHABLE) | (outcome == Outcome.INVALID)
    )
    return silent
