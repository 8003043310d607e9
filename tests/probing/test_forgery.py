"""Only the first answer in time, from the target, to our own packet counts."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import closing

import numpy as np
import pytest
from icmp_network import Namespace
from icmp_packets import error, icmp_of, is_echo_request, reply

from wardops.flow import Outcome
from wardops.probing import Sweeper, SweepPlan

_LAST = {
    False: (socket.AF_INET, "10.255.255.254"),
    True: (socket.AF_INET6, "2001:db8:ffff::fe"),
}
TARGETS = pytest.mark.parametrize("target", ["10.0.0.1", "2001:db8::1"])


def _with_byte_changed(packet: bytes, place: int) -> bytes:
    message = bytearray(icmp_of(packet))
    message[place] ^= 0x01
    return reply(packet, icmp=bytes(message))


@TARGETS
@pytest.mark.parametrize("place", [8, 11, 12, 15, 16, 19], ids=lambda p: f"payload byte {p - 8}")
def test_an_answer_with_another_token_position_or_number_is_ignored(
    namespace: Namespace, target: str, place: int
) -> None:
    namespace.peer(lambda p: [_with_byte_changed(p, place)] if is_echo_request(p) else [])
    readings = namespace.sweep((target,), plan=SweepPlan(timeout=0.1))
    assert readings.outcome.tolist() == [Outcome.LOST]


@TARGETS
def test_an_answer_from_another_address_is_ignored(namespace: Namespace, target: str) -> None:
    family = socket.AF_INET6 if ":" in target else socket.AF_INET
    stranger = socket.inet_pton(family, "2001:db8::2" if ":" in target else "10.0.0.2")
    namespace.peer(lambda p: [reply(p, source=stranger)] if is_echo_request(p) else [])
    other = "2001:db8::2" if ":" in target else "10.0.0.2"
    readings = namespace.sweep((target, other), plan=SweepPlan(timeout=1))
    assert readings.outcome.tolist() == [Outcome.LOST, Outcome.ANSWERED]


@TARGETS
def test_a_cut_off_answer_is_ignored(namespace: Namespace, target: str) -> None:
    namespace.peer(lambda p: [reply(p, icmp=icmp_of(p)[:19])] if is_echo_request(p) else [])
    readings = namespace.sweep((target,), plan=SweepPlan(timeout=0.1))
    assert readings.outcome.tolist() == [Outcome.LOST]


@TARGETS
def test_duplicates_count_once(namespace: Namespace, target: str) -> None:
    namespace.peer(lambda p: [reply(p)] * 3 if is_echo_request(p) else [])
    readings = namespace.sweep((target,) * 2, plan=SweepPlan(packets=3, interval=0.02))
    assert readings.outcome.tolist() == [Outcome.ANSWERED] * 2
    assert readings.sent.tolist() == [3, 3]
    assert readings.lost.tolist() == [0, 0]


def test_a_late_answer_is_ignored_in_its_sweep(namespace: Namespace) -> None:
    held: list[bytes] = []

    def answer_first_late(packet: bytes) -> list[bytes]:
        """The first packet is answered with the second, 0.2 s later."""
        if not is_echo_request(packet):
            return []
        held.append(packet)
        return [] if len(held) == 1 else [reply(held[0])]

    namespace.peer(answer_first_late)
    plan = SweepPlan(packets=2, interval=0.2, timeout=0.1)
    assert namespace.sweep(("10.0.0.1",), plan=plan).outcome.tolist() == [Outcome.LOST]


def test_an_answer_to_the_sweep_before_is_ignored(namespace: Namespace) -> None:
    held: list[bytes] = []

    def answer_with_the_first(packet: bytes) -> list[bytes]:
        if not is_echo_request(packet):
            return []
        held.append(packet)
        return [] if len(held) == 1 else [reply(held[0])]

    def two_sweeps() -> list[int]:
        with closing(Sweeper()) as sweeper:
            plan = SweepPlan(timeout=0.1)
            rounds = [sweeper.sweep(("10.0.0.1",), plan=plan) for _ in range(2)]
            return [int(readings.outcome[0]) for readings in rounds]

    namespace.peer(answer_with_the_first)
    assert namespace.run(two_sweeps) == [Outcome.LOST, Outcome.LOST]


@TARGETS
def test_garbage_harms_nobody(namespace: Namespace, target: str) -> None:
    chance = np.random.default_rng(20261123)
    router = socket.inet_pton(*_LAST[":" in target])

    def garbage(packet: bytes) -> list[bytes]:
        if not is_echo_request(packet):
            return []
        junk = [chance.bytes(int(chance.integers(4, 60))) for _ in range(3)]
        cut = bytearray(packet)
        cut[chance.integers(20, len(cut))] ^= 0xFF
        answers = [reply(packet, icmp=b"\0\0\0\0" + icmp_of(packet)[4:8] + j) for j in junk]
        kind = 1 if ":" in target else 3
        errors = [error(bytes(cut), kind, 1, router=router, quoted=int(chance.integers(30)))]
        return answers + [reply(packet, icmp=j) for j in junk] + errors + [reply(packet)]

    namespace.peer(garbage)
    stem = target[:-1]
    addresses = tuple(f"{stem}{i}" for i in range(1, 251))
    readings = namespace.sweep(addresses, plan=SweepPlan(packets=2, interval=0.3, timeout=5))
    assert (readings.outcome == Outcome.ANSWERED).all()


def test_the_round_trip_is_the_peers_delay(namespace: Namespace) -> None:
    delay = threading.Event()

    def after_a_while(packet: bytes) -> list[bytes]:
        if not is_echo_request(packet):
            return []
        begin = time.monotonic()
        delay.wait(0.05)
        waited.append(time.monotonic() - begin)
        return [reply(packet)]

    waited: list[float] = []
    namespace.peer(after_a_while)
    readings = namespace.sweep(("10.0.0.1",), plan=SweepPlan(timeout=5))
    assert readings.rtt_min[0] >= waited[0]
