"""`ward demo`: faults of the simulated bank, for real, on and off."""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from types import FrameType
from typing import Annotated

import typer

from wardops import lab
from wardops.cli.instance import DataOption, JsonOption
from wardops.cli.tables import print_rows
from wardops.core.errors import InvalidInput
from wardops.core.settings import load_settings
from wardops.embedded import Places, read_instance
from wardops.lab import Faults, Firewall, Subject, SubjectKind

app = typer.Typer(no_args_is_help=True, help="The simulated bank.")
fault = typer.Typer(no_args_is_help=True, help="Make things fall silent, for real.")
app.add_typer(fault, name="fault")

ROUND_MINUTES = 30.0
_UNITS = {"s": 1, "m": 60, "h": 3600}


class Switch(StrEnum):
    """On or off."""

    ON = "on"
    OFF = "off"


def _percent(text: str) -> int:
    found = re.fullmatch(r"(\d{1,3})\s*%?", text.strip())
    if not found or not 1 <= int(found[1]) <= 100:
        raise typer.BadParameter("from 1% to 100%")
    return int(found[1])


def _seconds(text: str) -> float:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smh]?)", text.strip())
    if not found or float(found[1]) <= 0:
        raise typer.BadParameter("a time such as 30s, 5m or 1h")
    return float(found[1]) * _UNITS[found[2] or "s"]


Names = Annotated[list[str], typer.Argument(help="Names, or how they begin.")]
OnOff = Annotated[Switch, typer.Argument(help="on: silent; off: answers again.")]
Loss = Annotated[str, typer.Option("--loss", metavar="PERCENT", help="Lose only a part: 30%.")]
For = Annotated[
    str, typer.Option("--for", metavar="TIME", help="Wait, then switch off again: 30s, 5m.")
]


def _folder_faults(data: DataOption) -> Faults:
    settings = load_settings(**({"data_dir": data} if data else {}))
    return Faults(Firewall(), settings.data_dir / "demo")


def _command(kind: SubjectKind, summary: str) -> Callable[..., None]:
    """`ward demo fault <kind>`; they differ in what a name means."""

    def switch(
        names: Names,
        switch: OnOff,
        loss: Loss = "100%",
        lasts: For = "",
        data: DataOption = None,
        as_json: JsonOption = False,
    ) -> None:
        bank, faults = lab.simulate_bank(), _folder_faults(data)
        subjects = [lab.find_subject(bank, kind, name) for name in names]
        if switch is Switch.OFF:
            if lasts:
                raise InvalidInput("--for goes with `on` only.")
            rows = [
                _row(each, "answers again" if faults.switch_off(each) else "was not in a fault")
                for each in subjects
            ]
            print_rows(rows, as_json=as_json)
            return
        lasts_s = _seconds(lasts) if lasts else 0
        _switch_on(faults, subjects, loss=_percent(loss), lasts_s=lasts_s, as_json=as_json)

    switch.__doc__ = summary
    return switch


def _switch_on(
    faults: Faults, subjects: list[Subject], *, loss: int, lasts_s: float, as_json: bool
) -> None:
    told = "silent" if loss == 100 else f"loses {loss} %"
    stop = _stopped_by_signals() if lasts_s else threading.Event()
    try:
        for each in subjects:
            faults.switch_on(each, percent=loss)
        print_rows([_row(each, told) for each in subjects], as_json=as_json)
        if lasts_s:
            stop.wait(lasts_s)
    finally:
        if lasts_s:
            for each in subjects:
                faults.switch_off(each, percent=loss)


def _row(subject: Subject, told: str) -> dict[str, object]:
    return {
        "kind": str(subject.kind),
        "name": subject.name,
        "addresses": len(subject.addresses),
        "now": told,
    }


for _kind, _summary in {
    SubjectKind.DEVICE: "Single devices.",
    SubjectKind.BRANCH: "All devices and uplinks of branches, by name or code.",
    SubjectKind.LINK: "Uplinks; a branch that has no other falls silent with its link.",
    SubjectKind.PROVIDER: "All uplinks of a provider, and the branches that have no other.",
    SubjectKind.ADDRESS: "Addresses of the simulation's networks.",
}.items():
    fault.command(name=str(_kind))(_command(_kind, _summary))


@fault.command(name="list")
def list_faults(data: DataOption = None, as_json: JsonOption = False) -> None:
    """Faults that are on."""
    rows = [
        {
            **_row(each.subject, f"loses {each.percent} %"),
            "by": each.by,
            "since": datetime.fromtimestamp(each.since_ns / 1e9, UTC),
        }
        for each in _folder_faults(data).active()
    ]
    if not rows and not as_json:
        typer.echo("no fault is on")
        return
    print_rows(rows, as_json=as_json)


@fault.command()
def clear(data: DataOption = None) -> None:
    """Take all faults off and remove our nftables table."""
    _folder_faults(data).clear()
    typer.echo("all addresses answer")


@app.command()
def status(data: DataOption = None, as_json: JsonOption = False) -> None:
    """What the simulated bank is, and how much of it is in a fault."""
    settings = load_settings(**({"data_dir": data} if data else {}))
    bank, instance = lab.simulate_bank(), read_instance(Places(settings.data_dir.resolve()))
    row: dict[str, object] = {
        "address": instance.address if instance else "not started",
        "branches": len(bank.branches),
        "devices": len(bank.devices),
        "links": len(bank.links),
    }
    try:
        Firewall().check()
        faults = _folder_faults(data).active()
        row |= {
            "faults": len(faults),
            "by_scenario": sum(each.by == lab.PLAYER for each in faults),
            "addresses_in_fault": len(Firewall().losses()),
        }
    except lab.FirewallRefused as error:
        row["faults"] = error.message
    print_rows([row], as_json=as_json)


@app.command()
def scenario(
    once: Annotated[bool, typer.Option("--once", help="One round, then end.")] = False,
    speed: Annotated[float, typer.Option(min=0.01, help="How many times faster.")] = 1.0,
    minutes: Annotated[
        float, typer.Option(min=1, help="Length of a round, before speed.")
    ] = ROUND_MINUTES,
    seed: Annotated[int, typer.Option(help="Another seed is another day.")] = 1,
    data: DataOption = None,
) -> None:
    """Let things fail and come back by themselves, until stopped."""
    stop = _stopped_by_signals()
    faults, bank = _folder_faults(data), lab.simulate_bank()
    try:
        while not stop.is_set():
            acts = lab.scenario_acts(bank, seed=seed, minutes=minutes)
            lab.play(acts, faults, stop, speed=speed)
            seed += 1
            if once:
                return
    except lab.FirewallRefused as error:
        if once:
            raise
        typer.echo(f"ward: {error}", err=True)
        stop.wait()  # `ward up` would start us again and again


def _stopped_by_signals() -> threading.Event:
    stop = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    return stop
