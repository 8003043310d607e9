"""Links: the branches' uplinks, their state and their story."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, ConfigDict, Field, StrictBool

from wardops import inventory
from wardops.access import Permission
from wardops.api import problems
from wardops.api.dependencies import Reader, StoresOf, Writer, require
from wardops.api.etags import IfMatch, set_etag, wanted_number
from wardops.api.inventory import (
    EventOut,
    HistoryOut,
    HistorySpan,
    Id,
    Named,
    Reference,
    Status,
    StatusOut,
    Text,
    Wanted,
    events,
    history,
    searched,
    tell,
)
from wardops.api.paging import page_answer, window
from wardops.core.http import Body, Page, Window
from wardops.inventory import Link, LinkFilter, LinkValues

router = APIRouter(prefix="/links", tags=["links"])

READ = require(Permission.READ)
WRITE = require(Permission.INVENTORY_WRITE)

Role = Literal["primary", "backup"]


class LinkOut(StatusOut):
    """A link with its present state."""

    id: int
    name: str
    branch: Named
    region: Named
    provider: Named
    role: Role
    probe_address: str
    source_address: str | None
    site: Named
    profile: Named | None
    enabled: bool
    circuit_id: str
    bandwidth_mbps: int | None
    created_at: datetime
    updated_at: datetime
    version: int


class LinkIn(Body):
    """A link to add; without `site_id` it belongs to the first site."""

    name: Text
    branch_id: Reference
    provider_id: Reference
    probe_address: Text
    role: Role = "primary"
    source_address: Text | None = None
    site_id: Reference | None = None
    profile_id: Reference | None = None
    enabled: StrictBool = True
    circuit_id: Text = ""
    bandwidth_mbps: int | None = Field(None, ge=1, le=10_000_000)


class LinkChange(LinkIn):
    """What to change; what is left out stays, null empties a field that may be empty."""

    name: Text = ""
    branch_id: Reference = 1
    provider_id: Reference = 1
    probe_address: Text = ""
    site_id: Reference = 1


class Filter(BaseModel):
    """Which links; several values of `status` mean any of them."""

    model_config = ConfigDict(extra="ignore")

    status: list[Status] = Field(default_factory=list)
    branch_id: Wanted = None
    provider_id: Wanted = None
    region_id: Wanted = None
    role: Role | None = None
    q: str = Field("", max_length=200)


Listing = Annotated[Window, Depends(window(*inventory.LINK_SORTABLE))]
Newest = Annotated[Window, Depends(window())]


@router.get("", dependencies=[READ], response_model=Page[LinkOut])
def list_links(session: Reader, where: Annotated[Filter, Query()], wanted: Listing) -> Response:
    """Links with their state."""
    filtered = LinkFilter(
        statuses=where.status,
        branch_id=where.branch_id,
        provider_id=where.provider_id,
        region_id=where.region_id,
        role=where.role or "",
        q=searched(where.q),
    )
    found, total = inventory.find_links(session, filtered, wanted)
    return page_answer(LinkOut, found, total, wanted)


@router.post("", status_code=201, dependencies=[WRITE], responses=problems.documents(409))
def create_link(session: Writer, stores: StoresOf, body: LinkIn, response: Response) -> LinkOut:
    """Add a link."""
    link = inventory.create_link(
        session,
        LinkValues(**body.model_dump(exclude_none=True)),
        allow_loopback=stores.settings.allow_loopback_targets,
    )
    tell(session, "links")
    return _answer(link, response)


@router.get("/{link_id}", dependencies=[READ], responses=problems.documents(404))
def get_link(session: Reader, link_id: Id, response: Response) -> LinkOut:
    """One link."""
    return _answer(inventory.get_link(session, link_id), response)


@router.patch("/{link_id}", dependencies=[WRITE], responses=problems.documents(404, 409, 412))
def update_link(
    session: Writer,
    stores: StoresOf,
    link_id: Id,
    body: LinkChange,
    response: Response,
    if_match: IfMatch = None,
) -> LinkOut:
    """Change a link."""
    link = inventory.change_link(
        session,
        link_id,
        body.model_dump(exclude_unset=True),
        version=wanted_number(if_match),
        allow_loopback=stores.settings.allow_loopback_targets,
    )
    tell(session, "links")
    return _answer(link, response)


@router.delete(
    "/{link_id}", status_code=204, dependencies=[WRITE], responses=problems.documents(404)
)
def delete_link(session: Writer, link_id: Id) -> None:
    """Remove a link; its history stays until it is too old."""
    inventory.delete_link(session, link_id)
    tell(session, "links")


@router.get("/{link_id}/history", dependencies=[READ], responses=problems.documents(404))
def link_history(session: Reader, link_id: Id, span: HistorySpan) -> HistoryOut:
    """Loss, round trips and states between two moments, in steps that fit `points`."""
    inventory.get_link(session, link_id)
    return history(session, link_id, span)


@router.get("/{link_id}/events", dependencies=[READ], responses=problems.documents(404))
def link_events(session: Reader, link_id: Id, wanted: Newest) -> Page[EventOut]:
    """Changes of state, newest first."""
    inventory.get_link(session, link_id)
    return events(session, link_id, wanted)


def _answer(link: Link, response: Response) -> LinkOut:
    set_etag(response, link.version)
    return LinkOut.model_validate(link)
