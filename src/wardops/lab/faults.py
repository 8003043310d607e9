"""Faults of the simulated bank, on and off, and the log of what was done.

The log is the simulation's own: drills compare what WARD said with it. Which faults are on is
read from it too, so they outlast every process of ours.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from wardops.core.clock import now
from wardops.lab.firewall import Firewall
from wardops.lab.subjects import Subject, SubjectKind

PLAYER = "scenario"
"""Who switched a fault on, where it was the scenario; else it was a person."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A subject that loses `percent` of what is sent to it, since `since_ns` (wall clock)."""

    subject: Subject
    percent: int
    by: str
    since_ns: int

    @property
    def key(self) -> tuple[str, str, int]:
        """One fault for each kind, name and share of loss."""
        return self.subject.kind, self.subject.name, self.percent


class Faults:
    """Switches faults on and off and writes each act down."""

    def __init__(self, firewall: Firewall, folder: Path) -> None:
        self._firewall = firewall
        self._log = folder / "faults.log"

    def switch_on(self, subject: Subject, *, percent: int = 100, by: str = "hand") -> None:
        """Let a subject lose packets; all of them unless told. Raises FirewallRefused."""
        with self._act("on", subject, percent=percent, by=by):
            self._firewall.drop(subject.addresses, percent=percent)

    def switch_off(self, subject: Subject, *, percent: int | None = None) -> int:
        """Take a subject's faults off, all shares of loss unless one is told; how many."""
        ended = [
            fault
            for fault in self.active()
            if (fault.subject.kind, fault.subject.name) == (subject.kind, subject.name)
            and percent in (None, fault.percent)
        ]
        for fault in ended:
            self._switch_off(fault)
        return len(ended)

    def take_back(self, by: str) -> None:
        """Take off what `by` left on."""
        for fault in self.active():
            if fault.by == by:
                self._switch_off(fault)

    def _switch_off(self, fault: Fault) -> None:
        with self._act("off", fault.subject, percent=fault.percent, by=fault.by):
            others = [f for f in self.active() if f.percent == fault.percent and f.key != fault.key]
            held = {address for other in others for address in other.subject.addresses}
            free = [address for address in fault.subject.addresses if address not in held]
            self._firewall.restore(free, percent=fault.percent)

    def clear(self) -> None:
        """Take all faults off and remove every trace from the kernel."""
        with self._act("clear", None, percent=0, by="hand"):
            self._firewall.clear()

    def active(self) -> list[Fault]:
        """Faults that are on, oldest first; those that a restart of the machine ended are not."""
        silent = self._firewall.losses()
        return [
            fault
            for fault in self._told()
            if any(address in silent for address in fault.subject.addresses)
        ]

    def _told(self) -> list[Fault]:
        told: dict[tuple[str, str, int], Fault] = {}
        for line in self._lines():
            if line["act"] == "clear":
                told.clear()
                continue
            fault = _fault(line)
            told.pop(fault.key, None)
            if line["act"] == "on":
                told[fault.key] = fault
        return list(told.values())

    def _lines(self) -> Iterator[Mapping[str, object]]:
        if self._log.exists():
            for line in self._log.read_bytes().splitlines():
                yield orjson.loads(line)

    @contextmanager
    def _act(self, act: str, subject: Subject | None, *, percent: int, by: str) -> Iterator[None]:
        """One act at a time on this log; what fails is not written."""
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            began, began_monotonic = _wall_ns(), time.monotonic()
            yield
            line = {
                "act": act,
                "wall_ns": began,
                "monotonic_s": began_monotonic,
                "done_monotonic_s": time.monotonic(),
                "percent": percent,
                "by": by,
                "subject": asdict(subject) if subject else None,
            }
            file.write(orjson.dumps(line) + b"\n")


def _fault(line: Mapping[str, object]) -> Fault:
    told = line["subject"]
    assert isinstance(told, dict)  # noqa: S101  only `clear` has none
    subject = Subject(SubjectKind(told["kind"]), told["name"], tuple(told["addresses"]))
    percent, since = line["percent"], line["wall_ns"]
    assert isinstance(percent, int)  # noqa: S101
    assert isinstance(since, int)  # noqa: S101
    return Fault(subject, percent, str(line["by"]), since)


def _wall_ns() -> int:
    moment = now()
    return int(moment.replace(microsecond=0).timestamp()) * 10**9 + moment.microsecond * 1000
