"""`ward demo`: faults of the simulated bank, for real, on and off."""

from __future__ import annotations

import json
import signal
import sys
import threading
from enum import StrEnum
from types import FrameType
from typing import Annotated

import typer

from wardops import lab
from wardops.cli.instance import DataOption, JsonOption
from wardops.core.settings import load_settings
from wardops.lab import Faults, Firewall, SubjectKind

app = typer.Typer(no_args_is_help=True, help="The simulated bank.")
fault = typer.Typer(no_args_is_help=True, help="Make things fall silent, for real.")
app.add_typer(fault, name="fault")


class Switch(StrEnum):
    """On or off."""

    ON = "on"
    OFF = "off"


Name = Annotated[str, typer.Argument(help="Its name, or how it begins.")]
OnOff = Annotated[Switch, typer.Argument(help="on: silent; off: answers again.")]


def _faults(data: DataOption) -> Faults:
    settings = load_settings(**({"data_dir": data} if data else {}))
    return Faults(Firewall(), settings.data_dir / "demo")


def _switch(kind: SubjectKind, name: str, switch: Switch, data: DataOption) -> None:
    subject = lab.find_subject(lab.simulate_bank(), kind, name)
    faults = _faults(data)
    (faults.switch_on if switch is Switch.ON else faults.switch_off)(subject)
    state = "silent" if switch is Switch.ON else "answering again"
    typer.echo(f"{kind} {subject.name}: {len(subject.addresses)} addresses {state}")


@fault.command()
def device(name: Name, switch: OnOff, data: DataOption = None) -> None:
    """One device."""
    _switch(SubjectKind.DEVICE, name, switch, data)


@fault.command()
def link(name: Name, switch: OnOff, data: DataOption = None) -> None:
    """One uplink."""
    _switch(SubjectKind.LINK, name, switch, data)


@fault.command()
def branch(name: Name, switch: OnOff, data: DataOption = None) -> None:
    """All devices and uplinks of a branch, by name or code."""
    _switch(SubjectKind.BRANCH, name, switch, data)


@fault.command()
def provider(name: Name, switch: OnOff, data: DataOption = None) -> None:
    """All uplinks of a provider."""
    _switch(SubjectKind.PROVIDER, name, switch, data)


@fault.command(name="list")
def list_faults(data: DataOption = None, as_json: JsonOption = False) -> None:
    """What is silent now."""
    silent = _faults(data).silenced()
    bank = lab.simulate_bank()
    names = {d.ip: d.name for d in bank.devices} | {x.probe_address: x.name for x in bank.links}
    rows = [{"address": a, "name": names.get(a, "")} for a in sorted(silent)]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        typer.echo(f"{row['address']:<16} {row['name']}")
    typer.echo(f"{len(rows)} addresses are silent")


@fault.command()
def clear(data: DataOption = None) -> None:
    """Take all faults off."""
    _faults(data).clear()
    typer.echo("all addresses answer again")


@app.command()
def scenario(
    speed: Annotated[float, typer.Option(min=0.01, help="How many times faster.")] = 1.0,
    minutes: Annotated[float, typer.Option(min=1, help="How long, before speed.")] = 60.0,
    seed: Annotated[int, typer.Option(help="Another seed is another day.")] = 1,
    data: DataOption = None,
) -> None:
    """Let things fail and come back by themselves, until stopped."""
    stop = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    faults, bank = _faults(data), lab.simulate_bank()
    try:
        while not stop.is_set():
            acts = lab.scenario_acts(bank, seed=seed, minutes=minutes)
            lab.play(acts, faults, stop, speed=speed)
            seed += 1
    except lab.FirewallRefused as error:
        sys.stderr.write(f"ward: {error}\n")
        stop.wait()
