"""API tokens: for programs, with a role and an end; only the hash is stored."""

from __future__ import annotations

from datetime import datetime

from wardops.access import store
from wardops.access.permissions import Role
from wardops.access.store import Token
from wardops.core.database import ReadSession, WriteSession
from wardops.core.errors import FieldFault, InvalidInput, NotFound
from wardops.core.http import Window
from wardops.core.secrets import Secret, new_token, token_hash

PREFIX = "ward_"
_SHOWN = len(PREFIX) + 6


def create_token(
    session: WriteSession,
    *,
    name: str,
    role: Role,
    at: datetime,
    expires_at: datetime | None = None,
    created_by: int | None = None,
) -> tuple[Token, Secret]:
    """A new API token and its secret, which cannot be told again. Raises InvalidInput."""
    faults = []
    if not 1 <= len(name.strip()) <= 100:
        faults.append(FieldFault("name", "is empty or too long", "1 to 100 characters."))
    if expires_at is not None and expires_at <= at:
        faults.append(FieldFault("expires_at", "is in the past", "Name a later time."))
    if faults:
        raise InvalidInput("The token cannot be made.", faults=faults)
    secret = new_token(PREFIX)
    text = secret.reveal()
    made = store.insert_token(
        session,
        store.NewToken(
            name=name.strip(),
            role=role,
            token_hash=token_hash(text),
            prefix=text[:_SHOWN],
            created_by=created_by,
            at=at,
            expires_at=expires_at,
        ),
    )
    return made, secret


def list_tokens(session: ReadSession, window: Window) -> tuple[list[Token], int]:
    """A page of API tokens, and how many there are."""
    return store.tokens(session, window)


def delete_token(session: WriteSession, token_id: int) -> None:
    """Revoke an API token. Raises NotFound."""
    if not store.delete_token(session, token_id):
        raise NotFound(f"There is no API token {token_id}.")
