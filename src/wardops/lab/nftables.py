"""As much of the kernel's nftables protocol as silence needs: bytes in, bytes out.

Messages are built by hand since pyroute2 0.9 fails on sets and the `nft` program may be absent.
Numbers are those of linux/netfilter/nf_tables.h; all integers inside attributes are big-endian.
"""

from __future__ import annotations

import errno
import os
import socket
import struct
from collections.abc import Iterator, Sequence

_NETFILTER = 12
_SUBSYSTEM = 10
_BATCH_BEGIN, _BATCH_END = 0x10, 0x11
_REQUEST, _ACK, _DUMP, _CREATE, _APPEND = 0x1, 0x4, 0x300, 0x400, 0x800
_ERROR, _DONE = 2, 3
_INTERRUPTED = 0x10
_DUMP_TRIES = 50
_NESTED = 0x8000
_ACCEPT, _DROP = 1, 0
_INET, _INPUT = 1, 1
_HEADER = struct.Struct("=IHHII")
_ATTRIBUTE = struct.Struct("=HH")

NEW_TABLE, DEL_TABLE, NEW_CHAIN, NEW_RULE = 0, 2, 3, 6
NEW_SET, GET_SET, NEW_ELEMENTS, GET_ELEMENTS, DEL_ELEMENTS = 9, 10, 12, 13, 14

Message = tuple[int, bytes]
"""Kind and attributes."""


def send(messages: Sequence[Message]) -> None:
    """Apply all messages or none. Raises OSError with the kernel's errno."""
    parts = [_message(_BATCH_BEGIN, 0, _REQUEST, b"", resource=_SUBSYSTEM)]
    for number, (kind, attributes) in enumerate(messages, start=1):
        flags = _REQUEST | (_ACK if number == len(messages) else 0)
        if kind in (NEW_TABLE, NEW_CHAIN, NEW_RULE, NEW_SET, NEW_ELEMENTS):
            flags |= _CREATE | (_APPEND if kind == NEW_RULE else 0)
        parts.append(_message(_SUBSYSTEM << 8 | kind, number, flags, attributes))
    parts.append(_message(_BATCH_END, 0, _REQUEST, b"", resource=_SUBSYSTEM))
    with _open() as link:
        link.send(b"".join(parts))
        for kind, _, payload in _received(link):
            if kind == _ERROR:
                _raise(payload)
                return


def dump(kind: int, attributes: bytes = b"") -> list[dict[int, bytes]]:
    """The attributes of each object of `kind`. Raises OSError with the kernel's errno."""
    for _ in range(_DUMP_TRIES):
        found, whole = _dumped(kind, attributes)
        if whole:
            return found
    raise OSError(errno.EAGAIN, "the rules keep changing while they are read")


def _dumped(kind: int, attributes: bytes) -> tuple[list[dict[int, bytes]], bool]:
    """What was read, and False where it changed meanwhile, so that something may be missing."""
    found: list[dict[int, bytes]] = []
    whole = True
    with _open() as link:
        link.send(_message(_SUBSYSTEM << 8 | kind, 1, _REQUEST | _DUMP, attributes))
        for received, flags, payload in _received(link):
            whole = whole and not flags & _INTERRUPTED
            if received == _DONE:
                break
            if received == _ERROR:
                _raise(payload)
            found.append(dict(attributes_of(payload[4:])))
    return found, whole


def table(name: str) -> bytes:
    """A table of the family inet."""
    return _text(1, name)


def input_chain(table_name: str, name: str) -> bytes:
    """A chain that sees what arrives for this host and lets it in."""
    hook = _nested(4, _number(1, _INPUT) + _number(2, 0))
    return _text(1, table_name) + _text(3, name) + hook + _number(5, _ACCEPT) + _text(7, "filter")


def address_set(table_name: str, name: str, *, version: int) -> bytes:
    """A set of IPv4 or IPv6 addresses."""
    key_type, length = (7, 4) if version == 4 else (8, 16)
    return (
        _text(1, table_name)
        + _text(2, name)
        + _number(3, 0)
        + _number(4, key_type)
        + _number(5, length)
        + _number(10, 1)
    )


def set_name(table_name: str, name: str) -> bytes:
    """A set whose elements are asked for."""
    return _text(1, table_name) + _text(2, name)


def elements(table_name: str, name: str, addresses: Sequence[bytes]) -> bytes:
    """Addresses of a set; at most 2,000, since an attribute holds 64 KiB."""
    listed = b"".join(_nested(1, _nested(1, _attribute(1, address))) for address in addresses)
    return set_name(table_name, name) + _nested(3, listed)


def drop_rule(table_name: str, chain: str, name: str, *, version: int, percent: int) -> bytes:
    """Drop `percent` of the packets to the addresses of a set, at random."""
    protocol, offset, length = (2, 16, 4) if version == 4 else (10, 24, 16)
    steps = [
        _expression("meta", _number(1, 1) + _number(2, 15)),
        _compare(0, bytes([protocol])),
        _expression("payload", b"".join(map(_number, (1, 2, 3, 4), (1, 1, offset, length)))),
        _expression("lookup", _text(1, name) + _number(2, 1)),
    ]
    if percent < 100:
        steps += [
            _expression("numgen", b"".join(map(_number, (1, 2, 3, 4), (1, 100, 1, 0)))),
            _expression("byteorder", b"".join(map(_number, (1, 2, 3, 4, 5), (1, 1, 1, 4, 4)))),
            _compare(2, struct.pack(">I", percent)),
        ]
    verdict = _nested(2, _nested(2, _number(1, _DROP)))
    steps.append(_expression("immediate", _number(1, 0) + verdict))
    return _text(1, table_name) + _text(2, chain) + _nested(4, b"".join(steps))


def attributes_of(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and value of each attribute."""
    at = 0
    while at + _ATTRIBUTE.size <= len(data):
        length, kind = _ATTRIBUTE.unpack_from(data, at)
        yield kind & 0x3FFF, data[at + _ATTRIBUTE.size : at + length]
        at += length + 3 & ~3


def _expression(name: str, data: bytes) -> bytes:
    return _nested(1, _text(1, name) + _nested(2, data))


def _compare(operator: int, value: bytes) -> bytes:
    return _expression(
        "cmp", _number(1, 1) + _number(2, operator) + _nested(3, _attribute(1, value))
    )


def _attribute(kind: int, value: bytes) -> bytes:
    length = _ATTRIBUTE.size + len(value)
    return _ATTRIBUTE.pack(length, kind) + value + bytes(-length % 4)


def _nested(kind: int, value: bytes) -> bytes:
    return _attribute(kind | _NESTED, value)


def _number(kind: int, value: int) -> bytes:
    return _attribute(kind, struct.pack(">I", value))


def _text(kind: int, value: str) -> bytes:
    return _attribute(kind, value.encode() + b"\0")


def _message(kind: int, number: int, flags: int, attributes: bytes, *, resource: int = 0) -> bytes:
    body = struct.pack(">BBH", _INET, 0, resource) + attributes
    return _HEADER.pack(_HEADER.size + len(body), kind, flags, number, 0) + body


def _open() -> socket.socket:
    link = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW | socket.SOCK_CLOEXEC, _NETFILTER)
    link.settimeout(10)
    link.bind((0, 0))
    return link


def _received(link: socket.socket) -> Iterator[tuple[int, int, bytes]]:
    """Kind, flags and payload of each message, for ever."""
    while True:
        data = link.recv(1 << 16)
        at = 0
        while at + _HEADER.size <= len(data):
            length, kind, flags, _, _ = _HEADER.unpack_from(data, at)
            yield kind, flags, data[at + _HEADER.size : at + length]
            at += length + 3 & ~3


def _raise(payload: bytes) -> None:
    code = -int(struct.unpack_from("=i", payload)[0])
    if code:
        raise OSError(code, os.strerror(code))
