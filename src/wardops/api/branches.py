"""Branches: the offices that devices stand in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from wardops import inventory
from wardops.access import Permission
from wardops.api import problems
from wardops.api.dependencies import Reader, Writer, require
from wardops.api.etags import IfMatch, set_etag, wanted_version
from wardops.api.inventory import MAX_ID, Id, Named, Out, Reference, Search, Text, searched, tell
from wardops.api.paging import page_answer, window
from wardops.core.http import Body, Page, Window
from wardops.inventory import BRANCHES, Branch

router = APIRouter(prefix="/branches", tags=["branches"])

READ = require(Permission.READ)
WRITE = require(Permission.INVENTORY_WRITE)

Listing = Annotated[Window, Depends(window(*BRANCHES.sortable))]


class BranchOut(Out):
    """An office, with its devices counted by status."""

    id: int
    name: str
    code: str
    region: Named
    city: str
    address: str
    latitude: float | None
    longitude: float | None
    contact: str
    device_count: int
    status_counts: dict[str, int]


class BranchIn(Body):
    """A branch to add."""

    name: Text
    region_id: Reference
    code: Text = ""
    city: Text = ""
    address: Text = ""
    latitude: float | None = None
    longitude: float | None = None
    contact: Text = ""


class BranchChange(BranchIn):
    """What to change; what is left out stays."""

    name: Text = ""
    region_id: Reference = 1


@router.get("", dependencies=[READ], response_model=Page[BranchOut])
def list_branches(
    session: Reader,
    wanted: Listing,
    q: Search = "",
    region_id: Annotated[int | None, Query(ge=1, le=MAX_ID)] = None,
) -> Response:
    """All of them, a page at a time."""
    found, total = inventory.find_places(
        session, BRANCHES, wanted, q=searched(q), region_id=region_id
    )
    return page_answer(BranchOut, found, total, wanted)


@router.post("", status_code=201, dependencies=[WRITE], responses=problems.documents(409))
def create_branch(session: Writer, body: BranchIn, response: Response) -> BranchOut:
    """Add a branch."""
    made = inventory.create_place(session, BRANCHES, body.model_dump())
    tell(session, "branches")
    return _answer(made, response)


@router.get("/{branch_id}", dependencies=[READ], responses=problems.documents(404))
def get_branch(session: Reader, branch_id: Id, response: Response) -> BranchOut:
    """One branch."""
    return _answer(inventory.get_place(session, BRANCHES, branch_id), response)


@router.patch("/{branch_id}", dependencies=[WRITE], responses=problems.documents(404, 409, 412))
def update_branch(
    session: Writer,
    branch_id: Id,
    body: BranchChange,
    response: Response,
    if_match: IfMatch = None,
) -> BranchOut:
    """Change a branch."""
    changed = inventory.change_place(
        session,
        BRANCHES,
        branch_id,
        body.model_dump(exclude_unset=True),
        version=wanted_version(if_match),
    )
    tell(session, "branches")
    return _answer(changed, response)


@router.delete(
    "/{branch_id}", status_code=204, dependencies=[WRITE], responses=problems.documents(404, 409)
)
def delete_branch(session: Writer, branch_id: Id) -> None:
    """Remove a branch that nothing refers to."""
    inventory.delete_place(session, BRANCHES, branch_id)
    tell(session, "branches")


def _answer(found: Branch, response: Response) -> BranchOut:
    set_etag(response, found.version)
    return BranchOut.model_validate(found)
