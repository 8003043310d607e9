"""Providers: who sells the links."""

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
from wardops.inventory import PROVIDERS, Provider

router = APIRouter(prefix="/providers", tags=["providers"])

READ = require(Permission.READ)
WRITE = require(Permission.INVENTORY_WRITE)

Listing = Annotated[Window, Depends(window(*PROVIDERS.sortable))]


class ProviderOut(Out):
    """A seller of links."""

    id: int
    name: str
    contact: str
    phone: str
    link_count: int


class ProviderIn(Body):
    """A provider to add."""

    name: Text
    contact: Text = ""
    phone: Text = ""


class ProviderChange(ProviderIn):
    """What to change; what is left out stays."""

    name: Text = ""


@router.get("", dependencies=[READ])
def list_providers(
    session: Reader,
    wanted: Listing,
    q: Search = "",
) -> Page[ProviderOut]:
    """All of them, a page at a time."""
    found, total = inventory.find_places(session, PROVIDERS, wanted, q=searched(q))
    return page([ProviderOut.model_validate(each) for each in found], total, wanted)


@router.post("", status_code=201, dependencies=[WRITE], responses=problems.documents(409))
def create_provider(session: Writer, body: ProviderIn, response: Response) -> ProviderOut:
    """Add a provider."""
    made = inventory.create_place(session, PROVIDERS, body.model_dump())
    tell(session, "providers")
    return _answer(made, response)


@router.get("/{provider_id}", dependencies=[READ], responses=problems.documents(404))
def get_provider(session: Reader, provider_id: Id, response: Response) -> ProviderOut:
    """One provider."""
    return _answer(inventory.get_place(session, PROVIDERS, provider_id), response)


@router.patch("/{provider_id}", dependencies=[WRITE], responses=problems.documents(404, 409, 412))
def update_provider(
    session: Writer,
    provider_id: Id,
    body: ProviderChange,
    response: Response,
    if_match: IfMatch = None,
) -> ProviderOut:
    """Change a provider."""
    changed = inventory.change_place(
        session,
        PROVIDERS,
        provider_id,
        body.model_dump(exclude_unset=True),
        version=wanted_version(if_match),
    )
    tell(session, "providers")
    return _answer(changed, response)


@router.delete(
    "/{provider_id}", status_code=204, dependencies=[WRITE], responses=problems.documents(404, 409)
)
def delete_provider(session: Writer, provider_id: Id) -> None:
    """Remove a provider that nothing refers to."""
    inventory.delete_place(session, PROVIDERS, provider_id)
    tell(session, "providers")


def _answer(found: Provider, response: Response) -> ProviderOut:
    set_etag(response, found.version)
    return ProviderOut.model_validate(found)
