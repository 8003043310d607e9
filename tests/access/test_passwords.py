"""Passwords are hashed as the audit asked, in bounded memory, and upgraded at sign-in."""

from __future__ import annotations

import threading

import pytest
from argon2 import PasswordHasher

from wardops import access
from wardops.access import Client, SignIn, passwords, store
from wardops.core import clock
from wardops.core.database import Database
from wardops.core.errors import InvalidInput, TooMany
from wardops.core.secrets import Secret

GOOD = Secret("correct horse battery")


@pytest.mark.finding(26)
def test_hash_is_argon2id_with_64_mib_3_rounds_4_lanes() -> None:
    assert passwords.hash_password(GOOD).startswith("$argon2id$v=19$m=65536,t=3,p=4$")


@pytest.mark.finding(26)
def test_weaker_hash_is_replaced_at_sign_in(db: Database) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(GOOD.reveal())
    with db.transaction() as session:
        store.insert_user(
            session, username="ana", display_name="", role="viewer", password_hash=weak
        )
    user_id = access.check_password(db, SignIn("ana", GOOD))
    with db.reading() as session:
        row = store.password_row(session, "ana")
    assert row is not None
    assert row.id == user_id
    assert row.password_hash != weak
    assert not passwords.needs_rehash(row.password_hash)
    assert access.check_password(db, SignIn("ana", GOOD)) == user_id


def test_right_and_wrong_and_nobody() -> None:
    stored = passwords.hash_password(GOOD)
    assert passwords.is_right(stored, GOOD)
    assert not passwords.is_right(stored, Secret("wrong"))
    assert not passwords.is_right(None, GOOD)
    assert not passwords.is_right("not a hash", GOOD)


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("short", "has 5 characters, 10 are needed"),
        ("x" * 1001, "has more than 1000 characters"),
        ("Administrator", "is too easy to guess"),
        ("aaaaaaaaaaaa", "is too easy to guess"),
    ],
)
def test_bad_new_password_is_refused_with_the_reason(password: str, fault: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        passwords.check_new_password(Secret(password), username="administrator")
    assert refused.value.faults[0].message == fault
    assert password not in str(refused.value)


def test_flood_of_sign_ins_is_turned_away_instead_of_queued() -> None:
    stored = passwords.hash_password(GOOD)
    outcomes: list[object] = []

    def attempt() -> None:
        try:
            outcomes.append(passwords.is_right(stored, GOOD))
        except TooMany:
            outcomes.append("turned away")

    threads = [threading.Thread(target=attempt) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count(True) >= 4
    assert outcomes.count("turned away") == 16 - outcomes.count(True) > 0
    assert passwords.is_right(stored, GOOD)


def test_only_hashes_of_secrets_are_stored(db: Database) -> None:
    with db.transaction() as session:
        setup = access.issue_setup_token(session)
        user = access.create_user(
            session, username="a", display_name="", role=access.Role.ADMIN, password=GOOD
        )
        opened = access.open_session(session, user.id, Client(""), at=clock.now(), hours=1)
        _, token = access.create_token(
            session, name="x", role=access.Role.VIEWER, at=clock.now(), created_by=user.id
        )
    with db.reading() as session:
        rows = [
            session.tuples("SELECT t::text FROM users t"),
            session.tuples("SELECT t::text FROM sessions t"),
            session.tuples("SELECT t::text FROM tokens t"),
            session.tuples("SELECT t::text FROM setup_tokens t"),
        ]
    for secret in (setup, GOOD, opened, token):
        assert secret.reveal() not in str(rows)
