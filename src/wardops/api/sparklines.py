"""The last day of many devices as small curves, for the rows of a list."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from wardops import state
from wardops.access import Permission
from wardops.api.dependencies import Reader, require
from wardops.api.inventory import MAX_ID, Out
from wardops.core.clock import now
from wardops.core.errors import FieldFault, InvalidInput

router = APIRouter(prefix="/devices", tags=["devices"])

MOST = 200
Ids = Annotated[
    str,
    Query(
        pattern=r"^[0-9]{1,19}(,[0-9]{1,19})*$",
        max_length=MOST * 20,
        description=f"Ids of at most {MOST} devices, with commas between them.",
        examples=["1,2,3"],
    ),
]


class SparklineOut(Out):
    """One device: a value for each step, null where it was not pinged or did not answer."""

    id: int
    rtt_ms: list[float | None]
    loss_ratio: list[float | None]


class SparklinesOut(BaseModel):
    """Even steps between two moments; the last one is still going on."""

    from_: datetime = Field(serialization_alias="from")
    to: datetime
    step_s: int
    items: list[SparklineOut]


@router.get("/sparklines", dependencies=[require(Permission.READ)])
def device_sparklines(session: Reader, ids: Ids) -> SparklinesOut:
    """Round trips and loss of the last day in steps of half an hour; null where nobody pinged."""
    found = state.sparklines_of(session, _numbers(ids), now=now())
    return SparklinesOut(
        from_=found.start,
        to=found.end,
        step_s=found.step_s,
        items=[SparklineOut.model_validate(each) for each in found.items],
    )


def _numbers(text: str) -> list[int]:
    numbers = [int(part) for part in text.split(",")]
    if len(numbers) > MOST:
        fault = FieldFault("ids", f"has {len(numbers)} ids", f"Ask for {MOST} at once at most.")
        raise InvalidInput("The request is not valid.", faults=[fault])
    if max(numbers) > MAX_ID:
        fault = FieldFault("ids", f"{max(numbers)} is no id", "Take ids from the list of devices.")
        raise InvalidInput("The request is not valid.", faults=[fault])
    return numbers
