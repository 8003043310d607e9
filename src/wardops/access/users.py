"""Users: made, changed and removed by administrators, their own settings by themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping

from wardops.access import store
from wardops.access.passwords import check_new_password, hash_password
from wardops.access.permissions import Role
from wardops.access.store import User
from wardops.core.database import ReadSession, WriteSession
from wardops.core.errors import Conflict, FieldFault, InvalidInput, NotFound
from wardops.core.http import Window
from wardops.core.secrets import Secret

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")


def list_users(session: ReadSession, window: Window, *, q: str = "") -> tuple[list[User], int]:
    """A page of users, and how many match."""
    return store.users(session, window, q)


def get_user(session: ReadSession, user_id: int) -> User:
    """One user. Raises NotFound."""
    found = store.user(session, user_id)
    if found is None:
        raise NotFound(f"There is no user {user_id}.")
    return found


def find_user(session: ReadSession, username: str) -> User:
    """The user of that name. Raises NotFound."""
    row = store.password_row(session, clean_username(username))
    if row is None:
        raise NotFound(f"There is no user {username!r}.", hint="See `ward users list`.")
    return get_user(session, row.id)


def create_user(
    session: WriteSession, *, username: str, display_name: str, role: Role, password: Secret
) -> User:
    """Add a user. Raises InvalidInput for a bad name or password, Conflict for a taken name."""
    name = clean_username(username)
    check_new_password(password, username=name)
    made = store.insert_user(
        session,
        username=name,
        display_name=display_name,
        role=role,
        password_hash=hash_password(password),
    )
    if made is None:
        raise Conflict(
            f"There is a user {name!r} already.",
            faults=[FieldFault("username", "is taken", "Choose another one.")],
        )
    return made


def change_user(session: WriteSession, user_id: int, values: Mapping[str, object]) -> User:
    """Set `display_name`, `role`, `disabled`, or a user's own settings.

    Who is disabled or gets another role is signed out. Raises NotFound, and Conflict when no
    administrator would be left.
    """
    if not values:
        return get_user(session, user_id)
    if values.get("disabled") or values.get("role", Role.ADMIN) != Role.ADMIN:
        _keep_an_administrator(session, user_id)
    changed = store.update_user(session, user_id, values)
    if changed is None:
        raise NotFound(f"There is no user {user_id}.")
    if values.get("disabled") or "role" in values:
        store.delete_sessions(session, user_id)
    return changed


def reset_password(session: WriteSession, user_id: int, password: Secret) -> None:
    """Give a user another password and end all of their sessions. Raises NotFound."""
    user = get_user(session, user_id)
    check_new_password(password, username=user.username)
    store.set_password(session, user_id, hash_password(password))
    store.delete_sessions(session, user_id)


def delete_user(session: WriteSession, user_id: int) -> None:
    """Remove a user. Raises NotFound, and Conflict when no administrator would be left."""
    _keep_an_administrator(session, user_id)
    if not store.delete_user(session, user_id):
        raise NotFound(f"There is no user {user_id}.")


def clean_username(text: str) -> str:
    """`text` as a user name: trimmed, in small letters. Raises InvalidInput."""
    name = text.strip().lower()
    if not _USERNAME.fullmatch(name):
        raise InvalidInput(
            "The user name cannot be taken.",
            faults=[
                FieldFault(
                    "username",
                    "has characters that are not possible or a wrong length",
                    "1 to 64 of a-z, 0-9, dot, dash, underscore, @.",
                )
            ],
        )
    return name


def _keep_an_administrator(session: WriteSession, user_id: int) -> None:
    if store.lock_administrators(session) == [user_id]:
        raise Conflict(
            "This is the last administrator who can sign in.",
            hint="Make another user an administrator first.",
        )
