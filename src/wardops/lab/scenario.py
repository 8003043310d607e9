"""A day in the life of the bank, played by itself: things fail and come back, never many.

The plan is a pure function of the seed, so a test can check all of it without waiting.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from dataclasses import dataclass

from wardops.lab.bank import Bank
from wardops.lab.faults import Faults, Subject, SubjectKind, find_subject

MOST_DOWN = 0.05
"""Share of the addresses that may be silent at a time."""

_WEIGHTS = {
    SubjectKind.DEVICE: 6,
    SubjectKind.LINK: 3,
    SubjectKind.BRANCH: 1,
}


@dataclass(frozen=True, slots=True)
class Act:
    """At `at_s` seconds from the start a subject falls silent or answers again."""

    at_s: float
    on: bool
    subject: Subject


def scenario_acts(bank: Bank, *, seed: int, minutes: float) -> list[Act]:
    """What happens in `minutes`, in order of time; everything that falls also comes back."""
    chance = random.Random(seed)  # noqa: S311  a simulation, no secret
    total = len(bank.devices) + len(bank.links)
    acts: list[Act] = []
    silent: list[tuple[float, Subject]] = []
    at_s = 20.0
    while at_s < minutes * 60:
        silent = [(until, subject) for until, subject in silent if until > at_s]
        taken = {address for _, subject in silent for address in subject.addresses}
        subject = _choose(bank, chance)
        fits = len(taken) + len(subject.addresses) <= MOST_DOWN * total
        if fits and taken.isdisjoint(subject.addresses):
            until = at_s + chance.uniform(40, 240)
            silent.append((until, subject))
            acts += [Act(at_s, True, subject), Act(until, False, subject)]
        at_s += chance.uniform(30, 90)
    return sorted(acts, key=lambda act: act.at_s)


def _choose(bank: Bank, chance: random.Random) -> Subject:
    kind = chance.choices(list(_WEIGHTS), weights=list(_WEIGHTS.values()))[0]
    match kind:
        case SubjectKind.LINK:
            name = chance.choice(bank.links).name
        case SubjectKind.BRANCH:
            name = chance.choice(bank.branches[1:]).code
        case _:
            edge = [d for d in bank.devices if d.type not in ("core_router", "router")]
            name = chance.choice(edge).name
    return find_subject(bank, kind, name)


def play(acts: list[Act], faults: Faults, stop: threading.Event, *, speed: float = 1.0) -> None:
    """Play `acts` in time until they are over or `stop` is set; takes back what is left on."""
    on: list[Subject] = []
    try:
        for wait_s, act in _waits(acts):
            if stop.wait(wait_s / speed):
                return
            if act.on:
                faults.switch_on(act.subject)
                on.append(act.subject)
            else:
                faults.switch_off(act.subject)
                on.remove(act.subject)
    finally:
        for subject in on:
            faults.switch_off(subject)


def _waits(acts: list[Act]) -> Iterator[tuple[float, Act]]:
    before = 0.0
    for act in acts:
        yield act.at_s - before, act
        before = act.at_s


def scenario_command() -> list[str]:
    """Arguments of the ward command that plays the scenario for ever."""
    return ["demo", "scenario"]
