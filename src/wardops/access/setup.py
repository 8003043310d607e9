"""The first administrator: made with a one-time token that the start prints."""

from __future__ import annotations

from datetime import datetime, timedelta

from wardops.access import store
from wardops.access.passwords import check_new_password, hash_password
from wardops.access.permissions import Role
from wardops.access.store import User
from wardops.access.users import create_user
from wardops.core import clock
from wardops.core.database import ReadSession, WriteSession
from wardops.core.errors import Conflict, Forbidden
from wardops.core.secrets import Secret, new_token, token_hash

_VALID = timedelta(hours=24)


def needs_setup(session: ReadSession) -> bool:
    """True while nobody can sign in as administrator."""
    return not store.has_administrator(session)


def issue_setup_token(session: WriteSession) -> Secret:
    """A token that makes one administrator within 24 hours; tokens from before end.

    Raises Conflict when there is an administrator already.
    """
    store.lock_setup(session)
    _refuse_when_done(session)
    token, at = new_token("setup_"), clock.now()
    store.replace_setup_token(session, token_hash(token.reveal()), at, at + _VALID)
    return token


def set_up(
    session: WriteSession,
    token: Secret,
    *,
    username: str,
    display_name: str,
    password: Secret,
    at: datetime,
) -> User:
    """Use up `token` and make the first administrator.

    Raises Forbidden for a token that is unknown, used or expired, Conflict when there is an
    administrator, InvalidInput for a bad name or password; the token then stays good.
    """
    store.lock_setup(session)
    _refuse_when_done(session)
    if not store.take_setup_token(session, token_hash(token.reveal()), at):
        raise Forbidden(
            "The set-up token is unknown, used or expired.",
            hint="Start the server again: it prints a new one.",
        )
    return create_user(
        session,
        username=username,
        display_name=display_name,
        role=Role.ADMIN,
        password=password,
    )


def ensure_administrator(session: WriteSession, password: Secret) -> bool:
    """Make the user `admin` with `password` unless there is an administrator; True if made."""
    store.lock_setup(session)
    if not needs_setup(session):
        return False
    check_new_password(password, username="admin", field="WARD_ADMIN_PASSWORD")
    row = store.password_row(session, "admin")
    if row is None:
        create_user(session, username="admin", display_name="", role=Role.ADMIN, password=password)
        return True
    store.set_password(session, row.id, hash_password(password))
    store.update_user(session, row.id, {"role": Role.ADMIN, "disabled": False})
    return True


def _refuse_when_done(session: ReadSession) -> None:
    if not needs_setup(session):
        raise Conflict("There is an administrator already.", hint="Sign in instead.")
