"""Devices as files: import with a dry run and a report for each row, export of what is filtered."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from wardops import inventory
from wardops.access import Permission
from wardops.api.dependencies import Reader, StoresOf, Writer, require
from wardops.api.devices import Where
from wardops.api.inventory import Out, tell
from wardops.inventory import Format

router = APIRouter(prefix="/devices", tags=["devices"])

_TYPES: dict[Format, str] = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "text/csv": {"schema": {"type": "string", "format": "binary"}},
            "application/json": {"schema": {"type": "array", "items": {"type": "object"}}},
        },
    }
}


class FaultOut(Out):
    """What is wrong with one field of a row."""

    field: str
    message: str
    hint: str


class RowOut(Out):
    """What became of one row."""

    row: int
    action: Literal["create", "update", "unchanged", "error"]
    name: str
    ip: str
    errors: list[FaultOut]


class CreatesOut(Out):
    """Names that were not there and are made with the file."""

    regions: list[str]
    branches: list[str]
    profiles: list[str]


class ImportOut(Out):
    """What an import did, or would do; one faulty row is enough for nothing to be written."""

    dry_run: bool
    applied: bool
    total: int
    created: int
    updated: int
    unchanged: int
    failed: int
    creates: CreatesOut
    rows: list[RowOut]


async def _form(format: Format = "csv") -> Format:  # a filter model stands alone beside queries
    return format


Form = Annotated[Format, Depends(_form)]


async def _body(request: Request) -> bytes:
    return await request.body()


@router.post("/import", dependencies=[require(Permission.INVENTORY_WRITE)], openapi_extra=_BODY)
def import_devices(
    session: Writer,
    stores: StoresOf,
    data: Annotated[bytes, Depends(_body)],
    form: Form,
    dry_run: Annotated[bool, Query(description="Check only.")] = False,
) -> ImportOut:
    """Add and change devices as the file in the body says: all of it, or nothing."""
    report = inventory.import_devices(
        session,
        data,
        form,
        dry_run=dry_run,
        allow_loopback=stores.settings.allow_loopback_targets,
    )
    if report.applied:
        tell(session, "devices")
    return ImportOut.model_validate(report)


@router.get(
    "/export",
    dependencies=[require(Permission.READ)],
    response_class=Response,
    responses={200: {"content": {"text/csv": {}, "application/json": {}}}},
)
def export_devices(session: Reader, where: Where, form: Form) -> Response:
    """The devices that match, in the columns that an import takes."""
    exported = inventory.export_devices(session, where.for_devices(), form)
    return Response(
        exported,
        media_type=_TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="devices.{form}"'},
    )
