"""What the simulated bank consists of."""

from __future__ import annotations

from collections import Counter
from ipaddress import ip_address, ip_network

from wardops.lab import Bank, simulate_bank


def test_same_seed_is_same_bank() -> None:
    assert simulate_bank(7) == simulate_bank(7)
    assert simulate_bank(7) != simulate_bank(8)


def test_mix_is_that_of_the_audited_bank(bank: Bank) -> None:
    assert len(bank.branches) == 128
    assert len({branch.town.region for branch in bank.branches}) == 11
    assert Counter(device.type for device in bank.devices) == {
        "router": 229,
        "payment_terminal": 178,
        "switch": 134,
        "access_point": 116,
        "video_recorder": 106,
        "atm": 87,
        "ups": 24,
        "access_controller": 22,
        "core_router": 2,
        "server": 2,
    }


def test_names_addresses_and_serials_are_unique(bank: Bank) -> None:
    addresses = [d.ip for d in bank.devices] + [link.probe_address for link in bank.links]
    assert len(set(addresses)) == len(addresses)
    assert all(ip_address(address) in ip_network("127.0.0.0/8") for address in addresses)
    for names in (
        [device.name for device in bank.devices],
        [device.serial for device in bank.devices],
        [branch.name for branch in bank.branches],
        [link.circuit_id for link in bank.links],
    ):
        assert len(set(names)) == len(names)


def test_branches_have_names_in_both_scripts(bank: Bank) -> None:
    georgian = [b for b in bank.branches if any("ა" <= letter <= "ჰ" for letter in b.name)]
    assert 40 <= len(georgian) <= 88


def test_branches_lie_in_georgia(bank: Bank) -> None:
    assert all(41 < b.latitude < 43.6 and 40 < b.longitude < 46.8 for b in bank.branches)


def test_every_branch_has_a_router_and_its_devices_are_behind_it(bank: Bank) -> None:
    by_name = {device.name: device for device in bank.devices}
    for branch in bank.branches:
        devices = [device for device in bank.devices if device.branch == branch.number]
        assert any(device.type == "router" for device in devices)
        for device in devices:
            if device.type == "core_router":
                assert device.parent is None
                continue
            parent = by_name[device.parent or ""]
            if device.type == "router":
                assert parent.type == "core_router"
            else:
                assert (parent.type, parent.branch) == ("router", branch.number)


def test_93_branches_have_two_uplinks_from_two_providers(bank: Bank) -> None:
    links = Counter(link.branch for link in bank.links)
    assert Counter(links.values()) == {2: 93, 1: 35}
    assert len({(link.branch, link.provider) for link in bank.links}) == len(bank.links)
    assert all(link.role == "primary" for link in bank.links if link.probe_address.endswith(".1"))
