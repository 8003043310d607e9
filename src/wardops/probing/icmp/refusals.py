"""Reads what routers said of packets they could not deliver, from the socket's error queue.

IP_RECVERR gives the same message for datagram and raw sockets: destination, ICMP type and code,
and the undelivered packet from its ICMP header on (ip(7), ipv6(7)).
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from wardops.probing.icmp.packets import UNDELIVERABLE
from wardops.probing.icmp.sockets import PingSocket

_AT_ONCE = 1024
_DOMAIN = {4: socket.AF_INET, 6: socket.AF_INET6}
_FROM_ICMP = {4: 2, 6: 3}
"""SO_EE_ORIGIN_ICMP and SO_EE_ORIGIN_ICMP6 (linux/errqueue.h)."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One packet that was sent back."""

    code: int
    """ICMP type * 256 + code."""
    destination: bytes
    """Where the packet was going, packed."""
    quoted: bytes
    """The packet itself from its ICMP header on, often cut off after 8 bytes."""


def read_refusals(opened: PingSocket) -> Iterator[Refusal]:
    """All that wait, at most some hundred; also frees the socket of the errors they set."""
    for _ in range(_AT_ONCE):
        try:
            quoted, controls, _, address = opened.socket.recvmsg(128, 256, socket.MSG_ERRQUEUE)
        except OSError:  # EAGAIN: the queue is empty
            return
        for _, _, control in controls:
            refusal = _refusal(opened.family, control, str(address[0]), quoted)
            if refusal:
                yield refusal


def _refusal(family: int, control: bytes, destination: str, quoted: bytes) -> Refusal | None:
    if len(control) < 16:  # struct sock_extended_err; a timestamp may come beside it
        return None
    _, origin, kind, code = struct.unpack_from("=IBBB", control)
    if origin != _FROM_ICMP[family] or kind not in UNDELIVERABLE[family]:
        return None
    packed = socket.inet_pton(_DOMAIN[family], destination.partition("%")[0])
    return Refusal(kind * 256 + code, packed, quoted)
