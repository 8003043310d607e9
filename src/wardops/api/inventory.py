"""What the routes of the inventory have in common: fields, and the story of one target."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from fastapi import Depends, Path, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from wardops import state
from wardops.api.dependencies import Reader, StoresOf
from wardops.api.paging import page
from wardops.core import stream
from wardops.core.clock import now
from wardops.core.database import ReadSession, WriteSession
from wardops.core.errors import FieldFault, InvalidInput
from wardops.core.http import Page, Window

MAX_ID = 2**63 - 1

Id = Annotated[int, Path(ge=1, le=MAX_ID)]
Reference = Annotated[int, Field(ge=1, le=MAX_ID)]
Wanted = Annotated[int | None, Field(ge=1, le=MAX_ID)]
Text = Annotated[str, Field(max_length=10_000)]
Search = Annotated[str, Query(max_length=200, description="Part of a name.")]
Status = Literal[
    "up", "down", "unreachable", "flapping", "unknown", "stale", "maintenance", "paused"
]


class Out(BaseModel):
    """An answer made from a value of a slice."""

    model_config = ConfigDict(from_attributes=True)


class Named(Out):
    """Something with a name."""

    id: int
    name: str


class StatusOut(Out):
    """The state that is shown; `rtt_ms` in milliseconds, `loss_ratio` from 0 to 1."""

    status: Status
    status_since: datetime
    down_since: datetime | None
    last_checked_at: datetime | None
    rtt_ms: float | None
    loss_ratio: float | None
    reason: str
    flapping: bool
    in_maintenance: bool


class PointOut(Out):
    """Pings of one step of time; a step without pings has no point."""

    t: datetime
    sent: int
    lost: int
    rtt_min_ms: float | None
    rtt_avg_ms: float | None
    rtt_max_ms: float | None
    jitter_ms: float | None


class IntervalOut(BaseModel):
    """A stretch of one state; `to` is null while it lasts."""

    state: str
    from_: datetime = Field(serialization_alias="from")
    to: datetime | None
    reason: str


class HistoryOut(BaseModel):
    """What was measured, and the states that followed from it."""

    from_: datetime = Field(serialization_alias="from")
    to: datetime
    resolution_s: float
    points: list[PointOut]
    intervals: list[IntervalOut]


class EventOut(Out):
    """One change of state, with what proves it."""

    id: int
    at: datetime
    from_state: str
    to_state: str
    reason: str
    evidence: dict[str, Any]


class Span:
    """The stretch of time and the number of points a history is asked for."""

    def __init__(
        self,
        stores: StoresOf,
        from_: Annotated[
            AwareDatetime | None, Query(alias="from", description="By default a day before `to`.")
        ] = None,
        to: Annotated[AwareDatetime | None, Query(description="By default now.")] = None,
        points: Annotated[int, Query(ge=10, le=2000, description="At most this many.")] = 300,
    ) -> None:
        self.end = to or now()
        self.start = from_ or _before(self.end, timedelta(days=1))
        if not timedelta(0) < self.end - self.start <= timedelta(days=3660):
            fault = FieldFault("from", "must lie before `to`", "At most ten years before it.")
            raise InvalidInput("The request is not valid.", faults=[fault])
        interval = stores.settings.history_interval_s
        self.step_s = max(interval, (self.end - self.start).total_seconds() / points)


def _before(end: datetime, span: timedelta) -> datetime:
    try:
        return end - span
    except OverflowError:
        return end


HistorySpan = Annotated[Span, Depends()]


def history(session: ReadSession, target_id: int, span: Span) -> HistoryOut:
    """Measurements and states of one target, in two statements."""
    points = state.history_of(
        session, target_id, start=span.start, end=span.end, step_s=span.step_s
    )
    intervals = state.intervals_of(session, target_id, start=span.start, end=span.end)
    return HistoryOut(
        from_=span.start,
        to=span.end,
        resolution_s=span.step_s,
        points=[PointOut.model_validate(each) for each in points],
        intervals=[
            IntervalOut(state=each.state, from_=each.since, to=each.until, reason=each.reason)
            for each in intervals
        ],
    )


def events(session: Reader, target_id: int, window: Window) -> Page[EventOut]:
    """Changes of state of one target, newest first."""
    found, total = state.events_of(session, target_id, skip=window.skip, limit=window.limit)
    return page([EventOut.model_validate(each) for each in found], total, window)


def tell(session: WriteSession, what: str) -> None:
    """Let open browsers know that the inventory is another."""
    stream.append(session, "inventory", {"change": what})


def searched(text: str) -> str:
    """What was typed, without what PostgreSQL cannot hold."""
    return text.replace("\x00", "").strip()
