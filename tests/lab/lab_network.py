"""A network namespace of the test's own, so that the host's rules are never touched."""

from __future__ import annotations

import ctypes
import socket
import struct
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
_CLONE_NEWNET = 0x40000000


class Namespace:
    """Lives as long as its one thread, where `run` runs things."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, initializer=_enter)
        for line in ("ip link set lo up", "ip -6 route add local 2001:db8::/32 dev lo"):
            self.run(subprocess.run, line.split(), check=True, capture_output=True)

    def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return self._thread.submit(work, *args, **kwargs).result(60)

    def answers(self, address: str, *, packets: int = 1) -> int:
        """How many of some pings are answered."""
        return self.run(_ping, address, packets)

    def tables(self) -> str:
        """All nftables tables there are."""
        told = self.run(subprocess.run, ["nft", "list", "tables"], capture_output=True, text=True)
        return str(told.stdout)

    def give_up_rights(self) -> None:
        """From now on `run` may do nothing that takes a capability."""
        version_3, this_thread = 0x20080522, 0
        header = struct.pack("=Ii", version_3, this_thread)
        if self.run(ctypes.CDLL(None, use_errno=True).capset, header, bytes(24)):
            raise OSError(ctypes.get_errno(), "capset")

    def close(self) -> None:
        self._thread.shutdown()


def _enter() -> None:
    if ctypes.CDLL(None, use_errno=True).unshare(_CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "unshare: no namespace for this test")


def _ping(address: str, packets: int) -> int:
    six = ":" in address
    family, protocol = (socket.AF_INET6, 58) if six else (socket.AF_INET, socket.IPPROTO_ICMP)
    request, reply = (128, 129) if six else (8, 0)
    answered = 0
    with socket.socket(family, socket.SOCK_RAW, protocol) as raw:
        for number in range(packets):
            payload = struct.pack(">HH", 0x4C41, number)
            # The kernel sums ICMPv6 itself (RFC 3542, 3.1).
            checksum = 0 if six else 0xFFFF - (0x0800 + 0x4C41 + number)
            raw.sendto(struct.pack(">BBH", request, 0, checksum) + payload, (address, 0))
            answered += _answered(raw, reply, payload, header=0 if six else 20)
    return answered


def _answered(raw: socket.socket, reply: int, payload: bytes, *, header: int) -> bool:
    raw.settimeout(0.2)
    while True:
        try:
            packet = raw.recv(2048)[header:]
        except TimeoutError:
            return False
        if packet[0] == reply and packet[4:8] == payload:
            return True
