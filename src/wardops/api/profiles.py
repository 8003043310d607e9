"""Profiles: how often targets are pinged."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from pydantic import Field

from wardops import inventory
from wardops.access import Permission
from wardops.api import problems
from wardops.api.dependencies import Reader, Writer, require
from wardops.api.etags import IfMatch, set_etag, wanted_version
from wardops.api.inventory import Id, Out, Search, Text, searched, tell
from wardops.api.paging import page, window
from wardops.core.http import Body, Page, Window
from wardops.inventory import PROFILES, Profile

router = APIRouter(prefix="/profiles", tags=["profiles"])

READ = require(Permission.READ)
WRITE = require(Permission.INVENTORY_WRITE)

Listing = Annotated[Window, Depends(window(*PROFILES.sortable))]

Cadence = Annotated[float, Field(ge=1, le=3600, description="Seconds between pings.")]


class ProfileOut(Out):
    """A cadence with a name, in seconds."""

    id: int
    name: str
    ping_cadence_s: float
    description: str


class ProfileIn(Body):
    """A profile to add."""

    name: Text
    ping_cadence_s: Cadence
    description: Text = ""


class ProfileChange(ProfileIn):
    """What to change; what is left out stays."""

    name: Text = ""
    ping_cadence_s: Cadence = 1


@router.get("", dependencies=[READ])
def list_profiles(
    session: Reader,
    wanted: Listing,
    q: Search = "",
) -> Page[ProfileOut]:
    """All of them, a page at a time."""
    found, total = inventory.find_places(session, PROFILES, wanted, q=searched(q))
    return page([ProfileOut.model_validate(each) for each in found], total, wanted)


@router.post("", status_code=201, dependencies=[WRITE], responses=problems.documents(409))
def create_profile(session: Writer, body: ProfileIn, response: Response) -> ProfileOut:
    """Add a profile."""
    made = inventory.create_place(session, PROFILES, _stored(body.model_dump()))
    tell(session, "profiles")
    return _answer(made, response)


@router.get("/{profile_id}", dependencies=[READ], responses=problems.documents(404))
def get_profile(session: Reader, profile_id: Id, response: Response) -> ProfileOut:
    """One profile."""
    return _answer(inventory.get_place(session, PROFILES, profile_id), response)


@router.patch("/{profile_id}", dependencies=[WRITE], responses=problems.documents(404, 409, 412))
def update_profile(
    session: Writer,
    profile_id: Id,
    body: ProfileChange,
    response: Response,
    if_match: IfMatch = None,
) -> ProfileOut:
    """Change a profile."""
    changed = inventory.change_place(
        session,
        PROFILES,
        profile_id,
        _stored(body.model_dump(exclude_unset=True)),
        version=wanted_version(if_match),
    )
    tell(session, "profiles")
    return _answer(changed, response)


@router.delete(
    "/{profile_id}", status_code=204, dependencies=[WRITE], responses=problems.documents(404, 409)
)
def delete_profile(session: Writer, profile_id: Id) -> None:
    """Remove a profile that nothing refers to."""
    inventory.delete_place(session, PROFILES, profile_id)
    tell(session, "profiles")


def _answer(found: Profile, response: Response) -> ProfileOut:
    set_etag(response, found.version)
    return ProfileOut.model_validate(found)


def _stored(values: dict[str, Any]) -> dict[str, Any]:
    """Cadences are stored in milliseconds."""
    seconds = values.pop("ping_cadence_s", None)
    return values if seconds is None else {**values, "ping_cadence_ms": round(seconds * 1000)}
