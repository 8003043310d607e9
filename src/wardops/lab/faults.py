"""Faults of the simulated bank: which addresses a name stands for, and a log of what was done.

The log is the simulation's own: drills compare what WARD said with it.
"""

from __future__ import annotations

import difflib
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from wardops.core.clock import now
from wardops.core.errors import NotFound
from wardops.lab.bank import Bank
from wardops.lab.firewall import Firewall


class SubjectKind(StrEnum):
    """What can be made silent."""

    DEVICE = "device"
    LINK = "link"
    BRANCH = "branch"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing of the bank and the addresses that fall silent with it."""

    kind: SubjectKind
    name: str
    addresses: tuple[str, ...]


def find_subject(bank: Bank, kind: SubjectKind, name: str) -> Subject:
    """The subject whose name is or begins with `name`. Raises NotFound with what comes near."""
    names = list(_names(bank, kind))
    wanted = name.casefold()
    found = [n for n in names if n.casefold() == wanted]
    found = found or [n for n in names if n.casefold().startswith(wanted)]
    if len(found) != 1:
        near = found[:5] or difflib.get_close_matches(name, names, n=5, cutoff=0.3)
        raise NotFound(
            f"{'No' if not found else 'More than one'} {kind} is called {name!r}.",
            hint=f"Did you mean: {', '.join(near)}?" if near else "",
        )
    return Subject(kind, found[0], tuple(_addresses(bank, kind, found[0])))


def _names(bank: Bank, kind: SubjectKind) -> Iterator[str]:
    match kind:
        case SubjectKind.DEVICE:
            yield from (device.name for device in bank.devices)
        case SubjectKind.LINK:
            yield from (link.name for link in bank.links)
        case SubjectKind.BRANCH:
            for branch in bank.branches:
                yield branch.name
                yield branch.code
        case SubjectKind.PROVIDER:
            yield from sorted({link.provider for link in bank.links})


def _addresses(bank: Bank, kind: SubjectKind, name: str) -> Iterator[str]:
    match kind:
        case SubjectKind.DEVICE:
            yield from (device.ip for device in bank.devices if device.name == name)
        case SubjectKind.LINK:
            yield from (link.probe_address for link in bank.links if link.name == name)
        case SubjectKind.PROVIDER:
            yield from (link.probe_address for link in bank.links if link.provider == name)
        case SubjectKind.BRANCH:
            numbers = {b.number for b in bank.branches if name in (b.name, b.code)}
            yield from (device.ip for device in bank.devices if device.branch in numbers)
            yield from (link.probe_address for link in bank.links if link.branch in numbers)


class Faults:
    """Switches faults on and off and writes each act down."""

    def __init__(self, firewall: Firewall, folder: Path) -> None:
        self._firewall = firewall
        self._log = folder / "faults.log"

    def switch_on(self, subject: Subject) -> None:
        """Silence a subject."""
        self._firewall.silence(subject.addresses)
        self._write("on", subject)

    def switch_off(self, subject: Subject) -> None:
        """Let a subject answer again."""
        self._firewall.restore(subject.addresses)
        self._write("off", subject)

    def clear(self) -> None:
        """Take all faults off."""
        self._firewall.clear()
        self._write("clear", None)

    def silenced(self) -> set[str]:
        """Addresses that are silent now."""
        return self._firewall.silenced()

    def _write(self, act: str, subject: Subject | None) -> None:
        self._log.parent.mkdir(parents=True, exist_ok=True)
        line = {
            "at": now().isoformat(),
            "monotonic": time.monotonic(),
            "act": act,
            "kind": subject.kind if subject else None,
            "name": subject.name if subject else None,
            "addresses": subject.addresses if subject else [],
        }
        with self._log.open("a") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
