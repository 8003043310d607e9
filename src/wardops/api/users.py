"""Users, for administrators."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from wardops import access
from wardops.access import Permission, Role, User
from wardops.api import problems
from wardops.api.dependencies import Reader, Writer, require
from wardops.api.paging import page, window
from wardops.api.secret_text import SecretIn
from wardops.core.http import Body, Page, Window

router = APIRouter(prefix="/users", tags=["users"], dependencies=[require(Permission.USERS_MANAGE)])

_SORTABLE = ("username", "display_name", "role", "disabled", "created_at", "last_login_at", "id")

Name = Annotated[str, Field(max_length=200)]


class UserOut(BaseModel):
    """A person who can sign in."""

    id: int
    username: str
    display_name: str
    role: Role
    disabled: bool
    created_at: datetime
    last_login_at: datetime | None


class UserIn(Body):
    """A person to add."""

    username: Annotated[str, Field(min_length=1, max_length=200)]
    password: SecretIn
    role: Role
    display_name: Name = ""


class UserChange(Body):
    """What to change about a person; what is left out stays. A new password signs them out."""

    display_name: Name = ""
    role: Role = Role.VIEWER
    disabled: bool = False
    password: SecretIn | None = None


@router.get("")
def list_users(
    session: Reader,
    window: Annotated[Window, Depends(window(*_SORTABLE))],
    q: Annotated[str, Query(max_length=200, description="Part of a name.")] = "",
) -> Page[UserOut]:
    """Everybody who can sign in."""
    users, total = access.list_users(session, window, q=q)
    return page([_out(user) for user in users], total, window)


@router.post("", status_code=201, responses=problems.documents(409))
def create_user(user: UserIn, session: Writer) -> UserOut:
    """Add a person."""
    return _out(
        access.create_user(
            session,
            username=user.username,
            display_name=user.display_name,
            role=user.role,
            password=user.password,
        )
    )


@router.get("/{user_id}", responses=problems.documents(404))
def get_user(user_id: int, session: Reader) -> UserOut:
    """One person."""
    return _out(access.get_user(session, user_id))


@router.patch("/{user_id}", responses=problems.documents(404, 409))
def update_user(user_id: int, change: UserChange, session: Writer) -> UserOut:
    """Change name or role, disable, or give another password."""
    values: dict[str, Any] = change.model_dump(exclude_unset=True, exclude={"password"})
    if change.password is not None:
        access.reset_password(session, user_id, change.password)
    return _out(access.change_user(session, user_id, values))


@router.delete("/{user_id}", status_code=204, responses=problems.documents(404, 409))
def delete_user(user_id: int, session: Writer) -> None:
    """Remove a person, with their sessions and API tokens."""
    access.delete_user(session, user_id)


def _out(user: User) -> UserOut:
    return UserOut.model_validate(user, from_attributes=True)
