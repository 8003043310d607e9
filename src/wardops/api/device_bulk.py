"""Many devices at once: added, changed or removed in one transaction, with a report of each row.

A faulty row is no refusal: the answer is 200 and names it. `mode=all` then writes nothing,
`mode=each` writes the others.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import ConfigDict, Field, PlainValidator, StrictBool, ValidationError

from wardops import inventory
from wardops.access import Permission
from wardops.api import problems
from wardops.api.dependencies import StoresOf, Writer, require
from wardops.api.device_files import FaultOut
from wardops.api.devices import DeviceIn, Filter, Type
from wardops.api.inventory import Out, Reference, Text, tell
from wardops.core.database import WriteSession
from wardops.core.errors import FieldFault
from wardops.core.http import Body
from wardops.inventory import BulkReport, Chosen, DeviceChanges, DeviceValues, How, Mode

router = APIRouter(prefix="/devices/bulk", tags=["devices"])

WRITE = require(Permission.INVENTORY_WRITE)


def _read(row: object) -> DeviceValues | list[FieldFault]:
    """One device of a list, or why it cannot be read; the others still can."""
    try:
        return DeviceValues(**DeviceIn.model_validate(row).model_dump(exclude_none=True))
    except ValidationError as error:
        return problems.faults_of(
            [{**each, "loc": ("row", *each["loc"])} for each in error.errors()]
        )


class Order(Body):
    """How it is to go: all rows or none, or each that is good; a dry run only tells."""

    mode: Mode = "all"
    dry_run: StrictBool = False

    @property
    def how(self) -> How:
        """The same for the slice."""
        return How(self.mode, self.dry_run)


class BulkCreate(Order):
    """Devices to add, 10,000 at most; a row's number is its place in the list, from 1."""

    devices: list[Annotated[Any, PlainValidator(_read, json_schema_input_type=DeviceIn)]]


class BulkFilter(Filter):
    """Which devices, as in the list; a field that is not known is refused."""

    model_config = ConfigDict(extra="forbid")


class Choice(Order):
    """Which devices: ids or a filter, 10,000 at most.

    `expected` is how many a filter should match; another number is refused.
    """

    ids: list[Reference] | None = None
    filter: BulkFilter | None = None
    expected: int | None = Field(None, ge=0)

    @property
    def chosen(self) -> Chosen:
        """The same for the slice."""
        where = self.filter.for_devices() if self.filter else None
        return Chosen(self.ids, where, self.expected)


class BulkChange(Body):
    """What to change in each device; what is left out stays, null empties a reference."""

    type: Type = "other"
    vendor: Text = ""
    model: Text = ""
    enabled: StrictBool = True
    notes: Text = ""
    parent_id: Reference | None = None
    branch_id: Reference | None = None
    profile_id: Reference | None = None
    add_tags: list[Text] = Field(default_factory=list, max_length=1000)
    remove_tags: list[Text] = Field(default_factory=list, max_length=1000)

    def for_devices(self) -> DeviceChanges:
        """The same for the slice."""
        tags = {"add_tags", "remove_tags"}
        values = self.model_dump(exclude_unset=True, exclude=tags)
        return DeviceChanges(values, self.add_tags, self.remove_tags)


class BulkUpdate(Choice):
    """The same change for many devices."""

    changes: BulkChange


class BulkDelete(Choice):
    """Devices to remove."""


class BulkRowOut(Out):
    """What became of one row; `id` is null for a device that is not there."""

    row: int
    id: int | None
    action: Literal["create", "update", "delete", "unchanged", "error"]
    name: str
    ip: str
    errors: list[FaultOut]


class BulkOut(Out):
    """What was done, or would be; `applied` says that the rows without faults are written."""

    mode: Mode
    dry_run: bool
    applied: bool
    total: int
    created: int
    updated: int
    deleted: int
    unchanged: int
    failed: int
    rows: list[BulkRowOut]


@router.post("/create", dependencies=[WRITE], responses=problems.documents(409))
def create_devices(session: Writer, stores: StoresOf, body: BulkCreate) -> BulkOut:
    """Add many devices."""
    report = inventory.create_devices(
        session,
        body.devices,
        body.how,
        allow_loopback=stores.settings.allow_loopback_targets,
    )
    return _told(session, report)


@router.post("/update", dependencies=[WRITE], responses=problems.documents(409))
def update_devices(session: Writer, stores: StoresOf, body: BulkUpdate) -> BulkOut:
    """Change the same fields of many devices."""
    report = inventory.change_devices(
        session,
        body.chosen,
        body.changes.for_devices(),
        body.how,
        allow_loopback=stores.settings.allow_loopback_targets,
    )
    return _told(session, report)


@router.post("/delete", dependencies=[WRITE], responses=problems.documents(409))
def delete_devices(session: Writer, body: BulkDelete) -> BulkOut:
    """Remove many devices; a parent goes only together with all that is reached through it."""
    return _told(session, inventory.delete_devices(session, body.chosen, body.how))


def _told(session: WriteSession, report: BulkReport) -> BulkOut:
    if report.wrote:
        tell(session, "devices")
    return BulkOut.model_validate(report)
