"""Incidents: one for each cause, over when nothing of it is down, told to the stream."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import permutations

import pytest

from factories import make_branch, make_device, make_link
from wardops import alerting
from wardops.alerting import Incident, IncidentFilter, SystemFault
from wardops.core import stream
from wardops.core.clock import now
from wardops.core.database import Database, WriteSession
from wardops.core.errors import NotFound
from wardops.core.http import Window
from wardops.flow import Cause, CauseKind, Reachability, StateChange, TargetKind

DOWN, UP = Reachability.DOWN, Reachability.UP


def becomes(
    session: WriteSession, new: Reachability, *ids: int, cause: Cause | None = None
) -> list[StateChange]:
    """Store the state of devices as the round would, and answer the changes."""
    at = now()
    session.execute(
        "UPDATE target_status SET state = %s, since = %s, last_checked_at = %s, "
        "stale_after = now() + interval '1 min', "
        "down_since = CASE WHEN %s = 'down' THEN %s::timestamptz END WHERE target_id = ANY(%s)",
        (new, at, at, new, at, list(ids)),
    )
    old = UP if new is DOWN else DOWN
    return [
        StateChange(i, TargetKind.DEVICE, None, old, new, at, "", {"sent": 4}, cause) for i in ids
    ]


def fall(db: Database, *ids: int, cause: Cause | None = None) -> None:
    with db.transaction() as session:
        alerting.apply_changes(session, becomes(session, DOWN, *ids, cause=cause), now=now())


def rise(db: Database, *ids: int) -> None:
    with db.transaction() as session:
        alerting.apply_changes(session, becomes(session, UP, *ids), now=now())


def incidents(db: Database, *states: str) -> list[Incident]:
    with db.reading() as session:
        return alerting.find_incidents(session, IncidentFilter(states=states), Window())[0]


def open_ones(db: Database) -> list[str]:
    return sorted(f"{i.cause_kind}:{i.cause_id}" for i in incidents(db, "open", "acknowledged"))


def story(db: Database, incident_id: int) -> list[str]:
    with db.reading() as session:
        return [entry.kind for entry in alerting.timeline_of(session, incident_id)]


def a_branch(db: Database, devices: int = 3) -> tuple[int, list[int]]:
    with db.transaction() as session:
        branch = make_branch(session)
        return branch, [make_device(session, branch_id=branch) for _ in range(devices)]


def reconcile(db: Database, *, at: datetime | None = None) -> alerting.Reconciled:
    with db.transaction() as session:
        return alerting.reconcile(session, now=at or now() + timedelta(seconds=5))


def later(db: Database, seconds: int) -> None:
    """Let what is stored be that much older."""
    with db.transaction() as session:
        session.execute(
            "UPDATE target_status SET since = since - make_interval(secs => %(s)s), "
            "down_since = down_since - make_interval(secs => %(s)s)",
            {"s": seconds},
        )


def test_all_that_one_cause_silences_is_one_incident(db: Database) -> None:
    branch, ids = a_branch(db)
    cause = Cause(CauseKind.BRANCH, branch)
    fall(db, *ids[:2], cause=cause)
    fall(db, ids[2], cause=cause)
    (found,) = incidents(db)
    assert (found.kind, found.branch_id, found.subject_count) == ("branch_down", branch, 3)
    assert story(db, found.id) == ["first_lost", "confirmed", "opened", "joined"]


def test_an_incident_is_over_when_its_last_subject_answers(db: Database) -> None:
    _, ids = a_branch(db)
    fall(db, *ids, cause=Cause(CauseKind.DEVICE, ids[0]))
    rise(db, ids[0])
    assert [i.state for i in incidents(db)] == ["open"]
    rise(db, *ids[1:])
    assert [i.state for i in incidents(db)] == ["resolved"]
    fall(db, ids[0])
    assert [i.state for i in incidents(db)] == ["open", "resolved"]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_whatever_order_the_shards_write_in_there_is_one_incident(
    db: Database, order: Sequence[int]
) -> None:
    branch, ids = a_branch(db)
    for number in order:
        fall(db, ids[number], cause=Cause(CauseKind.BRANCH, branch))
    assert open_ones(db) == [f"branch:{branch}"]
    for number in order:
        rise(db, ids[number])
    assert open_ones(db) == []


def test_writers_at_the_same_time_open_one_incident(db: Database) -> None:
    branch, ids = a_branch(db, 4)
    cause, start = Cause(CauseKind.BRANCH, branch), threading.Barrier(4)

    def write(number: int) -> None:
        start.wait()
        fall(db, number, cause=cause)

    threads = [threading.Thread(target=write, args=(number,)) for number in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (found,) = incidents(db)
    assert (found.subject_count, found.subjects_down) == (4, 4)


def test_a_target_never_joins_an_incident_that_is_being_resolved(db: Database) -> None:
    branch, ids = a_branch(db, 2)
    cause = Cause(CauseKind.BRANCH, branch)
    fall(db, ids[0], cause=cause)
    joins = threading.Thread(target=fall, args=(db, ids[1]), kwargs={"cause": cause})
    with db.transaction() as session:
        alerting.apply_changes(session, becomes(session, UP, ids[0]), now=now())
        joins.start()
        joins.join(0.3)  # it waits for the row that this transaction holds
    joins.join()
    with db.reading() as session:
        homeless = session.value(
            "SELECT count(*) FROM incident_subjects s JOIN incidents i ON i.id = s.incident_id "
            "WHERE s.recovered_at IS NULL AND i.state = 'resolved'"
        )
    assert homeless == 0
    assert open_ones(db) == [f"branch:{branch}"]


def test_devices_that_went_down_one_by_one_become_the_branch_they_were(db: Database) -> None:
    branch, ids = a_branch(db)
    fall(db, ids[0])
    fall(db, ids[1])
    fall(db, ids[2], cause=Cause(CauseKind.BRANCH, branch))
    assert open_ones(db) == [f"branch:{branch}"]
    assert {i.subject_count for i in incidents(db, "open")} == {3}
    assert "resolved" in story(db, incidents(db, "resolved")[0].id)


def test_every_change_of_an_incident_is_on_the_stream(db: Database) -> None:
    with db.reading() as session:
        start = stream.present(session)
    _, ids = a_branch(db, 1)
    fall(db, ids[0])
    number = incidents(db)[0].id
    with db.transaction() as session:
        who = (None, "nino")
        assert alerting.acknowledge(session, [number], actor=who, text="on it", now=now())
        assert not alerting.acknowledge(session, [number], actor=who, text=None, now=now())
        alerting.comment(session, number, actor=who, text="power cut", now=now())
    rise(db, ids[0])
    with db.reading() as session:
        told = [e.payload["change"] for e in stream.read_after(session, start)
                if e.kind == "incident"]  # fmt: skip
        lines = alerting.timeline_of(session, number)
    assert told == ["opened", "acknowledged", "commented", "resolved"]
    assert [(e.actor, e.text) for e in lines if e.actor] == [
        ("nino", "on it"),
        ("nino", "power cut"),
    ]


def test_there_is_nothing_to_say_on_an_incident_that_is_not_there(db: Database) -> None:
    with db.transaction() as session, pytest.raises(NotFound, match="no incident 99"):
        alerting.comment(session, 99, actor=(None, "a"), text="?", now=now())


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM devices",
        "UPDATE devices SET enabled = false",
        "UPDATE target_status SET state = 'up', down_since = NULL",
    ],
)
def test_what_is_deleted_switched_off_or_up_again_leaves_its_incident(
    db: Database, statement: str
) -> None:
    _, ids = a_branch(db, 1)
    fall(db, ids[0])
    with db.transaction() as session:
        session.execute(statement)  # type: ignore[arg-type]
    assert reconcile(db).recovered == 1
    assert open_ones(db) == []
    assert reconcile(db) == alerting.Reconciled(0, 0, 0)


def test_what_is_down_without_an_incident_gets_one(db: Database) -> None:
    with db.transaction() as session:
        device, link = make_device(session), make_link(session)
        becomes(session, DOWN, device, link)
    later(db, 10)
    assert reconcile(db).opened == 2
    assert open_ones(db) == [f"device:{device}", f"link:{link}"]
    assert reconcile(db).opened == 0


def test_what_is_switched_on_again_is_asked_before_it_is_raised(db: Database) -> None:
    with db.transaction() as session:
        device = make_device(session)
        becomes(session, DOWN, device)
        session.execute("UPDATE target_status SET stale_after = now() - interval '1 hour'")
    later(db, 3600)
    assert reconcile(db).opened == 0
    with db.transaction() as session:
        session.execute("UPDATE target_status SET stale_after = now() + interval '15 s'")
    assert reconcile(db).opened == 1


def test_an_incident_that_a_target_joins_meanwhile_is_not_resolved(
    db: Database, wait_until: Callable[..., None]
) -> None:
    branch, ids = a_branch(db)
    cause = Cause(CauseKind.BRANCH, branch)
    fall(db, ids[0], cause=cause)
    number = incidents(db)[0].id
    resolved: list[list[int]] = []

    def resolve() -> None:
        with db.transaction() as session:
            alerting.store.drop_subjects(session, number, ids[:1], at=now())
            resolved.append(alerting.store.resolve_finished(session, [number], at=now()))

    with db.transaction() as session:
        alerting.apply_changes(session, becomes(session, DOWN, ids[1], cause=cause), now=now())
        resolver = threading.Thread(target=resolve)
        resolver.start()
        wait_until(lambda: waiting_for_locks(db))
    resolver.join()
    assert resolved == [[]]
    assert open_ones(db) == [f"branch:{branch}"]


def waiting_for_locks(db: Database) -> int:
    with db.reading() as session:
        return int(session.value("SELECT count(*) FROM pg_locks WHERE NOT granted"))


def test_acknowledging_while_it_is_resolved_leaves_it_resolved(
    db: Database, wait_until: Callable[..., None]
) -> None:
    _, ids = a_branch(db, 1)
    fall(db, ids[0])
    number = incidents(db)[0].id
    taken: list[list[int]] = []

    def acknowledge() -> None:
        with db.transaction() as session:
            who = (None, "nino")
            taken.append(alerting.acknowledge(session, [number], actor=who, text=None, now=now()))

    with db.transaction() as session:
        alerting.apply_changes(session, becomes(session, UP, ids[0]), now=now())
        person = threading.Thread(target=acknowledge)
        person.start()
        wait_until(lambda: waiting_for_locks(db))
    person.join()
    assert taken == [[]]
    assert story(db, number)[-1] == "resolved"


def test_what_stays_down_of_a_branch_that_answers_is_raised_on_its_own(db: Database) -> None:
    branch, ids = a_branch(db)
    fall(db, *ids, cause=Cause(CauseKind.BRANCH, branch))
    later(db, 60)
    rise(db, *ids[:2])
    assert reconcile(db).split == 0  # the rest may answer in a moment
    with db.transaction() as session:
        session.execute(
            "UPDATE target_status SET since = since - interval '1 min' WHERE state = 'up'"
        )
        session.execute("UPDATE incidents SET opened_at = opened_at - interval '2 min'")
        session.execute("UPDATE target_status SET last_checked_at = NULL WHERE state = 'up'")
    assert reconcile(db).split == 0  # stored as up, but not asked since the incident was opened
    with db.transaction() as session:
        session.execute("UPDATE target_status SET last_checked_at = now() WHERE state = 'up'")
    assert reconcile(db).split == 1
    assert open_ones(db) == [f"device:{ids[2]}"]


def test_a_target_left_in_a_resolved_incident_is_raised_again(db: Database) -> None:
    _, ids = a_branch(db, 1)
    fall(db, ids[0])
    later(db, 60)
    with db.transaction() as session:
        session.execute("UPDATE incidents SET state = 'resolved', resolved_at = now()")
    assert reconcile(db).opened == 1
    assert open_ones(db) == [f"device:{ids[0]}"]


@pytest.mark.finding(13)
def test_a_fault_of_ours_is_opened_once_and_resolved_when_the_part_is_sound(db: Database) -> None:
    fault = SystemFault("workers", "No worker serves alert", "Start one.")
    for _ in range(2):
        with db.transaction() as session:
            alerting.report_faults(session, [fault], sound=["queue"], now=now())
    (found,) = incidents(db)
    assert (found.kind, found.title, found.severity) == ("system", fault.title, "critical")
    with db.reading() as session:
        assert alerting.timeline_of(session, found.id)[0].text == "Start one."
    with db.transaction() as session:
        alerting.report_faults(session, [], sound=["workers"], now=now())
    assert [i.state for i in incidents(db)] == ["resolved"]
