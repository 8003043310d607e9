"""The state machine: readings against the state before, as pure functions on arrays.

answered                         → up
lost or unreachable, confirmed   → down     (confirmed = the burst was silent too)
lost or unreachable, unconfirmed → as before
no route, no permission          → unknown, with the reason
spoilt round                     → as before, and not counted as a check
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wardops.flow import Outcome, Reachability, StateChange, TargetKind
from wardops.state.round import Round

REASONS = {
    Outcome.ANSWERED: "answered",
    Outcome.LOST: "no_answer",
    Outcome.UNREACHABLE: "unreachable",
    Outcome.NO_ROUTE: "no_route",
    Outcome.NO_PERMISSION: "no_permission",
    Outcome.INVALID: "invalid_round",
}


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored of a target that is not simply up."""

    state: Reachability
    reason: str


Exceptions = Mapping[int, Stored]
"""Stored state by target id; a target that is not in it is up."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a round makes of its targets."""

    changes: list[StateChange]
    reasons: dict[int, str]
    """New reason of targets whose state stays but whose reason does not."""
    checked: npt.NDArray[np.bool_]
    """Parallel to the round: False where nothing was learnt, so the state may go stale."""


def judge(done: Round, stored: Exceptions) -> Judgement:
    """Compare the round with what is stored."""
    outcome = done.readings.outcome
    silent = (outcome == Outcome.LOST) | (outcome == Outcome.UNREACHABLE)
    blind = (outcome == Outcome.NO_ROUTE) | (outcome == Outcome.NO_PERMISSION)
    candidates = (silent & (done.readings.sent > 1)) | blind
    if stored:
        candidates |= (outcome == Outcome.ANSWERED) & np.isin(
            done.ids, np.fromiter(stored, dtype=np.int64)
        )
    changes: list[StateChange] = []
    reasons: dict[int, str] = {}
    for row in np.flatnonzero(candidates):
        target_id = int(done.ids[row])
        before = stored.get(target_id, Stored(Reachability.UP, "answered"))
        after = _after(Outcome(int(outcome[row])))
        if after.state is not before.state:
            changes.append(_change(done, int(row), before, after))
        elif after.reason != before.reason:
            reasons[target_id] = after.reason
    return Judgement(changes, reasons, checked=outcome != Outcome.INVALID)


def _after(outcome: Outcome) -> Stored:
    states = {
        Outcome.ANSWERED: Reachability.UP,
        Outcome.LOST: Reachability.DOWN,
        Outcome.UNREACHABLE: Reachability.DOWN,
    }
    return Stored(states.get(outcome, Reachability.UNKNOWN), REASONS[outcome])


def _change(done: Round, row: int, before: Stored, after: Stored) -> StateChange:
    target_id = int(done.ids[row])
    return StateChange(
        target_id=target_id,
        kind=TargetKind.LINK if done.links[row] else TargetKind.DEVICE,
        branch_id=int(done.branches[row]) or None,
        old=before.state,
        new=after.state,
        at=done.started_at,
        reason=after.reason,
        evidence=_evidence(done, row),
        cause=done.causes.get(target_id) if after.state is Reachability.DOWN else None,
    )


def _evidence(done: Round, row: int) -> dict[str, object]:
    readings = done.readings
    sent, lost = int(readings.sent[row]), int(readings.lost[row])
    evidence: dict[str, object] = {"sent": sent, "lost": lost, "slot": done.slot_ms}
    if done.addresses:
        evidence["address"] = done.addresses[row]
    if readings.code[row]:
        evidence["code"] = int(readings.code[row])
    if lost < sent:
        evidence["rtt_ms"] = round(float(readings.rtt_avg[row]) * 1000, 3)
    return evidence
