"""The person who is signed in: their settings and their password."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fastapi import APIRouter, Request
from pydantic import AfterValidator, BaseModel, Field

from wardops import access
from wardops.access import Permission, Principal, Role, User
from wardops.api import security
from wardops.api.dependencies import Reader, StoresOf, Turn, Writer, require
from wardops.api.secret_text import SecretIn
from wardops.core.errors import Forbidden
from wardops.core.http import Body
from wardops.core.secrets import Secret

router = APIRouter(prefix="/me", tags=["me"])

Myself = Annotated[Principal, require(Permission.SELF)]


def known_zone(name: str) -> str:
    """`name` when it is a time zone of the IANA database."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("is not a time zone; for example Asia/Tbilisi") from error
    return name


Language = Literal["en", "ka"]
Theme = Literal["system", "light", "dark"]


class Me(BaseModel):
    """Who is signed in, with what the web app needs to greet them."""

    id: int
    username: str
    display_name: str
    role: Role
    language: Language
    theme: Theme
    time_zone: str


class MeChange(Body):
    """What a person may set about themselves; what is left out stays."""

    display_name: Annotated[str, Field(max_length=200)] = ""
    language: Language = "en"
    theme: Theme = "system"
    time_zone: Annotated[str, Field(max_length=64), AfterValidator(known_zone)] = ""


class PasswordChange(Body):
    """The password of now, and the next one."""

    current_password: SecretIn
    new_password: SecretIn


def me_of(user: User) -> Me:
    """A user as they see themselves."""
    return Me.model_validate(user, from_attributes=True)


def own_user_id(caller: Principal) -> int:
    """The user who calls. Raises Forbidden for an API token, which is nobody."""
    if caller.user_id is None:
        raise Forbidden("An API token is not a person.", hint="Sign in with a user name.")
    return caller.user_id


@router.get("")
def get_me(caller: Myself, session: Reader) -> Me:
    """Who is signed in."""
    return me_of(access.get_user(session, own_user_id(caller)))


@router.patch("")
def update_me(change: MeChange, caller: Myself, session: Writer) -> Me:
    """Change your own name, language, theme or time zone."""
    values: dict[str, Any] = change.model_dump(exclude_unset=True)
    return me_of(access.change_user(session, own_user_id(caller), values))


@router.post("/password", status_code=204)
def change_password(
    change: PasswordChange, caller: Myself, request: Request, stores: StoresOf, _: Turn
) -> None:
    """Replace your password; your other sessions end."""
    user_id = own_user_id(caller)
    key = f"password:{user_id}"
    stores.limiter.take(
        key, limit=stores.settings.login_attempts, window_s=300, told="Too many wrong passwords."
    )
    credentials = security.credentials_of(request)
    access.change_password(
        stores.database,
        user_id,
        current=change.current_password,
        new=change.new_password,
        keep=credentials.token if credentials else Secret(""),
    )
    stores.limiter.give_back(key)
