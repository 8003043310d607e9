"""Who answers is seen to answer, in both families, and silence costs no more than its timeout."""

from __future__ import annotations

import os
import socket
import time
from contextlib import closing

import numpy as np
import pytest
from icmp_network import Namespace, needs_root
from icmp_packets import is_echo_request, reply

from wardops.flow import Outcome
from wardops.probing import Sweeper, SweepPlan


def test_everyone_on_loopback_answers_every_packet(namespace: Namespace) -> None:
    readings = namespace.sweep(
        ("127.0.0.1", "::1", "127.9.9.9"), plan=SweepPlan(packets=3, interval=0.01)
    )
    assert readings.outcome.tolist() == [Outcome.ANSWERED] * 3
    assert readings.sent.tolist() == [3, 3, 3]
    assert readings.lost.tolist() == [0, 0, 0]
    assert (readings.rtt_min <= readings.rtt_avg).all()
    assert (readings.rtt_avg <= readings.rtt_max).all()
    assert (readings.rtt_max < 0.8).all()
    assert (readings.jitter >= 0).all()


def test_ten_thousand_targets_lose_nothing(namespace: Namespace) -> None:
    addresses = tuple(f"127.1.{i // 250}.{i % 250 + 1}" for i in range(10_000))
    readings = namespace.sweep(
        addresses, plan=SweepPlan(packets=3), sweeper=lambda: Sweeper(rate=50_000, batch=64)
    )
    assert readings.sent.sum() == 30_000
    assert readings.lost.sum() == 0


def test_a_small_buffer_is_read_often_enough(namespace: Namespace) -> None:
    addresses = tuple(f"127.1.{i // 250}.{i % 250 + 1}" for i in range(2_000))
    readings = namespace.sweep(addresses, sweeper=lambda: Sweeper(receive_buffer=106_496))
    assert (readings.outcome == Outcome.ANSWERED).all()


def test_a_whole_ipv6_prefix_answers(namespace: Namespace) -> None:
    namespace.command("ip -6 route add local 2001:db8::/64 dev lo")
    addresses = tuple(f"2001:db8::{i:x}" for i in range(1, 1001))
    readings = namespace.sweep(addresses)
    assert (readings.outcome == Outcome.ANSWERED).all()


def test_the_dead_are_lost_and_the_living_are_not(namespace: Namespace) -> None:
    namespace.drop("input", "ip", "127.0.1.0/24")
    addresses = tuple(f"127.0.{i % 2}.{i // 2 + 1}" for i in range(400))
    readings = namespace.sweep(addresses, plan=SweepPlan(packets=2, interval=0.05, timeout=0.2))
    expected = np.where(np.arange(400) % 2, Outcome.LOST, Outcome.ANSWERED)
    assert readings.outcome.tolist() == expected.tolist()
    assert readings.lost.tolist() == (np.arange(400) % 2 * 2).tolist()
    assert np.isnan(readings.rtt_avg[1::2]).all()


def test_a_partial_loss_is_an_answer_with_its_loss_counted(namespace: Namespace) -> None:
    seen: list[bytes] = []

    def second_only(packet: bytes) -> list[bytes]:
        if not is_echo_request(packet):
            return []
        seen.append(packet)
        return [reply(packet)] if len(seen) == 2 else []

    namespace.peer(second_only)
    readings = namespace.sweep(("10.0.0.1",), plan=SweepPlan(3, interval=0.05, timeout=1))
    assert readings.outcome.tolist() == [Outcome.ANSWERED]
    assert (readings.sent[0], readings.lost[0], readings.jitter[0]) == (3, 2, 0)


def test_the_sweep_ends_with_the_last_answer(namespace: Namespace) -> None:
    begin = time.monotonic()
    namespace.sweep(("127.0.0.1", "::1"), plan=SweepPlan(timeout=50))
    assert time.monotonic() - begin < 50


def test_a_full_send_queue_is_waited_for(namespace: Namespace) -> None:
    namespace.peer(lambda packet: [reply(packet)] if is_echo_request(packet) else [])
    namespace.command("tc qdisc replace dev peer0 root noqueue")
    namespace.command("ip link set peer0 txqueuelen 5")
    addresses = tuple(f"10.0.{i}.{j}" for i in range(4) for j in range(1, 101))
    readings = namespace.sweep(
        addresses, plan=SweepPlan(timeout=20), sweeper=lambda: Sweeper(rate=10**9, batch=64)
    )
    assert (readings.outcome == Outcome.ANSWERED).all()


def test_packets_keep_their_interval(namespace: Namespace) -> None:
    arrivals: list[float] = []

    def echo(packet: bytes) -> list[bytes]:
        if not is_echo_request(packet):
            return []
        arrivals.append(time.monotonic())
        return [reply(packet)]

    namespace.peer(echo)
    namespace.sweep(("10.0.0.1",), plan=SweepPlan(packets=3, interval=0.1))
    assert len(arrivals) == 3
    assert arrivals[-1] - arrivals[0] >= 0.19


@pytest.mark.parametrize(
    ("target", "origins"),
    [("10.0.0.1", ("10.7.7.7", "10.8.8.8")), ("2001:db8::5", ("2001:db8::7", "2001:db8::8"))],
)
def test_a_source_address_is_kept_to(
    namespace: Namespace, target: str, origins: tuple[str, str]
) -> None:
    seen: list[bytes] = []

    def echo(packet: bytes) -> list[bytes]:
        if not is_echo_request(packet):
            return []
        seen.append(packet[12:16] if packet[0] >> 4 == 4 else packet[8:24])
        return [reply(packet)]

    namespace.peer(echo)
    for origin in origins:
        namespace.command(
            f"ip addr add {origin}/128 dev peer0 nodad"
            if ":" in origin
            else f"ip addr add {origin}/32 dev peer0"
        )
    for _ in range(10):  # a new IPv6 address takes the kernel a moment on a busy machine
        seen.clear()
        readings = namespace.sweep((target, target, target), sources=(*origins, ""))
        if not readings.lost.any():
            break
    assert readings.outcome.tolist() == [Outcome.ANSWERED] * 3
    family = socket.AF_INET6 if ":" in target else socket.AF_INET
    assert seen[:2] == [socket.inet_pton(family, origin) for origin in origins]


@needs_root
def test_one_sweeper_sweeps_again_and_gives_its_sockets_back() -> None:
    before = len(os.listdir("/proc/self/fd"))
    addresses = ("127.0.0.1", "::1")
    with closing(Sweeper()) as sweeper:
        for plan in (SweepPlan(), SweepPlan(), SweepPlan(payload=56)):
            assert (sweeper.sweep(addresses, plan=plan).outcome == Outcome.ANSWERED).all()
        assert len(sweeper.sweep((), plan=SweepPlan())) == 0
    assert len(os.listdir("/proc/self/fd")) == before


@pytest.mark.parametrize(
    "wrong",
    [{"packets": 0}, {"interval": -1}, {"timeout": 0}, {"payload": 10}, {"payload": 17}],
)
def test_a_plan_that_cannot_be_done_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="a sweep needs"):
        SweepPlan(**wrong)
