"""`ward devices`: what is watched, as a list and as files."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import orjson
import typer

from wardops import inventory
from wardops.cli.instance import DataOption, JsonOption, database_of, settings_of
from wardops.cli.tables import print_rows
from wardops.core import stream
from wardops.core.errors import InvalidInput, WardError
from wardops.core.http import MAX_LIMIT, Window
from wardops.inventory import Device, DeviceFilter, Format, ImportReport

app = typer.Typer(no_args_is_help=True, help="What is watched.")

FormatOption = Annotated[
    str | None, typer.Option("--format", help="csv or json; by default what FILE ends with.")
]
Limit = Annotated[int, typer.Option(min=1, max=MAX_LIMIT, help="Devices to list at most.")]


_SUMS = ("dry_run", "applied", "total", "created", "updated", "unchanged", "failed")


class Unusable(WardError):
    """A file that cannot be read or written, or of no known form."""


@app.command("list")
def list_devices(  # noqa: PLR0913  one argument for each option
    status: Annotated[list[str] | None, typer.Option(help="Only in this state.")] = None,
    type: Annotated[list[str] | None, typer.Option(help="Only of this type.")] = None,
    vendor: Annotated[list[str] | None, typer.Option(help="Only of this vendor.")] = None,
    tag: Annotated[str, typer.Option(help="Only with this tag.")] = "",
    q: Annotated[str, typer.Option(help="Part of name, address, serial, branch or tag.")] = "",
    limit: Limit = MAX_LIMIT,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Devices with their state, worst first."""
    wanted = DeviceFilter(
        statuses=status or (), types=type or (), vendors=vendor or (), tag=tag, q=q
    )
    window = Window(limit=limit, sort=(("status", False), ("name", False)))
    with database_of(data) as database, database.reading() as session:
        found, total = inventory.find_devices(session, wanted, window)
    print_rows([_row(each) for each in found], as_json=as_json)
    if total > len(found):
        typer.echo(f"{len(found)} of {total} devices; --limit shows up to {MAX_LIMIT}.", err=True)


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="CSV or JSON in UTF-8.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check only.")] = False,
    form: FormatOption = None,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Add and change devices as FILE says: all of it, or nothing when a row is faulty."""
    read_as = _form(file, form)
    raw = _read(file)
    allow = settings_of(data).allow_loopback_targets
    with database_of(data) as database, database.transaction() as session:
        report = inventory.import_devices(
            session, raw, read_as, dry_run=dry_run, allow_loopback=allow
        )
        if report.applied:
            stream.append(session, "inventory", {"change": "devices"})
    _tell(report, as_json=as_json)
    if report.failed:
        raise typer.Exit(1)


@app.command("export")
def export_file(
    file: Annotated[Path, typer.Argument(help="Where to write to; `-` prints it.")],
    form: FormatOption = None,
    data: DataOption = None,
) -> None:
    """Write all devices into FILE, which `import` takes back without a change."""
    write_as = _form(file, form)
    with database_of(data) as database, database.reading() as session:
        exported = inventory.export_devices(session, DeviceFilter(), write_as)
    if str(file) == "-":
        typer.get_binary_stream("stdout").write(exported)
        return
    try:
        file.write_bytes(exported)
    except OSError as error:
        raise Unusable(f"{file} cannot be written: {error.strerror}.") from error


def _form(file: Path, given: str | None) -> Format:
    name = (given or file.suffix.removeprefix(".") or "csv").lower()
    if name == "csv":
        return "csv"
    if name == "json":
        return "json"
    raise InvalidInput(f"{name} is not a form of device files.", hint="--format csv or json.")


def _read(file: Path) -> bytes:
    try:
        return typer.get_binary_stream("stdin").read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise Unusable(f"{file} cannot be read: {error.strerror}.") from error


def _row(device: Device) -> dict[str, object]:
    return {
        "id": device.id,
        "name": device.name,
        "ip": device.ip,
        "type": device.type,
        "vendor": device.vendor,
        "branch": device.branch_name,
        "region": device.region_name,
        "status": device.status,
        "down_since": device.down_since,
        "rtt_ms": device.rtt_ms,
    }


def _tell(report: ImportReport, *, as_json: bool) -> None:
    """All rows in JSON; for people the sums, and beside them what is made and what is wrong."""
    sums = {name: getattr(report, name) for name in _SUMS}
    creates = asdict(report.creates)
    if as_json:
        rows = [asdict(row) for row in report.rows]
        typer.echo(orjson.dumps({**sums, "creates": creates, "rows": rows}))
        return
    print_rows([sums], as_json=False)
    for what, names in creates.items():
        if names:
            typer.echo(f"new {what}: {', '.join(names)}", err=True)
    for row in report.rows:
        for fault in row.errors:
            typer.echo(
                f"row {row.row}: {fault.field} {fault.message}. {fault.hint}".rstrip(), err=True
            )
