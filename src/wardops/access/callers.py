"""From the secret that came with a request to who is calling."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from wardops.access import store
from wardops.access.permissions import Principal, Role
from wardops.core.database import ReadSession, WriteSession
from wardops.core.secrets import Secret, token_hash

# Uses closer together than this are not written down: a wall asks every second.
_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Caller:
    """A good session or token; `due` when its use should be noted with `note_use`."""

    principal: Principal
    due: bool


def session_caller(session: ReadSession, token: Secret, *, at: datetime) -> Caller | None:
    """The caller behind a session token, None when it is unknown, ended or expired."""
    return _caller(store.session_caller(session, token_hash(token.reveal()), at), "session", at)


def token_caller(session: ReadSession, token: Secret, *, at: datetime) -> Caller | None:
    """The caller behind an API token, None when it is unknown or expired."""
    return _caller(store.token_caller(session, token_hash(token.reveal()), at), "token", at)


def note_use(
    session: WriteSession, caller: Caller, token: Secret, *, at: datetime, hours: int
) -> None:
    """Write down that `token` was used; a session then lives for `hours` from now."""
    hashed = token_hash(token.reveal())
    if caller.principal.kind == "session":
        store.touch_session(session, hashed, at, at + timedelta(hours=hours))
    else:
        store.touch_token(session, hashed, at)


def _caller(row: store.CallerRow | None, kind: str, at: datetime) -> Caller | None:
    if row is None:
        return None
    principal = Principal(
        id=row.id,
        username=row.username,
        role=Role(row.role),
        kind="session" if kind == "session" else "token",
    )
    return Caller(principal, due=row.seen_at is None or at - row.seen_at > _NOTED_EVERY)
