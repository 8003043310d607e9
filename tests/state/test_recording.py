"""What is stored of rounds: once, in order, and true about time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from factories import make_device, make_link
from observations import KEY, Setting
from wardops import state
from wardops.core.clock import now
from wardops.core.database import Database, WriteSession
from wardops.flow import Outcome, Reachability
from wardops.state import FlapLimits, Round, TargetName

LIMITS = FlapLimits(window_s=300, device_changes=3, link_changes=2)
UP, LOST, BLIND = Outcome.ANSWERED, Outcome.LOST, Outcome.NO_ROUTE


def store(session: WriteSession, done: Round) -> bool:
    if not state.note_run(session, done, silent=0):
        return False
    judged = state.judge(done, state.exceptions_of(session, done.ids))
    loss = done.readings.lost / done.readings.sent
    rtt = done.readings.rtt_avg
    state.save_round(session, done, ids=done.ids, rtt_s=rtt, loss=loss, stale_s=3600)
    state.record_changes(
        session, judged.changes, judged.reasons, slot_ms=done.slot_ms, limits=LIMITS
    )
    return True


def device(db: Database) -> int:
    with db.transaction() as session:
        return make_device(session)


def play(db: Database, setting: Setting, *outcomes: Outcome) -> None:
    for slot, outcome in enumerate(outcomes, start=1):
        with db.transaction() as session:
            assert store(session, setting.seen(slot, outcome))


def shown(db: Database, target_id: int) -> TargetName:
    with db.reading() as session:
        return state.names_of(session, [target_id])[0]


def test_a_new_target_is_unknown_until_it_is_checked(db: Database) -> None:
    found = shown(db, device(db))
    assert (found.state, found.reason, found.down_since) == ("unknown", "never_checked", None)


def test_down_since_is_when_the_first_packet_was_lost_and_goes_with_the_answer(
    db: Database,
) -> None:
    target = Setting([device(db)])
    play(db, target, UP, LOST, LOST)
    down = shown(db, target.ids[0])
    assert down.down_since == down.since == target.seen(2, LOST).started_at
    with db.transaction() as session:
        store(session, target.seen(4, UP))
    assert shown(db, target.ids[0]).down_since is None
    assert shown(db, target.ids[0]).rtt_ms == pytest.approx(1, abs=0.01)


def test_a_round_of_an_older_slot_stores_nothing(db: Database) -> None:
    target = Setting([device(db)])
    with db.transaction() as session:
        assert store(session, target.seen(5, UP))
        assert not store(session, target.seen(4, LOST))
    assert shown(db, target.ids[0]).state == "up"


def test_the_same_round_twice_is_stored_once(db: Database) -> None:
    target = Setting([device(db)])
    with db.transaction() as session:
        assert store(session, target.seen(5, LOST))
        assert not store(session, target.seen(5, LOST))
        assert state.events_of(session, target.ids[0], skip=0, limit=9)[1] == 1


def test_a_target_that_moved_to_another_shard_is_not_judged_by_its_old_one(db: Database) -> None:
    here = Setting([device(db)])
    there = Setting(here.ids, key=KEY.__class__("main", 3000, 9))
    with db.transaction() as session:
        store(session, here.seen(60, UP))
        store(session, there.seen(10, LOST))  # an older moment, another shard
    assert shown(db, here.ids[0]).state == "up"


def test_two_shards_that_judge_a_moved_target_for_one_moment_do_not_undo_each_other(
    db: Database,
) -> None:
    moved, other = device(db), device(db)
    here = Setting([moved])
    there = Setting([moved, other], key=KEY.__class__("main", 3000, 9), start_ms=here.start_ms)
    play(db, here, UP)
    with db.transaction() as session:
        store(session, here.seen(3, LOST))
        late = there.seen(5, [UP, UP])
        assert late.slot_ms == here.seen(3, LOST).slot_ms
        store(session, late)
    assert shown(db, moved).state == "down"
    assert shown(db, other).state == "up"


def test_a_target_deleted_meanwhile_leaves_nothing(db: Database) -> None:
    target = Setting([device(db)])
    with db.transaction() as session:
        session.execute("DELETE FROM devices")
        store(session, target.seen(1, LOST))
        assert state.events_of(session, target.ids[0], skip=0, limit=9) == ([], 0)
        assert session.value("SELECT count(*) FROM status_intervals") == 0


def test_missed_slots_are_counted(db: Database) -> None:
    target = Setting([device(db)])
    with db.transaction() as session:
        for slot in (1, 2, 5):
            store(session, target.seen(slot, UP))
        assert session.tuples("SELECT slots_done, slots_missed FROM shard_runs") == [(3, 2)]
        assert state.newest_slot(session) == target.seen(5, UP).slot_ms
        assert state.shard_slots(session) == {KEY: target.seen(5, UP).slot_ms}


@examples(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from([UP, LOST, BLIND, Outcome.INVALID]), min_size=1, max_size=12))
def test_intervals_are_contiguous_and_agree_with_the_events(
    db: Database, seen: list[Outcome]
) -> None:
    with db.transaction() as session:
        session.execute("TRUNCATE shard_runs")
    target = Setting([device(db)])
    play(db, target, *seen)
    with db.reading() as session:
        number = target.ids[0]
        events, total = state.events_of(session, number, skip=0, limit=100)
        spans = state.intervals_of(
            session, number, start=now() - timedelta(days=1), end=now() + timedelta(days=1)
        )
    assert total == len(events) == len(spans)
    assert [span.state for span in spans] == [event.to_state for event in reversed(events)]
    assert [span.until for span in spans] == [*(span.since for span in spans[1:]), None][
        : len(spans)
    ]
    found = shown(db, number)
    assert (found.down_since is not None) == (found.state == Reachability.DOWN)
    if spans:
        assert (found.state, found.since) == (spans[-1].state, spans[-1].since)


@pytest.mark.parametrize(
    ("is_link", "outcomes", "flapping"),
    [
        (False, [UP, LOST, UP], False),
        (False, [UP, LOST, UP, LOST], True),
        (True, [UP, LOST], False),
        (True, [UP, LOST, UP], True),
        (False, [UP, BLIND, UP, BLIND, UP, BLIND, UP], False),  # our blindness is no flapping
    ],
)
def test_flapping_is_three_changes_of_a_device_or_two_of_a_link(
    db: Database, is_link: bool, outcomes: list[Outcome], flapping: bool
) -> None:
    with db.transaction() as session:
        number = make_link(session) if is_link else make_device(session)
    play(db, Setting([number], links=[int(is_link)]), *outcomes)
    assert shown(db, number).flapping is flapping


def test_flapping_settles_when_the_window_is_calm(db: Database) -> None:
    target = Setting([device(db)])
    play(db, target, UP, LOST, UP, LOST, UP)
    assert shown(db, target.ids[0]).status == "flapping"
    with db.transaction() as session:
        assert state.settle_flapping(session, limits=LIMITS) == []
        session.execute("UPDATE status_events SET at = at - interval '10 minutes'")
        assert state.settle_flapping(session, limits=LIMITS) == [target.ids[0]]
    assert shown(db, target.ids[0]).status == "up"


def test_blindness_does_not_keep_the_mark_of_flapping(db: Database) -> None:
    target = Setting([device(db)])
    play(db, target, UP, LOST, UP, LOST, UP)
    with db.transaction() as session:
        session.execute("UPDATE status_events SET at = at - interval '10 minutes'")
        for slot, outcome in enumerate([BLIND, UP, BLIND, UP], start=6):
            store(session, target.seen(slot, outcome))
        assert state.settle_flapping(session, limits=LIMITS) == [target.ids[0]]


def test_a_target_that_is_not_checked_for_too_long_is_shown_as_stale(db: Database) -> None:
    target = Setting([device(db)])
    play(db, target, UP)
    with db.transaction() as session:
        session.execute("UPDATE target_status SET stale_after = now() - interval '1 s'")
        assert state.count_stale(session) == 1
    assert shown(db, target.ids[0]).status == "stale"


def test_known_down_targets_are_found(db: Database) -> None:
    one, two = device(db), device(db)
    setting = Setting([one, two])
    with db.transaction() as session:
        done = setting.seen(1, [LOST, UP])
        store(session, done)
        assert state.down_targets(session, done.ids).tolist() == [one]
