"""Regions of the country."""

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
from wardops.inventory import REGIONS, Region

router = APIRouter(prefix="/regions", tags=["regions"])

READ = require(Permission.READ)
WRITE = require(Permission.INVENTORY_WRITE)

Listing = Annotated[Window, Depends(window(*REGIONS.sortable))]


class RegionOut(Out):
    """A part of the country."""

    id: int
    name: str
    code: str
    branch_count: int
    device_count: int


class RegionIn(Body):
    """A region to add."""

    name: Text
    code: Text = ""


class RegionChange(RegionIn):
    """What to change; what is left out stays."""

    name: Text = ""


@router.get("", dependencies=[READ])
def list_regions(
    session: Reader,
    wanted: Listing,
    q: Search = "",
) -> Page[RegionOut]:
    """All of them, a page at a time."""
    found, total = inventory.find_places(session, REGIONS, wanted, q=searched(q))
    return page([RegionOut.model_validate(each) for each in found], total, wanted)


@router.post("", status_code=201, dependencies=[WRITE], responses=problems.documents(409))
def create_region(session: Writer, body: RegionIn, response: Response) -> RegionOut:
    """Add a region."""
    made = inventory.create_place(session, REGIONS, body.model_dump())
    tell(session, "regions")
    return _answer(made, response)


@router.get("/{region_id}", dependencies=[READ], responses=problems.documents(404))
def get_region(session: Reader, region_id: Id, response: Response) -> RegionOut:
    """One region."""
    return _answer(inventory.get_place(session, REGIONS, region_id), response)


@router.patch("/{region_id}", dependencies=[WRITE], responses=problems.documents(404, 409, 412))
def update_region(
    session: Writer,
    region_id: Id,
    body: RegionChange,
    response: Response,
    if_match: IfMatch = None,
) -> RegionOut:
    """Change a region."""
    changed = inventory.change_place(
        session,
        REGIONS,
        region_id,
        body.model_dump(exclude_unset=True),
        version=wanted_version(if_match),
    )
    tell(session, "regions")
    return _answer(changed, response)


@router.delete(
    "/{region_id}", status_code=204, dependencies=[WRITE], responses=problems.documents(404, 409)
)
def delete_region(session: Writer, region_id: Id) -> None:
    """Remove a region that nothing refers to."""
    inventory.delete_place(session, REGIONS, region_id)
    tell(session, "regions")


def _answer(found: Region, response: Response) -> RegionOut:
    set_etag(response, found.version)
    return RegionOut.model_validate(found)
