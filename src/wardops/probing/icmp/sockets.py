"""Ping sockets: what kind this process is allowed, and its settings.

A datagram ping socket needs no privilege where net.ipv4.ping_group_range covers the process;
a raw one needs CAP_NET_RAW and sees every echo reply of the host, so it gets a filter.
"""

from __future__ import annotations

import os
import socket
import struct
from dataclasses import dataclass
from typing import Literal

import numpy as np

from wardops.probing.icmp.packets import ECHO_REPLY
from wardops.probing.icmp.syscalls import address_of

Mode = Literal["datagram", "raw"]

# Linux numbers that the socket module does not name (asm-generic/socket.h, linux/in.h, in6.h).
SO_TIMESTAMPNS = 35
_SO_ATTACH_FILTER = 26
_SO_RCVBUFFORCE = 33
_SO_MEMINFO = 55
_MEMINFO_DROPS = 8
_IP_RECVERR = 11
_IPV6_RECVERR = 25

_REPLY_FOOTPRINT = 832
"""Bytes of receive buffer that one small reply takes (skb truesize, measured on 6.18)."""

_REMEDY = (
    "allow ping sockets: sysctl -w net.ipv4.ping_group_range='0 2147483647', "
    "or give the process CAP_NET_RAW"
)


@dataclass(frozen=True, slots=True)
class Capability:
    """What this process may do in one address family."""

    mode: Mode | None
    """None: no ping socket at all; its targets read NO_PERMISSION."""
    reason: str
    remedy: str
    """What an operator has to do, empty if nothing."""
    errno: int = 0
    receive_buffer: int = 0
    """Bytes the kernel granted."""


class PingSocket:
    """A non-blocking ICMP socket with receive timestamps, error queue and drop count."""

    def __init__(self, family: int, mode: Mode, receive_buffer: int, *, source: str = "") -> None:
        """Open it, and bind it to `source` if one is named.

        Binding, as a datagram socket ignores IPV6_PKTINFO (net/ipv6/ping.c).
        Raises OSError as socket(2) and bind(2) do, PermissionError above all.
        """
        self.family = family
        self.mode: Mode = mode
        self.identifier = int.from_bytes(os.urandom(2), "big")
        kind = socket.SOCK_DGRAM if mode == "datagram" else socket.SOCK_RAW
        domain, protocol = _FAMILY[family]
        self.socket = socket.socket(domain, kind | socket.SOCK_NONBLOCK, protocol)
        try:
            self._configure(receive_buffer)
            if source:
                self.socket.bind((source, 0))
        except OSError:
            self.socket.close()
            raise
        self.descriptor = self.socket.fileno()

    def _configure(self, receive_buffer: int) -> None:
        if self.mode == "raw":
            _attach_filter(self.socket, self.family, self.identifier)
        _set_receive_buffer(self.socket, receive_buffer)
        self.receive_buffer = self.socket.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF)
        self.capacity = max(1, self.receive_buffer // _REPLY_FOOTPRINT)
        self.socket.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        if self.family == 4:
            self.socket.setsockopt(socket.IPPROTO_IP, _IP_RECVERR, 1)
        else:
            self.socket.setsockopt(socket.IPPROTO_IPV6, _IPV6_RECVERR, 1)

    def drops(self) -> int:
        """Replies the kernel threw away because the receive buffer was full, since opening.

        SO_MEMINFO is asked rather than SO_RXQ_OVFL: the latter rides on the next packet
        that gets in, so it says nothing of drops after the last one.
        """
        info = self.socket.getsockopt(socket.SOL_SOCKET, _SO_MEMINFO, 36)
        return int(struct.unpack_from("=I", info, 4 * _MEMINFO_DROPS)[0])

    def clear_error(self) -> None:
        """Forget a pending error, which would otherwise be blamed on the next packet sent."""
        self.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)

    def close(self) -> None:
        """Give the descriptor back."""
        self.socket.close()


_FAMILY = {
    4: (socket.AF_INET, socket.IPPROTO_ICMP),
    6: (socket.AF_INET6, socket.IPPROTO_ICMPV6),
}


def open_socket(family: int, receive_buffer: int) -> tuple[PingSocket | None, Capability]:
    """The least privileged socket this process may have in `family` (4 or 6), and the verdict."""
    refusal = OSError()
    modes: tuple[Mode, ...] = ("datagram", "raw")
    for mode in modes:
        try:
            opened = PingSocket(family, mode, receive_buffer)
        except OSError as error:
            refusal = error
        else:
            reason = f"IPv{family}: {mode} ping socket"
            granted = opened.receive_buffer
            return opened, Capability(mode, reason, "", receive_buffer=granted)
    remedy = _REMEDY if isinstance(refusal, PermissionError) else f"make IPv{family} available"
    reason = f"IPv{family}: neither a datagram nor a raw ping socket is allowed: {refusal.strerror}"
    return None, Capability(None, reason, remedy, errno=refusal.errno or 0)


def _set_receive_buffer(opened: socket.socket, wanted: int) -> None:
    try:  # needs CAP_NET_ADMIN, and then passes net.core.rmem_max
        opened.setsockopt(socket.SOL_SOCKET, _SO_RCVBUFFORCE, wanted)
    except PermissionError:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, wanted)


def _attach_filter(opened: socket.socket, family: int, identifier: int) -> None:
    """Let in only echo replies with our identifier (classic BPF, linux/filter.h).

    An IPv4 raw socket sees the IP header first, an IPv6 one begins at the ICMP header.
    """
    skip_header = (0xB1, 0, 0, 0) if family == 4 else (0x01, 0, 0, 0)  # X = header length, or 0
    program = [
        skip_header,
        (0x50, 0, 0, 0),  # A = type
        (0x15, 0, 3, ECHO_REPLY[family]),
        (0x48, 0, 0, 4),  # A = identifier
        (0x15, 0, 1, identifier),
        (0x06, 0, 0, 0xFFFF),
        (0x06, 0, 0, 0),
    ]
    code = np.frombuffer(b"".join(struct.pack("=HBBI", *step) for step in program), np.uint8)
    described = struct.pack("@HP", len(program), address_of(code))
    opened.setsockopt(socket.SOL_SOCKET, _SO_ATTACH_FILTER, described)
