"""What stands in the way is named, and never passes for a silent target."""

from __future__ import annotations

import errno
import socket
import subprocess
import sys

import pytest
from icmp_network import PING_GROUPS, Namespace, Respond
from icmp_packets import error, is_echo_request, reply

from wardops.flow import Outcome
from wardops.probing import Sweeper, SweepPlan

ROUTER = {
    4: socket.inet_pton(socket.AF_INET, "10.255.255.254"),
    6: socket.inet_pton(socket.AF_INET6, "2001:db8:ffff::fe"),
}


def test_no_route_is_not_loss(namespace: Namespace) -> None:
    readings = namespace.sweep(("192.0.2.1", "127.0.0.1", "2001:db8::1"))
    no = Outcome.NO_ROUTE
    assert readings.outcome.tolist() == [no, Outcome.ANSWERED, no]
    assert readings.code.tolist() == [errno.ENETUNREACH, 0, errno.ENETUNREACH]
    assert readings.sent.tolist() == [0, 1, 0]


def test_a_blackhole_route_is_not_loss(namespace: Namespace) -> None:
    namespace.command("ip route add blackhole 192.0.2.0/24")
    assert namespace.sweep(("192.0.2.1",)).outcome.tolist() == [Outcome.NO_ROUTE]


@pytest.mark.parametrize("address", ["", "router-1", "10.0.0.256", "fe80::1%nosuch", "::g"])
def test_what_is_no_address_spoils_only_its_own_row(namespace: Namespace, address: str) -> None:
    readings = namespace.sweep((address, "127.0.0.1"))
    assert readings.outcome.tolist() == [Outcome.NO_ROUTE, Outcome.ANSWERED]
    assert readings.code.tolist() == [errno.EINVAL, 0]


@pytest.mark.parametrize("source", ["192.0.2.9", "::1", "nonsense"])
def test_a_source_that_is_not_ours_is_not_loss(namespace: Namespace, source: str) -> None:
    readings = namespace.sweep(("127.0.0.1", "127.0.0.2"), sources=(source, ""))
    assert readings.outcome.tolist() == [Outcome.NO_ROUTE, Outcome.ANSWERED]


def test_a_firewall_on_the_way_out_is_no_permission(namespace: Namespace) -> None:
    namespace.drop("output", "ip", "127.0.0.2")
    readings = namespace.sweep(("127.0.0.1", "127.0.0.2", "127.0.0.3"))
    answered = Outcome.ANSWERED
    assert readings.outcome.tolist() == [answered, Outcome.NO_PERMISSION, answered]
    assert readings.code.tolist() == [0, errno.EPERM, 0]


@pytest.mark.parametrize(
    ("address", "kind", "code"),
    [
        ("10.0.0.2", 3, 0),
        ("10.0.0.2", 3, 1),
        ("10.0.0.2", 3, 13),
        ("10.0.0.2", 11, 0),
        ("2001:db8::2", 1, 0),
        ("2001:db8::2", 1, 3),
        ("2001:db8::2", 3, 0),
    ],
)
@pytest.mark.parametrize("quoted", [8, 500])
def test_a_routers_word_is_unreachable_with_its_code(
    namespace: Namespace, address: str, kind: int, code: int, quoted: int
) -> None:
    namespace.peer(_refuses_even_addresses(kind, code, quoted))
    family = 6 if ":" in address else 4
    neighbour = "2001:db8::1" if family == 6 else "10.0.0.1"
    readings = namespace.sweep((neighbour, address), plan=SweepPlan(timeout=50))
    assert readings.outcome.tolist() == [Outcome.ANSWERED, Outcome.UNREACHABLE]
    assert readings.code.tolist() == [0, kind * 256 + code]
    assert readings.lost.tolist() == [0, 1]


def test_many_refusals_at_once_blame_only_their_own_targets(namespace: Namespace) -> None:
    namespace.peer(_refuses_even_addresses(3, 1, 500))
    addresses = tuple(f"10.0.{i // 200}.{i % 200 + 1}" for i in range(1000))
    readings = namespace.sweep(addresses, plan=SweepPlan(packets=2, timeout=3))
    even = [int(address.rpartition(".")[2]) % 2 == 0 for address in addresses]
    expected = [Outcome.UNREACHABLE if e else Outcome.ANSWERED for e in even]
    assert readings.outcome.tolist() == expected
    assert set(readings.sent.tolist()) == {2}


def test_refusals_of_other_packets_are_not_ours(namespace: Namespace) -> None:
    def refuse_stranger(packet: bytes) -> list[bytes]:
        if not is_echo_request(packet):
            return []
        changed = bytearray(packet)
        changed[20 + 8] ^= 0xFF  # the token
        return [error(bytes(changed), 3, 1, router=ROUTER[4])]

    namespace.peer(refuse_stranger)
    assert namespace.sweep(("10.0.0.1",), plan=SweepPlan(timeout=0.2)).outcome == [Outcome.LOST]


def test_a_send_queue_that_never_empties_is_not_loss(namespace: Namespace) -> None:
    namespace.peer(lambda packet: [], reading=False)
    namespace.command("tc qdisc replace dev peer0 root noqueue")
    namespace.command("ip link set peer0 txqueuelen 5")
    readings = namespace.sweep(
        tuple(f"10.0.0.{i}" for i in range(1, 101)), plan=SweepPlan(timeout=0.3)
    )
    assert readings.outcome[-50:].tolist() == [Outcome.INVALID] * 50
    assert set(readings.code[-50:].tolist()) == {errno.ENOBUFS}


def _careless() -> Sweeper:
    """Sends more at once than its buffer can take answers."""
    return Sweeper(rate=10**9, batch=1024, receive_buffer=4096)


def test_an_overrun_buffer_makes_silence_invalid(namespace: Namespace) -> None:
    addresses = tuple(f"127.1.{i // 250}.{i % 250 + 1}" for i in range(2_000))
    readings = namespace.sweep(
        addresses,
        plan=SweepPlan(timeout=0.3),
        sweeper=lambda: Sweeper(rate=10**9, batch=1024, receive_buffer=4096),
    )
    assert set(readings.outcome.tolist()) == {Outcome.ANSWERED, Outcome.INVALID}
    assert readings.lost.sum() == 0


def test_an_overrun_of_one_family_leaves_the_other_valid(namespace: Namespace) -> None:
    namespace.drop("input", "ip6", "::1")
    addresses = (*(f"127.1.1.{i}" for i in range(1, 251)), "::1")
    readings = namespace.sweep(
        addresses,
        plan=SweepPlan(timeout=0.3),
        sweeper=lambda: Sweeper(rate=10**9, batch=1024, receive_buffer=4096),
    )
    assert Outcome.INVALID in readings.outcome[:-1]
    assert readings.outcome[-1] == Outcome.LOST


_AS_NOBODY = """
import os; from wardops.probing import Sweeper, SweepPlan
os.setgroups([]), os.setgid(65534), os.setuid(65534)
sweeper = Sweeper()
readings = sweeper.sweep(("127.0.0.1", "::1", "192.0.2.1"), plan=SweepPlan(packets=2))
for capability in sweeper.capabilities.values():
    print(capability.mode, capability.remedy, sep="|")
print(readings.outcome.tolist(), readings.code.tolist())
"""


def _as_nobody(namespace: Namespace) -> list[str]:
    command = [sys.executable, "-c", _AS_NOBODY]
    done = namespace.run(subprocess.run, command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return str(done.stdout).splitlines()


def test_without_permission_every_target_says_so(namespace: Namespace) -> None:
    namespace.run(PING_GROUPS.write_text, "1 0")
    ipv4, ipv6, result = _as_nobody(namespace)
    assert ipv4 == ipv6
    assert ipv4.startswith("None|allow ping sockets: sysctl -w net.ipv4.ping_group_range")
    assert result == f"{[int(Outcome.NO_PERMISSION)] * 3} {[errno.EPERM] * 3}"


def test_an_ordinary_user_pings_where_the_sysctl_allows_it(namespace: Namespace) -> None:
    namespace.run(PING_GROUPS.write_text, "0 2147483647")
    ipv4, ipv6, result = _as_nobody(namespace)
    assert (ipv4, ipv6) == ("datagram|", "datagram|")
    answered, no_route = int(Outcome.ANSWERED), int(Outcome.NO_ROUTE)
    assert result.startswith(f"{[answered, answered, no_route]}")


def _refuses_even_addresses(kind: int, code: int, quoted: int) -> Respond:
    def respond(packet: bytes) -> list[bytes]:
        if not is_echo_request(packet):
            return []
        family = packet[0] >> 4
        last = packet[19] if family == 4 else packet[39]
        if last % 2:
            return [reply(packet)]
        return [error(packet, kind, code, router=ROUTER[family], quoted=quoted)]

    return respond
