"""Only the first answer in time, from the target, to our own packet counts."""

from __future__ import annotations

import socket
import threading
import time

import pytest
from icmp_network import Namespace
from icmp_packets import icmp_of, is_echo_request, reply

from wardops.flow import Outcome
from wardops.probing import SweepPlan

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
    readings = namespace.sweep((target, other), plan=SweepPlan(timeout=0.1))
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
