"""Opens, joins and resolves incidents for changes of state, in the writer's transaction.

All writers of one cause take its advisory lock first, in order, so one cause never gets two
incidents. Resolving goes by level: an incident is over when none of its subjects is down.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from wardops.alerting import store
from wardops.alerting.store import IncidentStart
from wardops.core.database import WriteSession
from wardops.flow import Cause, CauseKind, Reachability, StateChange, TargetKind

# Devices of a branch that lose power one after the other are one outage, not several.
MERGE_WITHIN = timedelta(seconds=60)

KINDS = {
    CauseKind.BRANCH: "branch_down",
    CauseKind.DEVICE: "device_down",
    CauseKind.LINK: "link_down",
}


def apply_changes(
    session: WriteSession, changes: Sequence[StateChange], *, now: datetime
) -> list[int]:
    """Bring incidents in line with `changes`; the ids of incidents that were touched."""
    fallen: defaultdict[Cause, list[StateChange]] = defaultdict(list)
    for change in changes:
        if change.new is Reachability.DOWN:
            fallen[change.cause or _own(change)].append(change)
    answered = sorted(c.target_id for c in changes if c.new is Reachability.UP)
    touched: set[int] = set()
    store.lock_causes(session, sorted(cause.key for cause in fallen))
    for cause in sorted(fallen):
        touched |= _open_or_join(session, cause, fallen[cause], now=now)
    if answered:
        touched |= recover(session, answered, now=now)
    ordered = sorted(touched)
    store.announce(session, ordered)
    return ordered


def _own(change: StateChange) -> Cause:
    kind = CauseKind.LINK if change.kind is TargetKind.LINK else CauseKind.DEVICE
    return Cause(kind, change.target_id)


def _open_or_join(
    session: WriteSession, cause: Cause, changes: list[StateChange], *, now: datetime
) -> set[int]:
    first = min(change.at for change in changes)
    incident_id, opened = store.open_incident(
        session,
        IncidentStart(cause=cause, kind=KINDS[cause.kind], severity="critical", at=now),
    )
    ids = [change.target_id for change in changes]
    if opened and cause.kind is CauseKind.BRANCH:
        ids += store.fallen_lately(session, cause.id, since=now - MERGE_WITHIN)
    left = store.move_subjects(session, incident_id, ids, at=first)
    for merged in store.resolve_finished(session, sorted(left), at=now):
        store.note(session, merged, "resolved", at=now, data={"merged_into": incident_id})
    if opened:
        sample = min(changes, key=lambda c: c.at)
        data = {"target_id": sample.target_id, **sample.evidence}
        store.note(session, incident_id, "first_lost", at=first, data=data)
        store.note(session, incident_id, "confirmed", at=now, data={"targets": len(ids)})
        store.note(session, incident_id, "opened", at=now, data={"cause": cause.key})
    else:
        store.note(session, incident_id, "joined", at=now, data={"target_ids": ids[:50]})
    return {incident_id} | left


def recover(session: WriteSession, target_ids: Sequence[int], *, now: datetime) -> set[int]:
    """Take answered targets out of their incidents and resolve those that are over."""
    touched = store.recover_subjects(session, target_ids, at=now)
    for incident_id, recovered in sorted(touched.items()):
        store.note(session, incident_id, "recovered", at=now, data={"target_ids": recovered[:50]})
    for incident_id in store.resolve_finished(session, sorted(touched), at=now):
        store.note(session, incident_id, "resolved", at=now, data={})
    return set(touched)
