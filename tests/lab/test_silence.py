"""Silence is real, ends when told, and is remembered; played in a namespace of its own."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "probing"))

from icmp_network import Namespace

from wardops.core.errors import InvalidInput
from wardops.flow import Outcome
from wardops.lab import Act, Faults, Firewall, Subject, SubjectKind, play
from wardops.probing import SweepPlan

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="needs root: makes namespaces")

ONE = Subject(SubjectKind.ADDRESS, "127.9.0.1", ("127.9.0.1",))
BRANCH = Subject(SubjectKind.BRANCH, "B", ("127.9.0.1", "127.9.0.2"))


@pytest.fixture
def network() -> Iterator[Namespace]:
    """A namespace with loopback."""
    made = Namespace("datagram")
    yield made
    made.close()


def answers(network: Namespace, *addresses: str) -> list[Outcome]:
    found = network.sweep(addresses, plan=SweepPlan(timeout=0.3))
    return [Outcome(int(value)) for value in found.outcome]


def test_what_is_dropped_is_silent_and_the_rest_answers(network: Namespace) -> None:
    firewall = Firewall()
    network.run(firewall.drop, ["127.9.0.1"])
    assert answers(network, "127.9.0.1", "127.9.0.2") == [Outcome.LOST, Outcome.ANSWERED]
    assert network.run(firewall.losses) == {"127.9.0.1": 100}
    network.run(firewall.restore, ["127.9.0.1", "127.9.0.7"])
    assert answers(network, "127.9.0.1") == [Outcome.ANSWERED]


def test_clearing_takes_everything_off_and_may_be_done_twice(network: Namespace) -> None:
    firewall = Firewall()
    network.run(firewall.check)
    network.run(firewall.drop, [f"127.9.{n >> 8}.{n & 255}" for n in range(3000)])
    network.run(firewall.drop, ["127.9.0.1"], percent=30)
    assert len(network.run(firewall.losses)) == 3000
    network.run(firewall.clear)
    network.run(firewall.clear)
    assert network.run(firewall.losses) == {}


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "::1", "x"])
def test_nothing_but_the_simulation_can_be_silenced(network: Namespace, address: str) -> None:
    with pytest.raises(InvalidInput):
        network.run(Firewall().drop, [address])
    assert network.run(Firewall().losses) == {}


def test_faults_outlast_the_process_that_made_them(network: Namespace, tmp_path: Path) -> None:
    network.run(Faults(Firewall(), tmp_path).switch_on, BRANCH)
    (found,) = network.run(Faults(Firewall(), tmp_path).active)
    assert (found.subject, found.percent, found.by) == (BRANCH, 100, "hand")


def test_an_address_in_two_faults_stays_silent_until_both_end(
    network: Namespace, tmp_path: Path
) -> None:
    faults = Faults(Firewall(), tmp_path)
    network.run(faults.switch_on, BRANCH)
    network.run(faults.switch_on, ONE)
    assert network.run(faults.switch_off, BRANCH) == 1
    assert answers(network, *BRANCH.addresses) == [Outcome.LOST, Outcome.ANSWERED]
    assert network.run(faults.switch_off, ONE) == 1
    assert answers(network, *BRANCH.addresses) == [Outcome.ANSWERED] * 2
    assert network.run(faults.switch_off, ONE) == 0


def test_faults_that_a_restart_ended_are_not_active(network: Namespace, tmp_path: Path) -> None:
    faults = Faults(Firewall(), tmp_path)
    network.run(faults.switch_on, ONE)
    network.run(Firewall().clear)
    assert network.run(faults.active) == []


def test_a_scenario_that_is_stopped_gives_back_only_its_own(
    network: Namespace, tmp_path: Path, wait_until: object
) -> None:
    assert callable(wait_until)
    faults, stop = Faults(Firewall(), tmp_path), threading.Event()
    network.run(faults.switch_on, ONE)
    stop.set()
    network.run(play, [Act(0, True, BRANCH), Act(3600, False, BRANCH)], faults, stop)
    assert [fault.subject for fault in network.run(faults.active)] == [ONE]
