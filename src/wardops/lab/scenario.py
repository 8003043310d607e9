"""A day in the life of the bank, played by itself: things fail and come back, never many.

The plan is a pure function of the seed, so a test can check all of it without waiting.
"""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from wardops.lab.bank import Bank, SimulatedLink
from wardops.lab.faults import PLAYER, Faults
from wardops.lab.subjects import Subject, SubjectKind, find_subject

MOST_DOWN = 0.05
"""Share of the addresses that may be in a fault at a time."""
FIRST_AT_S = 20.0
LOSSY_LINKS = 6
DEGRADED_PERCENT = 30

_EDGE = ("atm", "payment_terminal", "access_point", "video_recorder", "access_controller", "switch")


@dataclass(frozen=True, slots=True)
class Act:
    """At `at_s` seconds from the start a subject begins or ends to lose `percent`."""

    at_s: float
    on: bool
    subject: Subject
    percent: int = 100


def scenario_acts(bank: Bank, *, seed: int, minutes: float) -> list[Act]:
    """What happens in `minutes`, in order of time; all of it is taken back at the end.

    A new story begins every 30 to 90 seconds unless too much would be down.
    """
    chance = random.Random(seed)  # noqa: S311  a simulation, no secret
    most = int(MOST_DOWN * (len(bank.devices) + len(bank.links)))
    acts: list[Act] = []
    busy: list[tuple[float, frozenset[str]]] = []
    at_s = FIRST_AT_S
    turn = 0
    while at_s < minutes * 60:
        busy = [(until, taken) for until, taken in busy if until > at_s]
        taken = frozenset[str]().union(*(addresses for _, addresses in busy))
        story = _STORIES[turn % len(_STORIES)](bank, chance, at_s)
        touched = frozenset(address for act in story for address in act.subject.addresses)
        if taken.isdisjoint(touched) and len(taken) + len(touched) <= most:
            acts += story
            busy.append((max(act.at_s for act in story), touched))
        turn += 1
        at_s += chance.uniform(30, 90)
    return sorted(acts, key=lambda act: act.at_s)


def _device_dies(bank: Bank, chance: random.Random, at_s: float) -> list[Act]:
    kind = "atm" if chance.random() < 0.5 else chance.choice(_EDGE)
    return _for_a_while(_device(bank, chance, kind), at_s, chance.uniform(60, 240))


def _branch_loses_power(bank: Bank, chance: random.Random, at_s: float) -> list[Act]:
    return _for_a_while(_branch(bank, chance), at_s, chance.uniform(60, 180))


def _uplink_fails(bank: Bank, chance: random.Random, at_s: float) -> list[Act]:
    link = chance.choice(_links_with_a_second(bank))
    subject = find_subject(bank, SubjectKind.LINK, link.name)
    return _for_a_while(subject, at_s, chance.uniform(60, 240))


def _provider_degrades(bank: Bank, chance: random.Random, at_s: float) -> list[Act]:
    provider = chance.choice(sorted({link.provider for link in bank.links}))
    links = [link for link in _links_with_a_second(bank) if link.provider == provider]
    lasts = chance.uniform(120, 240)
    return [
        act
        for link in chance.sample(links, min(LOSSY_LINKS, len(links)))
        for act in _for_a_while(
            find_subject(bank, SubjectKind.LINK, link.name), at_s, lasts, DEGRADED_PERCENT
        )
    ]


def _terminal_flaps(bank: Bank, chance: random.Random, at_s: float) -> list[Act]:
    subject = _device(bank, chance, "payment_terminal")
    acts: list[Act] = []
    for _ in range(4):
        lasts = chance.uniform(12, 20)
        acts += _for_a_while(subject, at_s, lasts)
        at_s += lasts + chance.uniform(12, 20)
    return acts


_Story = Callable[[Bank, random.Random, float], list[Act]]
_STORIES: tuple[_Story, ...] = (
    _device_dies,
    _branch_loses_power,
    _uplink_fails,
    _device_dies,
    _terminal_flaps,
    _device_dies,
    _provider_degrades,
)


def _for_a_while(subject: Subject, at_s: float, lasts_s: float, percent: int = 100) -> list[Act]:
    return [Act(at_s, True, subject, percent), Act(at_s + lasts_s, False, subject, percent)]


def _device(bank: Bank, chance: random.Random, kind: str) -> Subject:
    name = chance.choice([each.name for each in bank.devices if each.type == kind])
    return find_subject(bank, SubjectKind.DEVICE, name)


def _branch(bank: Bank, chance: random.Random) -> Subject:
    """Any but the head office, where the core routers are."""
    return find_subject(bank, SubjectKind.BRANCH, chance.choice(bank.branches[1:]).code)


def _links_with_a_second(bank: Bank) -> list[SimulatedLink]:
    """Links whose branch is still reached when they fail."""
    counts = Counter(link.branch for link in bank.links)
    return [link for link in bank.links if counts[link.branch] > 1]


def play(acts: list[Act], faults: Faults, stop: threading.Event, *, speed: float = 1.0) -> None:
    """Play `acts` in time until they are over or `stop` is set; takes back what is left on.

    Raises FirewallRefused.
    """
    faults.take_back(PLAYER)  # of a scenario that was killed
    before = 0.0
    try:
        for act in acts:
            if stop.wait((act.at_s - before) / speed):
                return
            before = act.at_s
            if act.on:
                faults.switch_on(act.subject, percent=act.percent, by=PLAYER)
            else:
                faults.switch_off(act.subject, percent=act.percent)
    finally:
        faults.take_back(PLAYER)


def scenario_command() -> list[str]:
    """Arguments of the ward command that plays the scenario for ever."""
    return ["demo", "scenario"]
