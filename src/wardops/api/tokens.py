"""API tokens for programs, for administrators."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import AwareDatetime, BaseModel, Field

from wardops import access
from wardops.access import Permission, Principal, Role, Token
from wardops.api import problems
from wardops.api.dependencies import Reader, Writer, require
from wardops.api.paging import page, window
from wardops.core import clock
from wardops.core.http import Body, Page, Window

router = APIRouter(prefix="/tokens", tags=["tokens"])

Administrator = Annotated[Principal, require(Permission.TOKENS_MANAGE)]

_SORTABLE = ("name", "role", "created_at", "expires_at", "last_used_at", "id")


class TokenOut(BaseModel):
    """An API token; `prefix` is how its secret begins."""

    id: int
    name: str
    role: Role
    prefix: str
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


class TokenMade(TokenOut):
    """A new API token with its secret, which is told this once."""

    token: str


class TokenIn(Body):
    """An API token to make; without `expires_at` it is good until it is deleted."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    role: Role
    expires_at: AwareDatetime | None = None


@router.get("")
def list_tokens(
    _: Administrator, session: Reader, window: Annotated[Window, Depends(window(*_SORTABLE))]
) -> Page[TokenOut]:
    """All API tokens, without their secrets."""
    tokens, total = access.list_tokens(session, window)
    return page([_out(token) for token in tokens], total, window)


@router.post("", status_code=201)
def create_token(token: TokenIn, caller: Administrator, session: Writer) -> TokenMade:
    """Make an API token."""
    made, secret = access.create_token(
        session,
        name=token.name,
        role=token.role,
        at=clock.now(),
        expires_at=token.expires_at,
        created_by=caller.user_id,
    )
    return TokenMade(**_out(made).model_dump(), token=secret.reveal())


@router.delete("/{token_id}", status_code=204, responses=problems.documents(404))
def delete_token(token_id: int, _: Administrator, session: Writer) -> None:
    """Revoke an API token at once."""
    access.delete_token(session, token_id)


def _out(token: Token) -> TokenOut:
    return TokenOut.model_validate(token, from_attributes=True)
