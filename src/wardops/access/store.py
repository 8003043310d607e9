"""All SQL on users, sessions, API tokens and set-up tokens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from psycopg import sql

from wardops.core.database import ReadSession, WriteSession
from wardops.core.http import Window

_USER = sql.SQL(
    "id, username, display_name, role, disabled, language, theme, time_zone, created_at, "
    "last_login_at"
)
_TOKEN = sql.SQL("id, name, role, prefix, created_at, expires_at, last_used_at")


@dataclass(frozen=True, slots=True)
class CallerRow:
    """A session or token that is still good, and who it speaks for."""

    id: int
    username: str
    role: str
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class User:
    """A person who can sign in, with what the web app remembers for them."""

    id: int
    username: str
    display_name: str
    role: str
    disabled: bool
    language: str
    theme: str
    time_zone: str
    created_at: datetime
    last_login_at: datetime | None


@dataclass(frozen=True, slots=True)
class PasswordRow:
    """What a sign-in is checked against."""

    id: int
    username: str
    password_hash: str
    disabled: bool


@dataclass(frozen=True, slots=True)
class Token:
    """An API token, without its secret: `prefix` is how a person recognises it."""

    id: int
    name: str
    role: str
    prefix: str
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session to be written down; `address` and `user_agent` tell the user where it is."""

    token_hash: bytes
    user_id: int
    at: datetime
    expires_at: datetime
    address: str
    user_agent: str


@dataclass(frozen=True, slots=True)
class NewToken:
    """An API token to be written down."""

    name: str
    role: str
    token_hash: bytes
    prefix: str
    created_by: int | None
    at: datetime
    expires_at: datetime | None


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


def insert_session(session: WriteSession, new: NewSession) -> None:
    """Write a session down."""
    session.execute(
        """
        INSERT INTO sessions (token_hash, user_id, created_at, last_seen_at, expires_at, address,
                              user_agent)
        VALUES (%(token_hash)s, %(user_id)s, %(at)s, %(at)s, %(expires_at)s, %(address)s,
                %(user_agent)s)
        """,
        {name: getattr(new, name) for name in NewSession.__dataclass_fields__},
    )


def move_session(
    session: WriteSession, old_hash: bytes, new_hash: bytes, expires_at: datetime
) -> bool:
    """Give a session another token; False when it is not there any more."""
    moved = session.execute(
        "UPDATE sessions SET token_hash = %s, expires_at = %s WHERE token_hash = %s",
        (new_hash, expires_at, old_hash),
    )
    return moved == 1


def delete_session(session: WriteSession, token_hash: bytes) -> None:
    """End one session."""
    session.execute("DELETE FROM sessions WHERE token_hash = %s", (token_hash,))


def delete_sessions(
    session: WriteSession, user_id: int, *, keep: bytes = b"", before: datetime | None = None
) -> None:
    """End the sessions of a user but `keep`; with `before`, those that expired before it."""
    session.execute(
        """
        DELETE FROM sessions
        WHERE user_id = %s AND token_hash <> %s AND (%s::timestamptz IS NULL OR expires_at < %s)
        """,
        (user_id, keep, before, before),
    )


def password_row(session: ReadSession, username: str) -> PasswordRow | None:
    """What to check a sign-in of `username` against."""
    return session.row(
        PasswordRow,
        "SELECT id, username, password_hash, disabled FROM users WHERE username = %s",
        (username,),
    )


def set_password(session: WriteSession, user_id: int, password_hash: str) -> None:
    """Replace the stored password."""
    session.execute("UPDATE users SET password_hash = %s WHERE id = %s", (password_hash, user_id))


def note_login(session: WriteSession, user_id: int, at: datetime) -> None:
    """Remember when a user last signed in."""
    session.execute("UPDATE users SET last_login_at = %s WHERE id = %s", (at, user_id))


def user(session: ReadSession, user_id: int) -> User | None:
    """One user."""
    statement = sql.SQL("SELECT {} FROM users WHERE id = %s").format(_USER)
    return session.row(User, statement, (user_id,))


def users(session: ReadSession, window: Window, q: str) -> tuple[list[User], int]:
    """A page of users whose name has `q` in it, and how many there are."""
    where = sql.SQL("WHERE strpos(lower(username || ' ' || display_name), lower(%(q)s)) > 0")
    statement = sql.SQL("SELECT {} FROM users {} ORDER BY {} LIMIT %(limit)s OFFSET %(skip)s")
    rows = session.rows(
        User,
        statement.format(_USER, where, _order(window)),
        {"q": q, "limit": window.limit, "skip": window.skip},
    )
    total = session.value(sql.SQL("SELECT count(*) FROM users {}").format(where), {"q": q})
    return rows, int(total)


def insert_user(
    session: WriteSession, *, username: str, display_name: str, role: str, password_hash: str
) -> User | None:
    """Add a user; None when the name is taken."""
    statement = sql.SQL(
        """
        INSERT INTO users (username, display_name, role, password_hash) VALUES (%s, %s, %s, %s)
        ON CONFLICT (username) DO NOTHING RETURNING {}
        """
    ).format(_USER)
    return session.row(User, statement, (username, display_name, role, password_hash))


def update_user(session: WriteSession, user_id: int, values: Mapping[str, object]) -> User | None:
    """Set columns of a user; None when there is no such user."""
    columns = sql.SQL(", ").join(
        sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder(name)) for name in values
    )
    statement = sql.SQL("UPDATE users SET {} WHERE id = %(id)s RETURNING {}")
    return session.row(User, statement.format(columns, _USER), {**values, "id": user_id})


def delete_user(session: WriteSession, user_id: int) -> bool:
    """Remove a user with sessions and tokens; False when there was none."""
    return session.execute("DELETE FROM users WHERE id = %s", (user_id,)) == 1


def lock_administrators(session: WriteSession) -> list[int]:
    """Ids of the administrators who can sign in; nobody else changes them until the end."""
    rows = session.tuples(
        "SELECT id FROM users WHERE role = 'admin' AND NOT disabled ORDER BY id FOR UPDATE"
    )
    return [int(row[0]) for row in rows]


def has_administrator(session: ReadSession) -> bool:
    """True when somebody can sign in as administrator."""
    return bool(
        session.value("SELECT exists (SELECT FROM users WHERE role = 'admin' AND NOT disabled)")
    )


def lock_setup(session: WriteSession) -> None:
    """Let one set-up happen at a time."""
    session.execute("SELECT pg_advisory_xact_lock(hashtext('ward-setup'))")


def replace_setup_token(
    session: WriteSession, token_hash: bytes, at: datetime, expires_at: datetime
) -> None:
    """Make this the only set-up token."""
    session.execute("DELETE FROM setup_tokens")
    session.execute(
        "INSERT INTO setup_tokens (token_hash, created_at, expires_at) VALUES (%s, %s, %s)",
        (token_hash, at, expires_at),
    )


def take_setup_token(session: WriteSession, token_hash: bytes, at: datetime) -> bool:
    """Use a set-up token up; False when it is unknown, used or expired."""
    taken = session.execute(
        "DELETE FROM setup_tokens WHERE token_hash = %s AND expires_at > %s", (token_hash, at)
    )
    return taken == 1


def insert_token(session: WriteSession, new: NewToken) -> Token:
    """Write an API token down."""
    statement = sql.SQL(
        """
        INSERT INTO tokens (name, role, token_hash, prefix, created_by, created_at, expires_at)
        VALUES (%(name)s, %(role)s, %(token_hash)s, %(prefix)s, %(created_by)s, %(at)s,
                %(expires_at)s)
        RETURNING {}
        """
    ).format(_TOKEN)
    values = {name: getattr(new, name) for name in NewToken.__dataclass_fields__}
    made = session.row(Token, statement, values)
    assert made is not None  # noqa: S101  INSERT ... RETURNING gives its row
    return made


def tokens(session: ReadSession, window: Window) -> tuple[list[Token], int]:
    """A page of API tokens, and how many there are."""
    statement = sql.SQL("SELECT {} FROM tokens ORDER BY {} LIMIT %s OFFSET %s")
    rows = session.rows(
        Token, statement.format(_TOKEN, _order(window)), (window.limit, window.skip)
    )
    return rows, int(session.value("SELECT count(*) FROM tokens"))


def delete_token(session: WriteSession, token_id: int) -> bool:
    """Revoke an API token; False when there was none."""
    return session.execute("DELETE FROM tokens WHERE id = %s", (token_id,)) == 1


def _order(window: Window) -> sql.Composed:
    """The ORDER BY list of a window; the fields are checked before, the id makes it total."""
    parts = [
        sql.SQL("{} DESC NULLS LAST" if descending else "{} NULLS LAST").format(sql.Identifier(f))
        for f, descending in window.sort
    ]
    return sql.SQL(", ").join([*parts, sql.SQL("id")])


def prune(session: WriteSession, at: datetime) -> int:
    """Delete sessions and set-up tokens past their time; how many."""
    gone = session.execute("DELETE FROM sessions WHERE expires_at < %s", (at,))
    return gone + session.execute("DELETE FROM setup_tokens WHERE expires_at < %s", (at,))
