"""Passwords: the rule for new ones, and Argon2id for all of them.

One hash takes 64 MiB and about 0.1 s, so few are computed at a time and few may wait: a flood of
sign-ins is turned away, it does not take the memory or the threads of everything else.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type

from wardops.core.errors import FieldFault, InvalidInput, TooMany
from wardops.core.secrets import Secret, new_token

MIN_LENGTH = 10
MAX_LENGTH = 1000

_HASHER = PasswordHasher(
    time_cost=3, memory_cost=64 * 1024, parallelism=4, hash_len=32, salt_len=16, type=Type.ID
)
_AT_A_TIME = 2
_MAY_WAIT = 2
_running = threading.BoundedSemaphore(_AT_A_TIME)
_admitted = threading.BoundedSemaphore(_AT_A_TIME + _MAY_WAIT)


def hash_password(password: Secret) -> str:
    """The text to store for `password`; it holds parameters and salt."""
    with _turn():
        return _HASHER.hash(password.reveal())


def is_right(stored: str | None, password: Secret) -> bool:
    """Whether `password` belongs to `stored`; takes as long when there is nobody (None)."""
    with _turn():
        try:
            _HASHER.verify(_nobody() if stored is None else stored, password.reveal())
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None


def needs_rehash(stored: str) -> bool:
    """True when `stored` was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(stored)


def check_new_password(password: Secret, *, username: str, field: str = "password") -> None:
    """Refuse a password that is too short, too long, or the user's own name.

    Raises InvalidInput that names `field`.
    """
    text = password.reveal()
    fault = ""
    if len(text) < MIN_LENGTH:
        fault = f"has {len(text)} characters, {MIN_LENGTH} are needed"
    elif len(text) > MAX_LENGTH:
        fault = f"has more than {MAX_LENGTH} characters"
    elif text.strip().lower() == username.lower() or len(set(text)) < 3:
        fault = "is too easy to guess"
    if fault:
        raise InvalidInput(
            "The password cannot be taken.",
            faults=[FieldFault(field, fault, "Several unrelated words are strong and easy.")],
        )


@contextmanager
def _turn() -> Iterator[None]:
    if not _admitted.acquire(blocking=False):
        raise TooMany("Too many people are signing in at this moment.", retry_after=1)
    try:
        with _running:
            yield
    finally:
        _admitted.release()


@cache
def _nobody() -> str:
    """The hash of a password nobody has, to compare with when the user does not exist."""
    return _HASHER.hash(new_token().reveal())
