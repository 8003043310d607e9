"""BER as SNMP uses it: integers, strings, object identifiers. X.690; RFC 3417 section 8.

Every length is checked against what is there: whatever comes from the network is either decoded or
refused with `Malformed`, never an IndexError.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

Oid = tuple[int, ...]
Value = int | bytes | Oid | None

_MAX_ARC = 2**32 - 1
_MAX_ARCS = 128


class Tag(IntEnum):
    """What a value is. RFC 2578 section 7.1 and RFC 3416 section 3."""

    INTEGER = 0x02
    OCTET_STRING = 0x04
    NULL = 0x05
    OBJECT_IDENTIFIER = 0x06
    IP_ADDRESS = 0x40
    COUNTER32 = 0x41
    GAUGE32 = 0x42
    TIME_TICKS = 0x43
    OPAQUE = 0x44
    COUNTER64 = 0x46
    NO_SUCH_OBJECT = 0x80
    NO_SUCH_INSTANCE = 0x81
    END_OF_MIB_VIEW = 0x82


SEQUENCE = 0x30
_UNSIGNED = frozenset((Tag.COUNTER32, Tag.GAUGE32, Tag.TIME_TICKS, Tag.COUNTER64))
_BYTES = frozenset((Tag.OCTET_STRING, Tag.IP_ADDRESS, Tag.OPAQUE))
_EMPTY = frozenset((Tag.NULL, Tag.NO_SUCH_OBJECT, Tag.NO_SUCH_INSTANCE, Tag.END_OF_MIB_VIEW))


class Malformed(ValueError):
    """These bytes are not what they claim to be."""


def encode(tag: int, content: bytes) -> bytes:
    """One element: tag, length, content."""
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def encode_integer(value: int, tag: int = Tag.INTEGER) -> bytes:
    """A number in two's complement, in as few bytes as hold it with its sign."""
    return encode(tag, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def encode_oid(oid: Oid) -> bytes:
    """An object identifier. Raises ValueError for one that BER cannot hold."""
    if len(oid) < 2 or oid[0] > 2 or (oid[0] < 2 and oid[1] > 39):
        raise ValueError(f"{format_oid(oid)} is no object identifier: it begins with 0, 1 or 2")
    content = bytearray()
    for arc in (oid[0] * 40 + oid[1], *oid[2:]):
        if not 0 <= arc <= _MAX_ARC + 80:
            raise ValueError(f"{arc} in {format_oid(oid)} is not a number of 32 bits")
        groups = [arc & 0x7F]
        while arc := arc >> 7:
            groups.append(arc & 0x7F | 0x80)
        content += bytes(reversed(groups))
    return encode(Tag.OBJECT_IDENTIFIER, bytes(content))


def parse_oid(text: str) -> Oid:
    """`1.3.6.1.2.1.1.1.0`, with or without a dot in front. Raises ValueError for anything else."""
    parts = text.strip().removeprefix(".").split(".")
    if not all(part.isascii() and part.isdecimal() and len(part) <= 10 for part in parts):
        raise ValueError(f"{text!r} is no object identifier: numbers with dots between them")
    oid = tuple(int(part) for part in parts)
    encode_oid(oid)
    return oid


def format_oid(oid: Oid) -> str:
    """`1.3.6.1.2.1.1.1.0`."""
    return ".".join(map(str, oid))


def element(data: bytes, at: int, end: int) -> tuple[int, int, int]:
    """(tag, begin, end) of the content of the element at `at`, which must lie before `end`."""
    if at + 2 > end:
        raise Malformed("an element is cut off")
    tag, size, begin = data[at], data[at + 1], at + 2
    if size >= 0x80:
        count = size & 0x7F
        if not 1 <= count <= 4 or begin + count > end:
            raise Malformed("a length is not definite")
        size = int.from_bytes(data[begin : begin + count], "big")
        begin += count
    if begin + size > end:
        raise Malformed("an element is longer than what holds it")
    return tag, begin, begin + size


def expect(data: bytes, at: int, end: int, tag: int) -> tuple[int, int]:
    """(begin, end) of the content of the element at `at`, which must have this tag."""
    found, begin, stop = element(data, at, end)
    if found != tag:
        raise Malformed(f"tag {found:#x} where {tag:#x} belongs")
    return begin, stop


def elements(data: bytes, at: int, end: int) -> Iterator[tuple[int, int, int]]:
    """All elements from `at` to `end`."""
    while at < end:
        tag, begin, at = element(data, at, end)
        yield tag, begin, at


def integer(data: bytes, begin: int, end: int) -> int:
    """A signed number of at most 64 bits."""
    if not 1 <= end - begin <= 9:
        raise Malformed("a number of no bytes, or of more than 64 bits")
    return int.from_bytes(data[begin:end], "big", signed=True)


def oid(data: bytes, begin: int, end: int) -> Oid:
    """An object identifier of at most 128 arcs of 32 bits."""
    arcs: list[int] = []
    arc = 0
    for byte in data[begin:end]:
        arc = arc << 7 | byte & 0x7F
        if byte < 0x80:
            arcs.append(arc)
            arc = 0
        elif arc > _MAX_ARC:
            raise Malformed("an arc of an object identifier has more than 32 bits")
    if not arcs or data[end - 1] >= 0x80 or len(arcs) > _MAX_ARCS:
        raise Malformed("an object identifier is empty, cut off or endless")
    first = min(arcs[0] // 40, 2)
    return (first, arcs[0] - first * 40, *arcs[1:])


def value(data: bytes, tag: int, begin: int, end: int) -> Value:
    """The content of a variable: numbers, bytes, an object identifier, or None.

    Counters are never negative, whatever an agent that forgot the leading zero byte has sent.
    """
    if tag == Tag.INTEGER:
        return integer(data, begin, end)
    if tag in _UNSIGNED:
        if not 1 <= end - begin <= 9:
            raise Malformed("a counter of no bytes, or of more than 64 bits")
        width = 2**64 if tag == Tag.COUNTER64 else 2**32
        return int.from_bytes(data[begin:end], "big") % width
    if tag in _BYTES:
        return bytes(data[begin:end])
    if tag == Tag.OBJECT_IDENTIFIER:
        return oid(data, begin, end)
    if tag in _EMPTY:
        return None
    raise Malformed(f"a value has the unknown tag {tag:#x}")
