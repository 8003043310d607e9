"""All SQL on users, sessions, API tokens and set-up tokens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wardops.core.database import ReadSession, WriteSession


@dataclass(frozen=True, slots=True)
class CallerRow:
    """A session or token that is still good, and who it speaks for."""

    id: int
    username: str
    role: str
    seen_at: datetime | None


def session_caller(session: ReadSession, token_hash: bytes, at: datetime) -> CallerRow | None:
    """The user of an unexpired session who is not disabled."""
    return session.row(
        CallerRow,
        """
        SELECT u.id, u.username, u.role, s.last_seen_at AS seen_at
        FROM sessions s JOIN users u ON u.id = s.user_id
        WHERE s.token_hash = %s AND s.expires_at > %s AND NOT u.disabled
        """,
        (token_hash, at),
    )


def token_caller(session: ReadSession, token_hash: bytes, at: datetime) -> CallerRow | None:
    """The unexpired API token, unless the user who made it is disabled."""
    return session.row(
        CallerRow,
        """
        SELECT t.id, t.name AS username, t.role, t.last_used_at AS seen_at
        FROM tokens t LEFT JOIN users u ON u.id = t.created_by
        WHERE t.token_hash = %s AND (t.expires_at IS NULL OR t.expires_at > %s)
          AND u.disabled IS NOT TRUE
        """,
        (token_hash, at),
    )


def touch_session(
    session: WriteSession, token_hash: bytes, at: datetime, expires_at: datetime
) -> None:
    """Note that a session was used and let it live on until `expires_at`."""
    session.execute(
        "UPDATE sessions SET last_seen_at = %s, expires_at = %s WHERE token_hash = %s",
        (at, expires_at, token_hash),
    )


def touch_token(session: WriteSession, token_hash: bytes, at: datetime) -> None:
    """Note that an API token was used."""
    session.execute("UPDATE tokens SET last_used_at = %s WHERE token_hash = %s", (at, token_hash))
