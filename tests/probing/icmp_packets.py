"""IP packets that a peer sends back, written by hand so that they can be wrong."""

from __future__ import annotations

import struct

ICMP = 1
ICMPV6 = 58


def icmp_of(packet: bytes) -> bytes:
    """The ICMP message in an IP packet without extension headers."""
    return packet[(packet[0] & 15) * 4 :] if packet[0] >> 4 == 4 else packet[40:]


def is_echo_request(packet: bytes) -> bool:
    if packet[0] >> 4 == 4:
        return packet[9] == ICMP and icmp_of(packet)[0] == 8
    return packet[6] == ICMPV6 and icmp_of(packet)[0] == 128


def reply(packet: bytes, *, source: bytes = b"", icmp: bytes = b"") -> bytes:
    """The honest answer to an echo request, or one with another `source` or ICMP message."""
    version = packet[0] >> 4
    message = bytearray(icmp or icmp_of(packet))
    message[0] = 0 if version == 4 else 129
    return _wrap(packet, source, bytes(message))


def error(packet: bytes, kind: int, code: int, *, router: bytes, quoted: int = 500) -> bytes:
    """A router's ICMP error that quotes `quoted` bytes of the ICMP message it gives back."""
    header = len(packet) - len(icmp_of(packet))
    message = struct.pack("!BBHI", kind, code, 0, 0) + packet[: header + quoted]
    return _wrap(packet, router, message)


def _wrap(packet: bytes, source: bytes, message: bytes) -> bytes:
    if packet[0] >> 4 == 4:
        return _ipv4(source or packet[16:20], packet[12:16], message)
    return _ipv6(source or packet[24:40], packet[8:24], message)


def _ipv4(source: bytes, destination: bytes, message: bytes) -> bytes:
    message = message[:2] + b"\0\0" + message[4:]
    message = message[:2] + _checksum(message) + message[4:]
    head = struct.pack("!BBHIBBH", 0x45, 0, 20 + len(message), 0, 64, ICMP, 0)
    head += source + destination
    return head[:10] + _checksum(head) + head[12:] + message


def _ipv6(source: bytes, destination: bytes, message: bytes) -> bytes:
    message = message[:2] + b"\0\0" + message[4:]
    pseudo = source + destination + struct.pack("!II", len(message), ICMPV6)
    message = message[:2] + _checksum(pseudo + message) + message[4:]
    head = struct.pack("!IHBB", 6 << 28, len(message), ICMPV6, 64)
    return head + source + destination + message


def _checksum(data: bytes) -> bytes:
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return struct.pack("!H", ~total & 0xFFFF)
