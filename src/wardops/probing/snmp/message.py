"""Messages of SNMPv1 and v2c. RFC 1157, RFC 1901, RFC 3416."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from wardops.probing.snmp import ber
from wardops.probing.snmp.ber import Malformed, Oid, Tag, Value


class Version(IntEnum):
    """As the message names it."""

    V1 = 0
    V2C = 1


class Operation(IntEnum):
    """What a message asks for, or is."""

    GET = 0xA0
    GET_NEXT = 0xA1
    RESPONSE = 0xA2
    GET_BULK = 0xA5


class ErrorStatus(IntEnum):
    """Why an agent refused a request. RFC 3416 section 3."""

    NO_ERROR = 0
    TOO_BIG = 1
    NO_SUCH_NAME = 2
    BAD_VALUE = 3
    READ_ONLY = 4
    GEN_ERR = 5
    NO_ACCESS = 6
    AUTHORIZATION_ERROR = 16


class Varbind(NamedTuple):
    """One variable of an answer."""

    oid: Oid
    tag: Tag
    value: Value


class Response(NamedTuple):
    """An answer; `error_index` counts from 1, 0 for none."""

    request_id: int
    error_status: int
    error_index: int
    varbinds: list[Varbind]


class Ask(NamedTuple):
    """What to ask next, as a conversation says it; `repetitions` only counts for GET_BULK."""

    operation: Operation
    oids: tuple[Oid, ...]
    repetitions: int = 0


_NULL = ber.encode(Tag.NULL, b"")


def pack(version: Version, community: bytes, request_id: int, ask: Ask) -> bytes:
    """The bytes of a request."""
    # Error status and index are 0 in a request; GET_BULK has non-repeaters and repetitions there.
    numbers = (request_id, 0, ask.repetitions)
    names = b"".join(ber.encode(ber.SEQUENCE, ber.encode_oid(oid) + _NULL) for oid in ask.oids)
    body = b"".join(map(ber.encode_integer, numbers)) + ber.encode(ber.SEQUENCE, names)
    head = ber.encode_integer(version) + ber.encode(Tag.OCTET_STRING, community)
    return ber.encode(ber.SEQUENCE, head + ber.encode(ask.operation, body))


def unpack(data: bytes) -> Response:
    """The answer in a datagram. Raises Malformed for anything that is none."""
    begin, end = ber.expect(data, 0, len(data), ber.SEQUENCE)
    at = begin
    at = ber.expect(data, at, end, Tag.INTEGER)[1]
    at = ber.expect(data, at, end, Tag.OCTET_STRING)[1]
    begin, end = ber.expect(data, at, end, Operation.RESPONSE)
    numbers: list[int] = []
    at = begin
    for _ in range(3):
        first, at = ber.expect(data, at, end, Tag.INTEGER)
        numbers.append(ber.integer(data, first, at))
    begin, end = ber.expect(data, at, end, ber.SEQUENCE)
    request_id, error_status, error_index = numbers
    return Response(request_id, error_status, error_index, _varbinds(data, begin, end))


def _varbinds(data: bytes, begin: int, end: int) -> list[Varbind]:
    found = []
    for tag, first, last in ber.elements(data, begin, end):
        if tag != ber.SEQUENCE:
            raise Malformed("a variable is no sequence")
        name, at = ber.expect(data, first, last, Tag.OBJECT_IDENTIFIER)
        kind, content, stop = ber.element(data, at, last)
        # The value comes first: it refuses a tag that is not in Tag.
        value = ber.value(data, kind, content, stop)
        found.append(Varbind(ber.oid(data, name, at), Tag(kind), value))
    return found
