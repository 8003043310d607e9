"""The state machine: down needs proof, our own blindness is never the target's fault."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from observations import Setting
from wardops.flow import Cause, CauseKind, Outcome, Reachability, StateChange, TargetKind
from wardops.state import Round, judge
from wardops.state.machine import REASONS, Stored

UP, DOWN, UNKNOWN = Reachability.UP, Reachability.DOWN, Reachability.UNKNOWN
ONE = Setting([7])


def changed(done: Round, before: Stored | None) -> StateChange | None:
    changes = judge(done, {7: before} if before else {}).changes
    return changes[0] if changes else None


@pytest.mark.parametrize("before", [None, DOWN, UNKNOWN])
@pytest.mark.parametrize(
    ("outcome", "confirmed", "after"),
    [
        (Outcome.ANSWERED, True, UP),
        (Outcome.LOST, True, DOWN),
        (Outcome.LOST, False, None),
        (Outcome.UNREACHABLE, True, DOWN),
        (Outcome.UNREACHABLE, False, None),
        (Outcome.NO_ROUTE, False, UNKNOWN),
        (Outcome.NO_PERMISSION, False, UNKNOWN),
        (Outcome.INVALID, True, None),
        (Outcome.INVALID, False, None),
    ],
)
def test_each_outcome_leads_where_the_table_says(
    before: Reachability | None, outcome: Outcome, confirmed: bool, after: Reachability | None
) -> None:
    stored = Stored(before, "earlier") if before else None
    change = changed(ONE.seen(1, outcome, confirmed=confirmed), stored)
    old = before or UP
    expected = (old, after) if after and after is not old else None
    assert (change and (change.old, change.new)) == expected


def test_a_change_tells_when_why_and_what_proves_it() -> None:
    blamed = Cause(CauseKind.BRANCH, 3)
    done = Setting([7], branch=3, links=[1], causes={7: blamed}).seen(2, Outcome.LOST)
    change = changed(done, None)
    assert change is not None
    assert (change.at, change.reason, change.cause) == (done.started_at, "no_answer", blamed)
    assert (change.kind, change.branch_id) == (TargetKind.LINK, 3)
    assert change.evidence == {"sent": 4, "lost": 4, "slot": done.slot_ms}


def test_a_new_reason_without_a_new_state_is_kept() -> None:
    before = {7: Stored(UNKNOWN, "no_route")}
    judged = judge(ONE.seen(1, Outcome.NO_PERMISSION), before)
    assert (judged.changes, judged.reasons) == ([], {7: "no_permission"})


def test_a_spoilt_round_is_not_a_check() -> None:
    judged = judge(Setting([1, 2]).seen(1, [Outcome.INVALID, Outcome.LOST]), {})
    assert judged.checked.tolist() == [False, True]


outcomes = st.lists(st.tuples(st.sampled_from(Outcome), st.booleans()), min_size=1, max_size=30)


@given(outcomes)
def test_down_follows_only_a_lost_burst_and_up_only_an_answer(
    seen: list[tuple[Outcome, bool]],
) -> None:
    stored = Stored(UNKNOWN, "never_checked")
    for slot, (outcome, confirmed) in enumerate(seen):
        change = changed(ONE.seen(slot, outcome, confirmed=confirmed), stored)
        if change is None:
            continue
        assert change.old is stored.state is not change.new
        if change.new is DOWN:
            assert confirmed
            assert outcome in (Outcome.LOST, Outcome.UNREACHABLE)
        else:
            assert (change.new is UP) == (outcome is Outcome.ANSWERED)
        stored = Stored(change.new, change.reason)


@given(st.lists(st.sampled_from(Outcome), min_size=1, max_size=50))
def test_rows_are_judged_each_for_itself(seen: list[Outcome]) -> None:
    ids = np.arange(1, len(seen) + 1) * 3
    judged = judge(Setting(ids.tolist()).seen(1, seen), {})
    expected = {i: REASONS[o] for i, o in zip(ids.tolist(), seen, strict=True)
                if o not in (Outcome.ANSWERED, Outcome.INVALID)}  # fmt: skip
    assert {c.target_id: c.reason for c in judged.changes} == expected
