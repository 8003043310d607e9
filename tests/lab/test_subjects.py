"""Which addresses a name stands for."""

from __future__ import annotations

import pytest

from wardops.core.errors import InvalidInput, NotFound
from wardops.lab import Bank, SubjectKind, find_subject


def test_exact_name_wins_over_those_it_begins(bank: Bank) -> None:
    assert find_subject(bank, SubjectKind.BRANCH, "ბათუმი 1").name == "ბათუმი 1"


def test_name_can_be_shortened_while_it_is_one(bank: Bank) -> None:
    assert find_subject(bank, SubjectKind.PROVIDER, "iver").name == "Iveria Telecom"
    with pytest.raises(NotFound, match=r"(?s)More than one.*Did you mean"):
        find_subject(bank, SubjectKind.DEVICE, "atm-b0")


def test_misspelt_name_brings_what_comes_near(bank: Bank) -> None:
    with pytest.raises(NotFound, match="rtr-b001-1"):
        find_subject(bank, SubjectKind.DEVICE, "rtr-b001-7")


def test_branch_falls_silent_with_all_its_devices_and_links(bank: Bank) -> None:
    by_code = find_subject(bank, SubjectKind.BRANCH, "B040")
    devices = {device.ip for device in bank.devices if device.branch == 40}
    links = {link.probe_address for link in bank.links if link.branch == 40}
    assert set(by_code.addresses) == devices | links
    assert find_subject(bank, SubjectKind.BRANCH, by_code.name) == by_code


def test_only_uplink_takes_its_branch_along(bank: Bank) -> None:
    only = next(link for link in bank.links if link.branch == 128)
    one_of_two = next(link for link in bank.links if link.branch == 1)
    branch = find_subject(bank, SubjectKind.BRANCH, "B128")
    assert set(find_subject(bank, SubjectKind.LINK, only.name).addresses) == set(branch.addresses)
    assert find_subject(bank, SubjectKind.LINK, one_of_two.name).addresses == (
        one_of_two.probe_address,
    )


def test_provider_takes_along_only_branches_without_another(bank: Bank) -> None:
    subject = find_subject(bank, SubjectKind.PROVIDER, "Kolkhi Net")
    of_both = {device.ip for device in bank.devices if device.branch <= 93}
    links = {link.probe_address for link in bank.links if link.provider == "Kolkhi Net"}
    assert links <= set(subject.addresses)
    assert of_both.isdisjoint(subject.addresses)


@pytest.mark.parametrize("address", ["127.0.0.1", "8.8.8.8", "::1", "atm"])
def test_addresses_of_others_are_refused(bank: Bank, address: str) -> None:
    with pytest.raises(InvalidInput):
        find_subject(bank, SubjectKind.ADDRESS, address)
