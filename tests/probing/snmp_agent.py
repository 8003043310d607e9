"""An SNMP agent on a real socket that can be as wrong as agents are."""

from __future__ import annotations

import random
import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from wardops.probing.snmp import Oid, Tag, Value, ber
from wardops.probing.snmp.message import Operation

Mib = Mapping[Oid, tuple[Tag, Value]]


class Request(NamedTuple):
    """What an agent was asked."""

    version: int
    community: bytes
    operation: int
    request_id: int
    non_repeaters: int
    repetitions: int
    oids: list[Oid]


class Answer(NamedTuple):
    """What an agent answers."""

    varbinds: Sequence[tuple[Oid, Tag, Value]]
    error_status: int = 0
    error_index: int = 0


Respond = Callable[[Request, Answer], list[bytes] | bytes | Answer | None]


def read_request(data: bytes) -> Request:
    begin, end = ber.expect(data, 0, len(data), ber.SEQUENCE)
    first, at = ber.expect(data, begin, end, Tag.INTEGER)
    version = ber.integer(data, first, at)
    first, at = ber.expect(data, at, end, Tag.OCTET_STRING)
    community = data[first:at]
    operation, at, end = ber.element(data, at, end)
    numbers = []
    for _ in range(3):
        first, at = ber.expect(data, at, end, Tag.INTEGER)
        numbers.append(ber.integer(data, first, at))
    begin, end = ber.expect(data, at, end, ber.SEQUENCE)
    oids = []
    for _, first, _ in ber.elements(data, begin, end):
        name, stop = ber.expect(data, first, end, Tag.OBJECT_IDENTIFIER)
        oids.append(ber.oid(data, name, stop))
    return Request(version, community, operation, *numbers, oids)


def content_of(tag: Tag, value: Value) -> bytes:
    if isinstance(value, bytes):
        return ber.encode(tag, value)
    if isinstance(value, tuple):
        return ber.encode_oid(value)
    return ber.encode(tag, b"") if value is None else ber.encode_integer(value, tag)


def pack_response(request: Request, answer: Answer) -> bytes:
    variables = b"".join(
        ber.encode(ber.SEQUENCE, ber.encode_oid(oid) + content_of(tag, value))
        for oid, tag, value in answer.varbinds
    )
    numbers = (request.request_id, answer.error_status, answer.error_index)
    body = b"".join(map(ber.encode_integer, numbers)) + ber.encode(ber.SEQUENCE, variables)
    head = ber.encode_integer(request.version) + ber.encode(Tag.OCTET_STRING, request.community)
    return ber.encode(ber.SEQUENCE, head + ber.encode(Operation.RESPONSE, body))


@dataclass
class FakeAgent:
    """Answers from `mib`; `respond` may put something else, or nothing, in an answer's place."""

    mib: Mib
    respond: Respond = lambda request, answer: answer
    community: bytes = b"public"
    largest: int = 1472
    loss: float = 0.0
    requests: list[Request] = field(default_factory=list)
    port: int = 0

    def true_answer(self, request: Request) -> Answer:
        names = sorted(self.mib)
        if request.operation == Operation.GET:
            return self._get(request)
        rounds = request.repetitions if request.operation == Operation.GET_BULK else 1
        at, found = list(request.oids), []
        for _ in range(rounds):
            for number, oid in enumerate(at):
                following = next((name for name in names if name > oid), None)
                if following is None:
                    if request.version == 0:
                        return Answer(_nulls(request), 2, number + 1)
                    found.append((oid, Tag.END_OF_MIB_VIEW, None))
                else:
                    at[number] = following
                    found.append((following, *self.mib[following]))
        return Answer(found)

    def _get(self, request: Request) -> Answer:
        missing = [n for n, oid in enumerate(request.oids) if oid not in self.mib]
        if missing and request.version == 0:
            return Answer(_nulls(request), 2, missing[0] + 1)
        return Answer(
            [(oid, *self.mib.get(oid, (Tag.NO_SUCH_INSTANCE, None))) for oid in request.oids]
        )

    def packets(self, data: bytes) -> list[bytes]:
        request = read_request(data)
        self.requests.append(request)
        if request.community != self.community or random.random() < self.loss:  # noqa: S311
            return []
        answer = self.true_answer(request)
        packet = pack_response(request, answer)
        if len(packet) > self.largest:
            # GET_BULK may answer fewer rows; GET says that it is too big. RFC 3416, 4.2.3.
            answer = self._cut(request, answer)
        wanted = self.respond(request, answer)
        if wanted is None:
            return []
        if isinstance(wanted, Answer):
            return [pack_response(request, wanted)]
        return [wanted] if isinstance(wanted, bytes) else wanted

    def _cut(self, request: Request, answer: Answer) -> Answer:
        if request.operation != Operation.GET_BULK:
            return Answer(_nulls(request), 1, 0)
        found = list(answer.varbinds)
        while found and len(pack_response(request, Answer(found))) > self.largest:
            found.pop()
        return Answer(found)


def _nulls(request: Request) -> list[tuple[Oid, Tag, Value]]:
    return [(oid, Tag.NULL, None) for oid in request.oids]


@contextmanager
def serving(agent: FakeAgent, *, address: str = "127.0.0.1") -> Iterator[FakeAgent]:
    """The agent on a free UDP port."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as server:
        server.bind((address, 0))
        server.settimeout(0.05)
        agent.port = server.getsockname()[1]
        ending = threading.Event()

        def serve() -> None:
            while not ending.is_set():
                try:
                    data, sender = server.recvfrom(65_535)
                except TimeoutError:
                    continue
                for packet in agent.packets(data):
                    server.sendto(packet, sender)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield agent
        finally:
            ending.set()
            thread.join()
