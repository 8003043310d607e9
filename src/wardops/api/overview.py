"""The overview, the wall and the search: screens that read across everything."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict

from wardops import reporting
from wardops.access import Permission
from wardops.api.dependencies import Reader, StoresOf, require
from wardops.api.incidents import CauseOut, IncidentOut, Kind, Named
from wardops.api.paging import json_answer
from wardops.core.clock import now

router = APIRouter(tags=["overview"], dependencies=[require(Permission.READ)])


class CountsOut(BaseModel):
    """How many are in each state shown."""

    all: int
    up: int
    down: int
    unreachable: int
    flapping: int
    unknown: int
    stale: int
    maintenance: int
    paused: int


class TypeCounts(BaseModel):
    """Devices of one type."""

    type: str
    counts: CountsOut


class PlaceCounts(Named):
    """Devices of a region, or links of a provider."""

    counts: CountsOut


class BranchCounts(PlaceCounts):
    """Devices of a branch."""

    region_id: int


class Availability(BaseModel):
    """Share of the observed time in which targets were not down; null without any."""

    today: float | None
    d7: float | None
    d30: float | None


class IncidentCounts(BaseModel):
    """Incidents that are not resolved."""

    open: int
    acknowledged: int
    critical: int


class EventTarget(BaseModel):
    """What changed."""

    id: int
    kind: Literal["device", "link"]
    name: str
    branch: Named | None


class RecentEvent(BaseModel):
    """A change of state."""

    id: int
    at: datetime
    target: EventTarget
    from_state: str
    to_state: str
    reason: str


class DashboardOut(BaseModel):
    """Everything on the overview."""

    generated_at: datetime
    totals: CountsOut
    links: CountsOut
    availability: Availability
    incidents: IncidentCounts
    by_region: list[PlaceCounts]
    by_type: list[TypeCounts]
    branches: list[BranchCounts]
    providers: list[PlaceCounts]
    top_incidents: list[IncidentOut]
    recent_events: list[RecentEvent]


class WallDevices(BaseModel):
    """All enabled devices as columns; times in seconds since 1970."""

    id: list[int]
    name: list[str]
    ip: list[str]
    type: list[str]
    branch_id: list[int | None]
    status: list[str]
    status_since: list[float]
    down_since: list[float | None]
    last_checked_at: list[float | None]
    rtt_ms: list[float | None]


class WallBranch(Named):
    """A branch on the wall."""

    region_id: int


class WallOut(BaseModel):
    """The wall; the stream goes on from `cursor`."""

    generated_at: datetime
    cursor: str
    regions: list[Named]
    branches: list[WallBranch]
    devices: WallDevices


class FoundDeviceOut(BaseModel):
    """A device that matches."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    name: str
    ip: str
    type: str
    status: str
    branch: str | None


class FoundBranchOut(BaseModel):
    """A branch that matches."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    name: str
    region: str


class FoundIncidentOut(BaseModel):
    """An incident that matches."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    title: str
    kind: Kind
    cause: CauseOut | None
    state: str
    severity: str
    opened_at: datetime


class FoundLinkOut(BaseModel):
    """A link that matches."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    name: str
    probe_address: str
    status: str


class SearchOut(BaseModel):
    """What a search found, best first."""

    model_config = ConfigDict(from_attributes=True)

    devices: list[FoundDeviceOut]
    branches: list[FoundBranchOut]
    incidents: list[FoundIncidentOut]
    links: list[FoundLinkOut]


@router.get("/dashboard", response_model=DashboardOut)
def get_dashboard(session: Reader, stores: StoresOf) -> Response:
    """The overview, counted now."""
    board = stores.overview.look(session)
    body = {
        "generated_at": now(),
        "totals": board.totals,
        "links": board.links,
        "availability": board.availability,
        "incidents": board.facts["incidents"],
        "by_region": board.regions,
        "by_type": board.types,
        "branches": board.branches,
        "providers": board.providers,
        "top_incidents": board.facts["top"],
        "recent_events": board.facts["events"],
    }
    return json_answer(body)


@router.get("/wall", response_model=WallOut)
def get_wall(session: Reader) -> Response:
    """All enabled devices in columns: 10,000 of them are about 1 MB, compressed a tenth."""
    seen = reporting.wall(session)
    body: dict[str, Any] = {
        "generated_at": now(),
        "cursor": str(seen.cursor),
        "regions": [{"id": i, "name": name} for i, name in seen.regions],
        "branches": [
            {"id": i, "name": name, "region_id": region} for i, name, region in seen.branches
        ],
        "devices": seen.columns,
    }
    return json_answer(body)


Text = Annotated[str, Query(min_length=1, max_length=100, description="Part of a name or address.")]
Limit = Annotated[int, Query(ge=1, le=50)]


@router.get("/search")
def search_everything(session: Reader, q: Text, limit: Limit = 8) -> SearchOut:
    """Devices, branches, incidents and links by part of their name or address."""
    found = reporting.search(session, q.replace("\x00", ""), limit=limit)
    return SearchOut.model_validate(found)
