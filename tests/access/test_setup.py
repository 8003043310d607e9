"""The first administrator."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from wardops import access
from wardops.core import clock
from wardops.core.database import Database
from wardops.core.errors import Conflict, Forbidden, InvalidInput, WardError
from wardops.core.secrets import Secret

GOOD = Secret("correct horse battery")


def set_up(db: Database, token: Secret, name: str = "root") -> None:
    with db.transaction() as session:
        access.set_up(session, token, username=name, display_name="", password=GOOD, at=clock.now())


def test_new_token_ends_the_one_before(db: Database) -> None:
    with db.transaction() as session:
        first = access.issue_setup_token(session)
    with db.transaction() as session:
        second = access.issue_setup_token(session)
    with pytest.raises(Forbidden):
        set_up(db, first)
    set_up(db, second)


def test_token_ends_after_a_day(db: Database) -> None:
    with db.transaction() as session:
        token = access.issue_setup_token(session)
    tomorrow = clock.now() + timedelta(hours=25)
    with clock.clock_showing(lambda: tomorrow), pytest.raises(Forbidden):
        set_up(db, token)


def test_two_at_once_make_one_administrator(db: Database) -> None:
    with db.transaction() as session:
        token = access.issue_setup_token(session)
    outcomes: list[type[WardError] | None] = []

    def attempt(name: str) -> None:
        try:
            set_up(db, token, name)
            outcomes.append(None)
        except WardError as error:
            outcomes.append(type(error))

    threads = [threading.Thread(target=attempt, args=(f"root{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count(None) == 1
    assert outcomes.count(Conflict) == 3


def test_no_token_is_given_out_once_there_is_an_administrator(db: Database) -> None:
    with db.transaction() as session:
        assert access.ensure_administrator(session, GOOD)
        assert not access.needs_setup(session)
        with pytest.raises(Conflict):
            access.issue_setup_token(session)


def test_given_password_makes_the_administrator_only_once(db: Database) -> None:
    with db.transaction() as session:
        assert access.ensure_administrator(session, GOOD)
    with db.transaction() as session:
        assert not access.ensure_administrator(session, Secret("another password"))
    assert access.check_password(db, access.SignIn("admin", GOOD))


def test_weak_given_password_names_the_setting(db: Database) -> None:
    with pytest.raises(InvalidInput) as refused, db.transaction() as session:
        access.ensure_administrator(session, Secret("short"))
    assert refused.value.faults[0].field == "WARD_ADMIN_PASSWORD"


def test_given_password_brings_back_an_administrator_who_was_lost(db: Database) -> None:
    with db.transaction() as session:
        access.ensure_administrator(session, GOOD)
        session.execute("UPDATE users SET role = 'viewer', disabled = true")
    with db.transaction() as session:
        assert access.ensure_administrator(session, Secret("another password"))
    assert access.check_password(db, access.SignIn("admin", Secret("another password")))


def test_two_administrators_who_step_down_at_once_leave_one(db: Database) -> None:
    with db.transaction() as session:
        ids = [
            access.create_user(
                session, username=name, display_name="", role=access.Role.ADMIN, password=GOOD
            ).id
            for name in ("one", "two")
        ]
    outcomes: list[bool] = []

    def step_down(user_id: int) -> None:
        try:
            with db.transaction() as session:
                access.change_user(session, user_id, {"role": access.Role.VIEWER})
            outcomes.append(True)
        except Conflict:
            outcomes.append(False)

    threads = [threading.Thread(target=step_down, args=(user_id,)) for user_id in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False, True]


def test_what_is_over_is_pruned(db: Database) -> None:
    with db.transaction() as session:
        access.issue_setup_token(session)
        assert access.prune(session, clock.now()) == 0
        assert access.prune(session, clock.now() + timedelta(days=2)) == 1
