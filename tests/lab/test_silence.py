"""Silence is real, and so is its end; played in a namespace of the test's own."""

from __future__ import annotations

import pytest
from lab_network import Namespace

from wardops.core.errors import InvalidInput
from wardops.lab import Firewall, FirewallRefused


def test_dropped_address_is_silent_and_its_neighbour_is_not(namespace: Namespace) -> None:
    namespace.run(Firewall().drop, ["127.10.1.1"])
    assert namespace.answers("127.10.1.1") == 0
    assert namespace.answers("127.10.1.2") == 1
    namespace.run(Firewall().restore, ["127.10.1.1", "127.10.1.2"])
    assert namespace.answers("127.10.1.1") == 1


def test_ipv6_address_is_silent_too(namespace: Namespace) -> None:
    namespace.run(Firewall().drop, ["2001:db8::1"])
    assert namespace.answers("2001:db8::1") == 0
    assert namespace.answers("2001:db8::2") == 1


def test_part_of_the_packets_is_lost(namespace: Namespace) -> None:
    namespace.run(Firewall().drop, ["127.10.1.1"], percent=50)
    # 60 throws of a coin: outside of 6 to 54 once in 10^10 runs.
    assert 6 <= namespace.answers("127.10.1.1", packets=60) <= 54
    assert namespace.run(Firewall().losses) == {"127.10.1.1": 50}


def test_thousands_of_addresses_are_told_as_they_were_given(namespace: Namespace) -> None:
    many = [f"127.30.{n // 250}.{n % 250 + 1}" for n in range(5000)]
    namespace.run(Firewall().drop, many)
    namespace.run(Firewall().drop, many[:10])
    namespace.run(Firewall().restore, many[1000:])
    assert set(many[:1000]) >= namespace.run(Firewall().losses).keys()
    assert namespace.answers(many[0]) == 0
    assert namespace.answers(many[-1]) == 1


def test_clear_leaves_no_table_behind(namespace: Namespace) -> None:
    namespace.run(Firewall().check)
    namespace.run(Firewall().drop, ["127.10.1.1"])
    assert "wardops_demo" in namespace.tables()
    namespace.run(Firewall().clear)
    namespace.run(Firewall().clear)
    assert namespace.tables() == ""


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "::1"])
def test_no_other_address_is_ever_silenced(address: str) -> None:
    with pytest.raises(InvalidInput):
        Firewall().drop([address])


def test_user_without_rights_is_told_what_still_works(namespace: Namespace) -> None:
    namespace.give_up_rights()
    for act in (Firewall().check, Firewall().losses, Firewall().clear):
        with pytest.raises(FirewallRefused, match=r"(?s)CAP_NET_ADMIN.*still answers"):
            namespace.run(act)
