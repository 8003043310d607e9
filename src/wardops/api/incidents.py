"""Incidents: the inbox, one incident with its story, acknowledging and commenting."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field

from wardops import alerting
from wardops.access import Permission, Principal
from wardops.alerting import IncidentFilter
from wardops.api.dependencies import Reader, Writer, require
from wardops.api.paging import window
from wardops.core.clock import now
from wardops.core.errors import NotFound
from wardops.core.http import Body, Page, Window

router = APIRouter(prefix="/incidents", tags=["incidents"])

State = Literal["open", "acknowledged", "resolved"]
Severity = Literal["critical", "high", "medium", "low", "info"]
Kind = Literal["device_down", "branch_down", "link_down", "system"]
Actor = Annotated[Principal, require(Permission.INCIDENTS_ACT)]
Wanted = Annotated[
    Window, Depends(window("opened_at", "last_change_at", "resolved_at", "severity", "state", "id"))
]


class Named(BaseModel):
    """Something with a name."""

    id: int
    name: str


class CauseOut(BaseModel):
    """What the incident is about."""

    kind: Literal["device", "branch", "link"]
    id: int | None
    name: str


class IncidentOut(BaseModel):
    """An incident as lists show it."""

    id: int
    title: str
    kind: Kind
    severity: Severity
    state: State
    opened_at: datetime
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    resolved_at: datetime | None
    last_change_at: datetime
    cause: CauseOut | None
    branch: Named | None
    region: Named | None
    subject_count: int
    subjects_down: int
    alert_count: int


class SubjectOut(BaseModel):
    """A device or link inside an incident."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    kind: Literal["device", "link"]
    name: str
    ip: str | None
    type: str | None
    status: str | None
    down_at: datetime
    recovered_at: datetime | None


class TimelineOut(BaseModel):
    """One line of an incident's story."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    at: datetime
    kind: str
    actor: str | None
    text: str | None
    data: dict[str, Any]


class IncidentDetail(IncidentOut):
    """An incident with everything in it."""

    subjects: list[SubjectOut]
    timeline: list[TimelineOut]


class AckBody(Body):
    """Taking an incident on."""

    comment: str | None = Field(None, max_length=4000)


class BulkAckBody(AckBody):
    """Taking several incidents on."""

    ids: list[int] = Field(min_length=1, max_length=1000)


class CommentBody(Body):
    """A remark."""

    text: str = Field(min_length=1, max_length=4000)


class Acknowledged(BaseModel):
    """How many incidents were open and are acknowledged now."""

    acknowledged: int


class Filter(BaseModel):
    """Query parameters of the list."""

    model_config = ConfigDict(extra="ignore")

    state: list[State] = Field(default_factory=list)
    severity: list[Severity] = Field(default_factory=list)
    kind: Kind | None = None
    branch_id: int | None = Field(None, ge=0, le=2**63 - 1)
    region_id: int | None = Field(None, ge=0, le=2**63 - 1)
    device_id: int | None = Field(None, ge=0, le=2**63 - 1)
    opened_after: datetime | None = None
    opened_before: datetime | None = None
    q: str = Field("", max_length=200)


@router.get("", dependencies=[require(Permission.READ)])
def list_incidents(
    session: Reader, where: Annotated[Filter, Query()], wanted: Wanted
) -> Page[IncidentOut]:
    """Incidents, open ones first."""
    items, total = alerting.find_incidents(
        session,
        IncidentFilter(
            states=where.state,
            severities=where.severity,
            kind=where.kind,
            branch_id=where.branch_id,
            region_id=where.region_id,
            device_id=where.device_id,
            opened_after=where.opened_after,
            opened_before=where.opened_before,
            q=where.q.replace("\x00", ""),
        ),
        wanted,
    )
    return page_of(items, total, wanted)


def page_of(items: list[alerting.Incident], total: int, wanted: Window) -> Page[IncidentOut]:
    """A page of incidents in the shape of the API."""
    return Page(
        items=[IncidentOut.model_validate(item.as_json()) for item in items],
        total=total,
        skip=wanted.skip,
        limit=wanted.limit,
        has_more=wanted.skip + len(items) < total,
    )


@router.post("/ack")
def acknowledge_incidents(session: Writer, body: BulkAckBody, actor: Actor) -> Acknowledged:
    """Acknowledge many at once."""
    taken = alerting.acknowledge(
        session, sorted(set(body.ids)), actor=_name(actor), text=body.comment, now=now()
    )
    return Acknowledged(acknowledged=len(taken))


@router.get("/{incident_id}", dependencies=[require(Permission.READ)])
def get_incident(session: Reader, incident_id: int) -> IncidentDetail:
    """One incident with its subjects and its timeline."""
    incident = _one(session, incident_id).as_json()
    subjects = alerting.subjects_of(session, incident_id)
    timeline = alerting.timeline_of(session, incident_id)
    return IncidentDetail.model_validate({**incident, "subjects": subjects, "timeline": timeline})


@router.post("/{incident_id}/ack")
def acknowledge_incident(
    session: Writer, incident_id: int, body: AckBody, actor: Actor
) -> IncidentOut:
    """Take an incident on; one that is acknowledged or resolved stays as it is."""
    alerting.acknowledge(session, [incident_id], actor=_name(actor), text=body.comment, now=now())
    return IncidentOut.model_validate(_one(session, incident_id).as_json())


@router.post("/{incident_id}/comment", status_code=201)
def comment_incident(
    session: Writer, incident_id: int, body: CommentBody, actor: Actor
) -> TimelineOut:
    """Add a remark to the timeline."""
    entry = alerting.comment(session, incident_id, actor=_name(actor), text=body.text, now=now())
    return TimelineOut.model_validate(entry)


def _one(session: Reader, incident_id: int) -> alerting.Incident:
    incident = alerting.get_incident(session, incident_id)
    if incident is None:
        raise NotFound(f"There is no incident {incident_id}.")
    return incident


def _name(actor: Principal) -> tuple[int | None, str]:
    return actor.user_id, actor.username
