"""Signing in and out: sessions are opaque tokens of which only the hash is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from wardops.access import store
from wardops.access.limits import Limiter
from wardops.access.passwords import check_new_password, hash_password, is_right, needs_rehash
from wardops.access.users import get_user
from wardops.core.database import Database, WriteSession
from wardops.core.errors import FieldFault, InvalidInput, NotAuthenticated
from wardops.core.secrets import Secret, new_token, token_hash

_WINDOW_S = 300
# One address may fail for several people, and one person from several addresses, but less often
# than each pair could: guessing from many sides meets these.
_SHARED_FACTOR = 5


class InvalidCredentials(NotAuthenticated):
    """User name and password do not belong together, or the user is disabled."""

    code = "invalid_credentials"
    title = "Sign-in failed"


@dataclass(frozen=True, slots=True)
class Client:
    """Where a sign-in comes from, as far as we are told."""

    address: str
    user_agent: str = ""


@dataclass(frozen=True, slots=True)
class SignIn:
    """What a person typed."""

    username: str
    password: Secret


def count_attempt(limiter: Limiter, typed: SignIn, client: Client, *, limit: int) -> None:
    """Count a sign-in before it is checked. Raises TooMany when there were too many failures."""
    for key, factor in _attempt_keys(typed, client).items():
        limiter.take(
            key,
            limit=limit * factor,
            window_s=_WINDOW_S,
            told="Too many failed sign-ins.",
        )


def forgive_attempt(limiter: Limiter, typed: SignIn, client: Client) -> None:
    """The sign-in was good: it does not count."""
    for key in _attempt_keys(typed, client):
        limiter.give_back(key)


def check_password(database: Database, typed: SignIn) -> int:
    """The id of the user who typed this.

    No connection is held while the hash is computed. Raises InvalidCredentials, in the same time
    and words for an unknown user, a wrong password and a disabled user.
    """
    with database.reading() as session:
        row = store.password_row(session, typed.username.strip().lower())
    right = is_right(row.password_hash if row else None, typed.password)
    if row is None or not right or row.disabled:
        raise InvalidCredentials("User name and password do not belong together.")
    if needs_rehash(row.password_hash):
        rehashed = hash_password(typed.password)
        with database.transaction() as writing:
            store.set_password(writing, row.id, rehashed)
    return row.id


def open_session(
    session: WriteSession, user_id: int, client: Client, *, at: datetime, hours: int
) -> Secret:
    """A fresh session for `user_id` that lives `hours` unused; its token is told once."""
    token = new_token()
    store.delete_sessions(session, user_id, before=at)
    store.insert_session(
        session,
        store.NewSession(
            token_hash=token_hash(token.reveal()),
            user_id=user_id,
            at=at,
            expires_at=at + timedelta(hours=hours),
            address=client.address[:100],
            user_agent=client.user_agent[:300],
        ),
    )
    store.note_login(session, user_id, at)
    return token


def rotate_session(session: WriteSession, token: Secret, *, at: datetime, hours: int) -> Secret:
    """Give the session another token. Raises NotAuthenticated when it ended meanwhile."""
    fresh = new_token()
    old, new = token_hash(token.reveal()), token_hash(fresh.reveal())
    if not store.move_session(session, old, new, at + timedelta(hours=hours)):
        raise NotAuthenticated("The session has ended.")
    return fresh


def close_session(session: WriteSession, token: Secret) -> None:
    """End the session of `token`."""
    store.delete_session(session, token_hash(token.reveal()))


def change_password(
    database: Database, user_id: int, *, current: Secret, new: Secret, keep: Secret
) -> None:
    """Let a user replace their password; all their sessions but `keep` end.

    Raises InvalidInput for a wrong current password or one that is too weak.
    """
    with database.reading() as session:
        user = get_user(session, user_id)
        row = store.password_row(session, user.username)
    if row is None or not is_right(row.password_hash, current):
        fault = FieldFault("current_password", "is not your password", "")
        raise InvalidInput("The password was not changed.", faults=[fault])
    check_new_password(new, username=user.username, field="new_password")
    hashed = hash_password(new)
    with database.transaction() as writing:
        store.set_password(writing, user_id, hashed)
        store.delete_sessions(writing, user_id, keep=token_hash(keep.reveal()))


def _attempt_keys(typed: SignIn, client: Client) -> dict[str, int]:
    """Counters of a sign-in with how many times the limit each allows; names are hashed."""
    name = token_hash(typed.username.strip().lower())[:12].hex()
    return {
        f"login:{client.address}:{name}": 1,
        f"login:address:{client.address}": _SHARED_FACTOR,
        f"login:user:{name}": _SHARED_FACTOR,
    }
