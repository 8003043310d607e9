"""Devices: the list and its facets, one device, its story, and adding, changing, removing."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, ConfigDict, Field, StrictBool

from wardops import alerting, inventory
from wardops.access import Permission
from wardops.api import problems
from wardops.api.dependencies import Reader, StoresOf, Writer, require
from wardops.api.etags import IfMatch, set_etag, wanted_number
from wardops.api.incidents import IncidentOut, page_of
from wardops.api.inventory import (
    EventOut,
    HistoryOut,
    HistorySpan,
    Id,
    Named,
    Out,
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
from wardops.inventory import Device, DeviceFilter, DeviceValues

router = APIRouter(prefix="/devices", tags=["devices"])

READ = require(Permission.READ)
WRITE = require(Permission.INVENTORY_WRITE)

Type = Literal[
    "router",
    "switch",
    "core_router",
    "access_point",
    "atm",
    "payment_terminal",
    "video_recorder",
    "access_controller",
    "ups",
    "server",
    "other",
]
Scalar = str | int | float | bool | None


class DeviceOut(StatusOut):
    """A device with its present state."""

    id: int
    name: str
    ip: str
    type: Type
    vendor: str
    model: str
    serial: str
    enabled: bool
    tags: list[str]
    custom: dict[str, Scalar]
    notes: str
    parent: Named | None
    branch: Named | None
    region: Named | None
    site: Named
    profile: Named | None
    created_at: datetime
    updated_at: datetime
    version: int


class DeviceIn(Body):
    """A device to add; without `site_id` it belongs to the first site."""

    name: Text
    ip: Text
    type: Type = "other"
    vendor: Text = ""
    model: Text = ""
    serial: Text = ""
    enabled: StrictBool = True
    tags: list[Text] = Field(default_factory=list, max_length=1000)
    custom: dict[str, Scalar] = Field(default_factory=dict, max_length=1000)
    notes: Text = ""
    parent_id: Reference | None = None
    branch_id: Reference | None = None
    site_id: Reference | None = None
    profile_id: Reference | None = None


class DeviceChange(DeviceIn):
    """What to change; what is left out stays, null empties a reference."""

    name: Text = ""
    ip: Text = ""
    site_id: Reference = 1


class Filter(BaseModel):
    """Which devices; several values of one parameter mean any of them."""

    model_config = ConfigDict(extra="ignore")

    status: list[Status] = Field(default_factory=list)
    type: list[Type] = Field(default_factory=list)
    vendor: list[str] = Field(default_factory=list, max_length=100)
    region_id: Wanted = None
    branch_id: Wanted = None
    site_id: Wanted = None
    parent_id: Wanted = None
    tag: str = Field("", max_length=200)
    enabled: bool | None = None
    flapping: bool | None = None
    q: str = Field("", max_length=200)

    def for_devices(self) -> DeviceFilter:
        """The same for the slice."""
        return DeviceFilter(
            statuses=self.status,
            types=self.type,
            vendors=[searched(each) for each in self.vendor],
            region_id=self.region_id,
            branch_id=self.branch_id,
            site_id=self.site_id,
            parent_id=self.parent_id,
            tag=searched(self.tag),
            enabled=self.enabled,
            flapping=self.flapping,
            q=searched(self.q),
        )


class FacetOut(Out):
    """How many devices have one value."""

    value: str
    count: int


class RegionFacetOut(Out):
    """How many devices stand in one region."""

    id: int
    name: str
    count: int


class FacetsOut(Out):
    """How the devices that match fall into groups."""

    status: list[FacetOut]
    type: list[FacetOut]
    vendor: list[FacetOut]
    region: list[RegionFacetOut]


Where = Annotated[Filter, Query()]
Listing = Annotated[Window, Depends(window(*inventory.DEVICE_SORTABLE))]
Newest = Annotated[Window, Depends(window())]


@router.get("", dependencies=[READ], response_model=Page[DeviceOut])
def list_devices(session: Reader, where: Where, wanted: Listing) -> Response:
    """Devices with their state."""
    found, total = inventory.find_devices(session, where.for_devices(), wanted)
    return page_answer(DeviceOut, found, total, wanted)


@router.get("/facets", dependencies=[READ])
def device_facets(session: Reader, where: Where) -> FacetsOut:
    """How many of the devices that match have which status, type, vendor and region."""
    return FacetsOut.model_validate(inventory.device_facets(session, where.for_devices()))


@router.post("", status_code=201, dependencies=[WRITE], responses=problems.documents(409))
def create_device(
    session: Writer, stores: StoresOf, body: DeviceIn, response: Response
) -> DeviceOut:
    """Add a device."""
    values = body.model_dump(exclude_none=True)
    device = inventory.create_device(
        session,
        DeviceValues(**values),
        allow_loopback=stores.settings.allow_loopback_targets,
    )
    tell(session, "devices")
    return _answer(device, response)


@router.get("/{device_id}", dependencies=[READ], responses=problems.documents(404))
def get_device(session: Reader, device_id: Id, response: Response) -> DeviceOut:
    """One device."""
    return _answer(inventory.get_device(session, device_id), response)


@router.patch("/{device_id}", dependencies=[WRITE], responses=problems.documents(404, 409, 412))
def update_device(
    session: Writer,
    stores: StoresOf,
    device_id: Id,
    body: DeviceChange,
    response: Response,
    if_match: IfMatch = None,
) -> DeviceOut:
    """Change a device."""
    device = inventory.change_device(
        session,
        device_id,
        body.model_dump(exclude_unset=True),
        version=wanted_number(if_match),
        allow_loopback=stores.settings.allow_loopback_targets,
    )
    tell(session, "devices")
    return _answer(device, response)


@router.delete(
    "/{device_id}",
    status_code=204,
    dependencies=[WRITE],
    responses=problems.documents(404, 409),
)
def delete_device(session: Writer, device_id: Id) -> None:
    """Remove a device; its history stays until it is too old."""
    inventory.delete_device(session, device_id)
    tell(session, "devices")


@router.get("/{device_id}/history", dependencies=[READ], responses=problems.documents(404))
def device_history(session: Reader, device_id: Id, span: HistorySpan) -> HistoryOut:
    """Loss, round trips and states between two moments, in steps that fit `points`."""
    inventory.get_device(session, device_id)
    return history(session, device_id, span)


@router.get("/{device_id}/events", dependencies=[READ], responses=problems.documents(404))
def device_events(session: Reader, device_id: Id, wanted: Newest) -> Page[EventOut]:
    """Changes of state, newest first."""
    inventory.get_device(session, device_id)
    return events(session, device_id, wanted)


@router.get("/{device_id}/incidents", dependencies=[READ], responses=problems.documents(404))
def device_incidents(session: Reader, device_id: Id, wanted: Newest) -> Page[IncidentOut]:
    """Incidents the device was part of, newest first."""
    inventory.get_device(session, device_id)
    found, total = alerting.incidents_of_target(session, device_id, wanted)
    return page_of(found, total, wanted)


def _answer(device: Device, response: Response) -> DeviceOut:
    set_etag(response, device.version)
    return DeviceOut.model_validate(device)
