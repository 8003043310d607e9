"""What the scenario may do to the bank, for any seed."""

from __future__ import annotations

import itertools
import threading
from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from lab_network import Namespace

from wardops.lab import Act, Bank, Faults, Firewall, play, scenario_acts, simulate_bank

BANK = simulate_bank()
ADDRESSES = len(BANK.devices) + len(BANK.links)
seeds = st.integers(0, 2**32)
lengths = st.floats(1, 120)


@settings(max_examples=60, deadline=None)
@given(seeds, lengths)
def test_never_more_than_five_percent_are_in_a_fault(seed: int, minutes: float) -> None:
    on: set[str] = set()
    for act in scenario_acts(BANK, seed=seed, minutes=minutes):
        if act.on:
            assert on.isdisjoint(act.subject.addresses)
            on |= set(act.subject.addresses)
        else:
            on -= set(act.subject.addresses)
        assert len(on) <= 0.05 * ADDRESSES


@settings(max_examples=60, deadline=None)
@given(seeds, lengths)
def test_every_fault_is_taken_off(seed: int, minutes: float) -> None:
    on: Counter[tuple[str, int]] = Counter()
    acts = scenario_acts(BANK, seed=seed, minutes=minutes)
    for act in acts:
        on[act.subject.name, act.percent] += 1 if act.on else -1
        assert on[act.subject.name, act.percent] in (0, 1)
    assert not any(on.values())
    assert [act.at_s for act in acts] == sorted(act.at_s for act in acts)


@settings(max_examples=30, deadline=None)
@given(seeds)
def test_the_bank_is_never_quiet_for_long(seed: int) -> None:
    times = [0.0, *(act.at_s for act in scenario_acts(BANK, seed=seed, minutes=60)), 3600.0]
    assert max(b - a for a, b in itertools.pairwise(times)) < 240


@settings(max_examples=30, deadline=None)
@given(seeds)
def test_core_and_head_office_are_spared(seed: int) -> None:
    core = {device.ip for device in BANK.devices if device.type == "core_router"}
    for act in scenario_acts(BANK, seed=seed, minutes=60):
        assert core.isdisjoint(act.subject.addresses)


def test_an_hour_has_every_kind_of_story(bank: Bank) -> None:
    acts = scenario_acts(bank, seed=1, minutes=60)
    kinds = {str(act.subject.kind) for act in acts}
    flaps = Counter(act.subject.name for act in acts if act.on)
    assert {"device", "branch", "link"} <= kinds
    assert any(act.percent < 100 for act in acts)
    assert max(flaps.values()) >= 4


def test_scenario_that_is_stopped_takes_back_what_it_did(
    namespace: Namespace, tmp_path: Path, bank: Bank
) -> None:
    faults, stop = Faults(Firewall(), tmp_path), threading.Event()
    acts = [act for act in scenario_acts(bank, seed=1, minutes=5) if act.on]
    last = Act(3600.0, True, acts[0].subject)
    stopper = threading.Thread(target=_stop_when_on, args=(tmp_path, len(acts), stop))
    stopper.start()
    namespace.run(play, [*acts, last], faults, stop, speed=1000.0)
    stopper.join()
    assert namespace.run(faults.active) == []
    assert namespace.run(Firewall().losses) == {}


def _stop_when_on(folder: Path, count: int, stop: threading.Event) -> None:
    log = folder / "faults.log"
    while not log.exists() or log.read_bytes().count(b'"act":"on"') < count:
        stop.wait(0.01)
    stop.set()
