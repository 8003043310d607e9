"""Levels, not edges: compares incidents with the stored states, whatever was missed before.

Runs each few seconds. Each pass leaves no incident without a cause and no cause without one,
after restarts, deletions, switching off, and outages that ended in part.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from wardops.alerting import store
from wardops.alerting.lifecycle import apply_changes, recover
from wardops.core.database import WriteSession
from wardops.flow import Cause, CauseKind, Reachability, StateChange, TargetKind

# Time for the rest of a branch to answer after its first device did: two default cadences.
SETTLE = timedelta(seconds=12)


@dataclass(frozen=True, slots=True)
class Reconciled:
    """How many incidents or targets each step had to mend."""

    recovered: int
    split: int
    opened: int


def reconcile(session: WriteSession, *, now: datetime) -> Reconciled:
    """One pass over all open incidents and all targets that are down."""
    gone = store.gone_subjects(session)
    touched = recover(session, gone, now=now) if gone else set()
    split = _split_leftovers(session, now=now)
    store.announce(session, sorted(touched | split))
    missing = store.unexplained(session, before=now - timedelta(seconds=2))
    apply_changes(session, [_as_change(target) for target in missing], now=now)
    return Reconciled(recovered=len(gone), split=len(split), opened=len(missing))


def _split_leftovers(session: WriteSession, *, now: datetime) -> set[int]:
    touched = set()
    for rest in store.leftovers(session, before=now - SETTLE):
        store.drop_subjects(session, rest.incident_id, rest.target_ids, at=now)
        for incident_id in store.resolve_finished(session, [rest.incident_id], at=now):
            data = {"still_down": rest.target_ids[:50]}
            store.note(session, incident_id, "resolved", at=now, data=data)
        touched.add(rest.incident_id)
    return touched


def _as_change(target: store.Unexplained) -> StateChange:
    kind = TargetKind(target.kind)
    cause = CauseKind.LINK if kind is TargetKind.LINK else CauseKind.DEVICE
    return StateChange(
        target_id=target.target_id,
        kind=kind,
        branch_id=target.branch_id,
        old=Reachability.UP,
        new=Reachability.DOWN,
        at=target.down_since,
        reason="no_answer",
        evidence={},
        cause=Cause(cause, target.target_id),
    )
