"""The simulated bank and its scenario: the same for the same seed, never too much at a time."""

from __future__ import annotations

from collections import Counter
from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from wardops.core.errors import InvalidInput, NotFound
from wardops.lab import SubjectKind, find_subject, scenario_acts, simulate_bank
from wardops.lab.bank import MIX, TWO_UPLINKS
from wardops.lab.scenario import MOST_DOWN

BANK = simulate_bank()


def test_the_bank_is_the_same_for_the_same_seed() -> None:
    assert simulate_bank(7) == BANK != simulate_bank(8)


@examples(max_examples=10, deadline=None)
@given(st.integers(0, 10**6))
def test_every_bank_has_the_mix_of_the_real_one(seed: int) -> None:
    bank = simulate_bank(seed)
    types = Counter(device.type for device in bank.devices)
    assert {kind: types[kind] for kind in MIX} == MIX
    assert len(bank.branches) == 128
    assert len(bank.links) == 128 + TWO_UPLINKS
    names = {device.name for device in bank.devices}
    assert len(names) == len(bank.devices)
    assert {device.parent for device in bank.devices} - {None} <= names


def test_addresses_are_loopback_and_each_is_used_once() -> None:
    addresses = [d.ip for d in BANK.devices] + [link.probe_address for link in BANK.links]
    assert len(addresses) == len(set(addresses))
    assert all(ip_address(each) in ip_network("127.0.0.0/8") for each in addresses)
    assert not [each for each in addresses if ip_address(each) in ip_network("127.0.0.0/24")]


def test_every_branch_is_reached_from_a_core_router() -> None:
    parents = {device.name: device.parent for device in BANK.devices}
    for name in parents:
        top, steps = name, 0
        while (above := parents[top]) is not None:
            top, steps = above, steps + 1
            assert steps < 5
        assert top.startswith("core-")


def test_a_subject_is_found_by_name_in_any_case_or_by_its_beginning_alone() -> None:
    device = BANK.devices[40]
    assert find_subject(BANK, SubjectKind.DEVICE, device.name.upper()).addresses == (device.ip,)
    by_code = find_subject(BANK, SubjectKind.BRANCH, "b014")
    assert by_code == find_subject(BANK, SubjectKind.BRANCH, BANK.branches[13].name)
    assert {d.ip for d in BANK.devices if d.branch == 14} <= set(by_code.addresses)


@pytest.mark.parametrize(
    ("name", "told"), [("rtr-b01", "More than one"), ("rtr-bxx-1", "No device")]
)
def test_a_name_that_is_not_clear_is_told_with_what_comes_near(name: str, told: str) -> None:
    with pytest.raises(NotFound, match=told) as refused:
        find_subject(BANK, SubjectKind.DEVICE, name)
    assert "rtr-b" in refused.value.hint


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "8.8.8.8", "::1", "rtr"])
def test_an_address_outside_the_simulation_is_never_a_subject(address: str) -> None:
    with pytest.raises(InvalidInput):
        find_subject(BANK, SubjectKind.ADDRESS, address)


def test_a_provider_takes_down_whole_the_branches_that_have_no_other() -> None:
    provider = BANK.links[0].provider
    hit = set(find_subject(BANK, SubjectKind.PROVIDER, provider).addresses)
    others = {link.branch for link in BANK.links if link.provider != provider}
    for device in BANK.devices:
        assert (device.ip in hit) == (device.branch not in others)


@examples(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 120))
def test_the_scenario_never_takes_too_much_and_gives_all_back(seed: int, minutes: int) -> None:
    acts = scenario_acts(BANK, seed=seed, minutes=minutes)
    most = int(MOST_DOWN * (len(BANK.devices) + len(BANK.links)))
    down: Counter[str] = Counter()
    assert acts == sorted(acts, key=lambda act: act.at_s)
    for act in acts:
        for address in act.subject.addresses:
            down[address] += 1 if act.on else -1
        assert min(down.values()) >= 0
        assert len(+down) <= most
    assert not +down
    assert acts == scenario_acts(BANK, seed=seed, minutes=minutes)
