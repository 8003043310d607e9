"""Sites: where probe workers stand."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from wardops import inventory
from wardops.access import Permission
from wardops.api import problems
from wardops.api.dependencies import Reader, Writer, require
from wardops.api.etags import IfMatch, set_etag, wanted_version
from wardops.api.inventory import Id, Out, Search, Text, searched, tell
from wardops.api.paging import page, window
from wardops.core.http import Body, Page, Window
from wardops.inventory import SITES, Site

router = APIRouter(prefix="/sites", tags=["sites"])

READ = require(Permission.READ)
WRITE = require(Permission.INVENTORY_WRITE)

Listing = Annotated[Window, Depends(window(*SITES.sortable))]


class SiteOut(Out):
    """A place where workers stand."""

    id: int
    name: str
    description: str


class SiteIn(Body):
    """A site to add."""

    name: Text
    description: Text = ""


class SiteChange(SiteIn):
    """What to change; what is left out stays."""

    name: Text = ""


@router.get("", dependencies=[READ])
def list_sites(
    session: Reader,
    wanted: Listing,
    q: Search = "",
) -> Page[SiteOut]:
    """All of them, a page at a time."""
    found, total = inventory.find_places(session, SITES, wanted, q=searched(q))
    return page([SiteOut.model_validate(each) for each in found], total, wanted)


@router.post("", status_code=201, dependencies=[WRITE], responses=problems.documents(409))
def create_site(session: Writer, body: SiteIn, response: Response) -> SiteOut:
    """Add a site."""
    made = inventory.create_place(session, SITES, body.model_dump())
    tell(session, "sites")
    return _answer(made, response)


@router.get("/{site_id}", dependencies=[READ], responses=problems.documents(404))
def get_site(session: Reader, site_id: Id, response: Response) -> SiteOut:
    """One site."""
    return _answer(inventory.get_place(session, SITES, site_id), response)


@router.patch("/{site_id}", dependencies=[WRITE], responses=problems.documents(404, 409, 412))
def update_site(
    session: Writer,
    site_id: Id,
    body: SiteChange,
    response: Response,
    if_match: IfMatch = None,
) -> SiteOut:
    """Change a site."""
    changed = inventory.change_place(
        session,
        SITES,
        site_id,
        body.model_dump(exclude_unset=True),
        version=wanted_version(if_match),
    )
    tell(session, "sites")
    return _answer(changed, response)


@router.delete(
    "/{site_id}", status_code=204, dependencies=[WRITE], responses=problems.documents(404, 409)
)
def delete_site(session: Writer, site_id: Id) -> None:
    """Remove a site that nothing refers to."""
    inventory.delete_place(session, SITES, site_id)
    tell(session, "sites")


def _answer(found: Site, response: Response) -> SiteOut:
    set_etag(response, found.version)
    return SiteOut.model_validate(found)
