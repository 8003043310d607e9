"""Networks of our own: a namespace with loopback, a TUN device whose far end the test plays."""

from __future__ import annotations

import ctypes
import fcntl
import os
import select
import struct
import subprocess
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import ParamSpec, TypeVar

import pytest

from wardops.flow import Readings
from wardops.probing import Sweeper, SweepPlan

P = ParamSpec("P")
T = TypeVar("T")

Respond = Callable[[bytes], Sequence[bytes]]
"""What comes back for one IP packet: IP packets."""

PING_GROUPS = Path("/proc/sys/net/ipv4/ping_group_range")
_CLONE_NEWNET = 0x40000000
_TUNSETIFF = 0x400454CA
_IFF_TUN_NO_PI = 0x1001


class Namespace:
    """A network namespace that lives as long as its one thread, where `run` runs things."""

    def __init__(self, mode: str) -> None:
        self.mode = mode
        self._thread = ThreadPoolExecutor(1, initializer=_enter_new_namespace)
        self._cleanups: list[Callable[[], None]] = []
        self.command("ip link set lo up")
        if mode == "datagram":
            self.run(PING_GROUPS.write_text, "0 2147483647")

    def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return self._thread.submit(work, *args, **kwargs).result(60)

    def command(self, line: str) -> None:
        self.run(subprocess.run, line.split(), check=True, capture_output=True)

    def drop(self, hook: str, family: str, addresses: str) -> None:
        """Let nftables drop packets to `addresses` in `hook` (input: silence, output: EPERM)."""
        rules = (
            f"add table inet t; add chain inet t c {{ type filter hook {hook} priority 0; }}; "
            f"add rule inet t c {family} daddr {addresses} drop"
        )
        self.run(subprocess.run, ["nft", rules], check=True, capture_output=True)

    def sweep(
        self,
        addresses: Sequence[str],
        *,
        plan: SweepPlan | None = None,
        sources: Sequence[str] | None = None,
        sweeper: Callable[[], Sweeper] = Sweeper,
    ) -> Readings:
        def work() -> Readings:
            with closing(sweeper()) as made:
                assert made.capabilities[4].mode == self.mode
                assert made.capabilities[6].mode == self.mode
                return made.sweep(addresses, plan=plan or SweepPlan(timeout=2), sources=sources)

        return self.run(work)

    def peer(self, respond: Respond, *, reading: bool = True) -> None:
        """Answer everything to 10.0.0.0/8 and 2001:db8::/32 with what `respond` gives.

        With reading=False the far end never takes a packet off the device.
        """
        device = self.run(_open_tun)
        self.command("ip addr add 10.255.255.1/32 dev peer0")
        self.command("ip -6 addr add 2001:db8:ffff::1/128 dev peer0 nodad")
        self.command("ip link set peer0 up")
        self.command("ip route add 10.0.0.0/8 dev peer0")
        self.command("ip -6 route add 2001:db8::/32 dev peer0")
        if not reading:
            self._cleanups.append(lambda: os.close(device))
            return
        stop, stopped = os.pipe()
        thread = threading.Thread(target=_serve, args=(device, stop, respond))
        thread.start()

        def cleanup() -> None:
            os.close(stopped)
            thread.join(10)
            os.close(device)
            os.close(stop)

        self._cleanups.append(cleanup)

    def close(self) -> None:
        for cleanup in self._cleanups:
            cleanup()
        self._thread.shutdown()


def _enter_new_namespace() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "unshare: no namespace for this test")


def _open_tun() -> int:
    device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, _TUNSETIFF, struct.pack("16sH22x", b"peer0", _IFF_TUN_NO_PI))
    return device


def _serve(device: int, stop: int, respond: Respond) -> None:
    while stop not in (ready := select.select([device, stop], [], [])[0]) and ready:
        for answer in respond(os.read(device, 2048)):
            os.write(device, answer)


needs_root = pytest.mark.skipif(
    os.geteuid() != 0, reason="needs root: makes network namespaces and raw sockets"
)
