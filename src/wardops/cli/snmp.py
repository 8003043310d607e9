"""`ward snmp`: reads variables and tables of a device, with the engine that polls."""

from __future__ import annotations

import ipaddress
import json
import sys
from collections.abc import Callable
from contextlib import closing
from enum import StrEnum
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.table import Table as Printed

from wardops.cli.instance import JsonOption
from wardops.core.errors import FieldFault, InvalidInput
from wardops.probing import snmp
from wardops.probing.snmp import Agent, Engine, Fault, Job, Oid, Reading, Tag, Version

app = typer.Typer(no_args_is_help=True, help="Read variables and tables of a device now.")

SYSTEM: dict[Oid, str] = {
    (1, 3, 6, 1, 2, 1, 1, 1, 0): "sysDescr",
    (1, 3, 6, 1, 2, 1, 1, 2, 0): "sysObjectID",
    (1, 3, 6, 1, 2, 1, 1, 3, 0): "sysUpTime",
    (1, 3, 6, 1, 2, 1, 1, 4, 0): "sysContact",
    (1, 3, 6, 1, 2, 1, 1, 5, 0): "sysName",
    (1, 3, 6, 1, 2, 1, 1, 6, 0): "sysLocation",
}
_OBJECT_ID: Oid = (1, 3, 6, 1, 2, 1, 1, 2, 0)
_TOLD = {
    Fault.TIMEOUT: "No answer. Does SNMP run there, is the community right, may this host ask?",
    Fault.REFUSED: "The host answers, but nothing listens on this port.",
    Fault.HOST_UNREACHABLE: "A router on the way says that the host cannot be reached.",
    Fault.NO_ROUTE: "This server has no route to the address.",
    Fault.NO_PERMISSION: "This server may not send there: a firewall of its own forbids it.",
    Fault.AGENT_ERROR: "The agent failed on this variable (genErr).",
    Fault.NOT_INCREASING: "The agent goes round in circles; the table is not whole.",
    Fault.TOO_MANY_ROWS: "The table has more rows than asked for; see --rows.",
    Fault.TOO_BIG: "The value does not fit into a datagram.",
    Fault.NONSENSE: "The agent answered something else than was asked.",
}


class Spoken(StrEnum):
    """Versions as people write them."""

    V1 = "1"
    V2C = "2c"


Found = TypeVar("Found")
Target = Annotated[str, typer.Argument(help="IPv4 or IPv6 address.")]
Community = Annotated[
    str, typer.Option("-c", "--community", help="`-` reads it from standard input.")
]
Spelling = Annotated[Spoken, typer.Option("-v", "--version", help="Version of SNMP.")]
Port = Annotated[int, typer.Option(min=1, max=65535)]
Timeout = Annotated[float, typer.Option(min=0.1, max=60, help="Seconds to wait for an answer.")]
Retries = Annotated[int, typer.Option(min=0, max=10)]


@app.command()
def get(  # noqa: PLR0913  an option is an argument
    target: Target,
    oids: Annotated[
        list[str] | None, typer.Argument(help="Variables; without any, who the device is.")
    ] = None,
    community: Community = "public",
    version: Spelling = Spoken.V2C,
    port: Port = 161,
    timeout: Timeout = 2.0,
    retries: Retries = 1,
    as_json: JsonOption = False,
) -> None:
    """Read variables; exit code 1 when one of them is missing."""
    agent = _agent(target, community, version, port, timeout, retries)
    wanted = [_oid(text) for text in oids] if oids else list(SYSTEM)
    found = _held(agent, snmp.get(wanted))
    _print([(oid, reading) for oid, reading in sorted(found.readings.items())], as_json=as_json)
    identity = found.readings.get(_OBJECT_ID)
    if identity and isinstance(identity.value, tuple) and not as_json:
        typer.echo(f"vendor: {snmp.vendor_of(identity.value) or 'not known'}")
    for fault in sorted(set(found.faults.values())):
        names = [snmp.format_oid(oid) for oid, each in found.faults.items() if each == fault]
        typer.echo(f"{', '.join(names)}: {_TOLD[fault]}", err=True)
    missing = any(reading.tag is None for reading in found.readings.values())
    sys.exit(1 if found.faults or (missing and oids) else 0)


@app.command()
def walk(  # noqa: PLR0913  an option is an argument
    target: Target,
    columns: Annotated[list[str], typer.Argument(help="Columns or subtrees.")],
    community: Community = "public",
    version: Spelling = Spoken.V2C,
    port: Port = 161,
    timeout: Timeout = 2.0,
    retries: Retries = 1,
    rows: Annotated[int, typer.Option(min=1, max=1_000_000, help="Rows of each at most.")] = 10_000,
    as_json: JsonOption = False,
) -> None:
    """Read whole columns; exit code 1 when a table is not whole."""
    agent = _agent(target, community, version, port, timeout, retries)
    wanted = [_oid(text) for text in columns]
    limits = snmp.WalkLimits(rows=rows)
    found = _held(agent, snmp.walk(wanted, version=agent.version, limits=limits))
    _print(
        [
            ((*column, *index), reading)
            for column, read in found.columns.items()
            for index, reading in read.items()
        ],
        as_json=as_json,
    )
    if found.fault:
        typer.echo(_TOLD[found.fault], err=True)
    sys.exit(0 if found.whole else 1)


def _held(agent: Agent, conversation: snmp.Conversation[Found]) -> Found:
    job = Job(agent, conversation)
    with closing(Engine()) as engine:
        engine.hold([job], within_s=3600)
    assert job.found is not None  # noqa: S101  an hour is enough for one agent to begin
    return job.found


def _agent(
    target: str, community: str, version: Spoken, port: int, timeout: float, retries: int
) -> Agent:
    _checked("target", ipaddress.ip_address, target, "An address, as 127.0.0.1 or ::1.")
    secret = sys.stdin.readline().rstrip("\n") if community == "-" else community
    spoken = Version.V1 if version == Spoken.V1 else Version.V2C
    return Agent(target, secret.encode(), spoken, port, timeout, retries)


def _oid(text: str) -> Oid:
    return _checked("oid", snmp.parse_oid, text, "Numbers with dots, as 1.3.6.1.2.1.1.1.0.")


def _checked(field: str, read: Callable[[str], Found], text: str, hint: str) -> Found:
    try:
        return read(text)
    except ValueError as error:
        raise InvalidInput(
            f"{text!r} cannot be asked.", faults=[FieldFault(field, f"{error}.", hint)]
        ) from error


def _print(found: list[tuple[Oid, Reading]], *, as_json: bool) -> None:
    rows = [
        (
            snmp.format_oid(oid),
            SYSTEM.get(oid, ""),
            reading.tag.name.lower() if reading.tag else None,
            _shown(reading),
        )
        for oid, reading in found
    ]
    if as_json:
        names = ("oid", "name", "type", "value")
        told = [dict(zip(names, row, strict=True)) for row in rows]
        typer.echo(json.dumps(told, ensure_ascii=False))
    elif rows:
        table = Printed("variable", "name", "type")
        table.add_column("value", overflow="fold")
        for oid, name, kind, value in rows:
            table.add_row(
                oid, name, kind or "no such variable", "" if value is None else f"{value}"
            )
        Console().print(table)


def _shown(reading: Reading) -> str | int | None:
    """Text as text, other bytes in hexadecimal, as snmpget does."""
    value = reading.value
    if isinstance(value, tuple):
        return snmp.format_oid(value)
    if isinstance(value, bytes):
        if reading.tag == Tag.IP_ADDRESS and len(value) == 4:
            return str(ipaddress.IPv4Address(value))
        try:
            text = value.rstrip(b"\0").decode()
        except UnicodeDecodeError:
            return value.hex(" ")
        return text if text.isprintable() or "\n" in text else value.hex(" ")
    return value
