"""Signing in and out, and the first administrator."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field

import wardops
from wardops import access
from wardops.access import Permission, Principal, SignIn
from wardops.api import problems, security
from wardops.api.dependencies import (
    MaybeCaller,
    Reader,
    StoresOf,
    Turn,
    Writer,
    client_of,
    public,
    require,
)
from wardops.api.me import Me, me_of
from wardops.api.secret_text import SecretIn
from wardops.core import clock
from wardops.core.errors import NotAuthenticated
from wardops.core.http import Body

router = APIRouter(prefix="/auth", tags=["auth"])


class AuthState(BaseModel):
    """What a client needs to know before it can sign in."""

    setup_required: bool
    version: str
    authenticated: bool


class Login(Body):
    """A sign-in."""

    username: Annotated[str, Field(min_length=1, max_length=200)]
    password: SecretIn


class Setup(Body):
    """The one-time token of the start, and the administrator to make."""

    token: SecretIn
    username: Annotated[str, Field(min_length=1, max_length=200)]
    password: SecretIn
    display_name: Annotated[str, Field(max_length=200)] = ""


@router.get("/state", dependencies=[Depends(public)])
def get_auth_state(session: Reader, caller: MaybeCaller) -> AuthState:
    """Whether a set-up is needed, and whether you are signed in."""
    return AuthState(
        setup_required=access.needs_setup(session),
        version=wardops.__version__,
        authenticated=caller is not None,
    )


@router.post("/setup", dependencies=[Depends(public)], responses=problems.documents(409))
def set_up(
    setup: Setup, request: Request, response: Response, session: Writer, stores: StoresOf
) -> Me:
    """Make the first administrator with the one-time token, and sign in."""
    at, hours = clock.now(), stores.settings.session_hours
    user = access.set_up(
        session,
        setup.token,
        username=setup.username,
        display_name=setup.display_name,
        password=setup.password,
        at=at,
    )
    token = access.open_session(session, user.id, client_of(request), at=at, hours=hours)
    security.set_session_cookie(response, token, stores.settings)
    return me_of(user)


@router.post("/login", dependencies=[Depends(public)])
def login(login: Login, request: Request, response: Response, stores: StoresOf, _: Turn) -> Me:
    """Sign in; a session that came with the request ends."""
    typed, client = SignIn(login.username, login.password), client_of(request)
    limit, hours = stores.settings.login_attempts, stores.settings.session_hours
    access.count_attempt(stores.limiter, typed, client, limit=limit)
    user_id = access.check_password(stores.database, typed)
    access.forgive_attempt(stores.limiter, typed, client)
    before = security.credentials_of(request)
    with stores.database.transaction() as session:
        if before and before.from_cookie:
            access.close_session(session, before.token)
        token = access.open_session(session, user_id, client, at=clock.now(), hours=hours)
        user = access.get_user(session, user_id)
    security.set_session_cookie(response, token, stores.settings)
    return me_of(user)


@router.post("/logout", status_code=204, dependencies=[require(Permission.SELF)])
def logout(request: Request, response: Response, session: Writer, stores: StoresOf) -> None:
    """End this session."""
    credentials = security.credentials_of(request)
    if credentials and credentials.from_cookie:
        access.close_session(session, credentials.token)
    security.clear_session_cookie(response, stores.settings)


@router.post("/refresh")
def refresh(
    caller: Annotated[Principal, require(Permission.SELF)],
    request: Request,
    response: Response,
    session: Writer,
    stores: StoresOf,
) -> Me:
    """Give this session a new token and a new end."""
    credentials = security.credentials_of(request)
    if credentials is None or not credentials.from_cookie:
        raise NotAuthenticated("Only a session can be refreshed.", hint="Sign in.")
    hours = stores.settings.session_hours
    token = access.rotate_session(session, credentials.token, at=clock.now(), hours=hours)
    security.set_session_cookie(response, token, stores.settings)
    return me_of(access.get_user(session, caller.id))
