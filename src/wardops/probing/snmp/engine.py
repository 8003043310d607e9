"""Holds many conversations at once over one socket per address family.

Answers are matched by request id and by the address and port they come from. What the network
refuses by ICMP is read from the socket's error queue, so a closed port costs no timeout.
"""

from __future__ import annotations

import errno
import heapq
import ipaddress
import random
import select
import socket
import struct
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from wardops.probing.snmp.ber import Malformed
from wardops.probing.snmp.conversation import Conversation, Fault, NoAnswer
from wardops.probing.snmp.message import Ask, Response, Version, pack, unpack

Found = TypeVar("Found")

_RECEIVE_BUFFER = 4 << 20
_LARGEST = 65_535
# linux/errqueue.h: struct sock_extended_err begins with errno, origin, type and code.
_RECVERR = {socket.AF_INET: (socket.IPPROTO_IP, 11), socket.AF_INET6: (socket.IPPROTO_IPV6, 25)}
_EXTENDED_ERROR = struct.Struct("=IBBB")
_FAULTS = {
    errno.ECONNREFUSED: Fault.REFUSED,
    errno.EHOSTUNREACH: Fault.HOST_UNREACHABLE,
    errno.ENETUNREACH: Fault.NO_ROUTE,
    errno.EACCES: Fault.NO_PERMISSION,
    errno.EPERM: Fault.NO_PERMISSION,
}
_FULL = frozenset((errno.EAGAIN, errno.ENOBUFS))


@dataclass(frozen=True, slots=True)
class Agent:
    """Whom to ask and how: seconds until a request is repeated, and how often it is."""

    address: str
    community: bytes
    version: Version = Version.V2C
    port: int = 161
    timeout_s: float = 2.0
    retries: int = 1


@dataclass(slots=True)
class Job(Generic[Found]):
    """A conversation to hold with an agent.

    `found` is its result when it has ended, and None where there was no time to begin it.
    """

    agent: Agent
    conversation: Conversation[Found]
    found: Found | None = None


Peer = tuple[str, int]


@dataclass(slots=True)
class _Open:
    """A request that is on its way."""

    job: Job[Any]
    peer: Peer
    ask: Ask
    tries_left: int


@dataclass(slots=True)
class Traffic:
    """What an engine has seen since it was made."""

    sent: int = 0
    answers: int = 0
    repeats: int = 0
    strange: int = 0
    """Datagrams that no request waits for: duplicates, late ones, strangers, rubbish."""


class Engine:
    """Asks many agents at once. One caller at a time; close it at the end."""

    def __init__(self, *, in_flight: int = 500) -> None:
        """At most `in_flight` requests are on their way, and one to each agent."""
        if in_flight < 1:
            raise ValueError(f"in_flight is {in_flight}, and must be at least 1")
        self.traffic = Traffic()
        self._in_flight = in_flight
        self._sockets: dict[int, socket.socket] = {}
        self._poll = select.poll()
        self._next_id = random.SystemRandom().randrange(2**31)
        self._open: dict[int, _Open] = {}
        self._deadlines: list[tuple[float, int]] = []
        self._lines: dict[Peer, deque[Job[Any]]] = {}
        self._ready: deque[Peer] = deque()

    def hold(self, jobs: Iterable[Job[Any]], *, within_s: float = 60.0) -> None:
        """Hold all conversations to their end; those still open after `within_s` are cut off."""
        end = time.monotonic() + within_s
        for job in jobs:
            self._lines.setdefault(_peer(job.agent), deque()).append(job)
        self._ready.extend(self._lines)
        while self._ready or self._open:
            while self._ready and len(self._open) < self._in_flight:
                self._begin(self._ready.popleft())
            if not self._open:
                continue
            left = end - time.monotonic()
            if left <= 0:
                self._cut_off()
                continue
            self._receive(min(left, self._deadlines[0][0] - time.monotonic()))
            self._repeat_or_give_up(time.monotonic())

    def close(self) -> None:
        """Give the sockets back."""
        for opened in self._sockets.values():
            opened.close()
        self._sockets.clear()

    def _begin(self, peer: Peer) -> None:
        """The next job in the line of an agent; the agent is done when there is none."""
        line = self._lines[peer]
        if line:
            self._go_on(line.popleft(), peer, None)
        else:
            del self._lines[peer]

    def _go_on(self, job: Job[Any], peer: Peer, news: Response | NoAnswer | None) -> None:
        """Tell a conversation what came, and send what it asks next, until it waits or ends."""
        while True:
            try:
                if isinstance(news, NoAnswer):
                    ask = job.conversation.throw(news)
                elif news is None:
                    ask = next(job.conversation)
                else:
                    ask = job.conversation.send(news)
            except StopIteration as ended:
                job.found = ended.value
                self._ready.append(peer)
                return
            news = self._send(_Open(job, peer, ask, job.agent.retries))
            if news is None:
                return

    def _send(self, request: _Open) -> NoAnswer | None:
        """Send a request under a new id; what the kernel has against it, if anything."""
        agent = request.job.agent
        self._next_id = self._next_id % (2**31 - 1) + 1
        packet = pack(agent.version, agent.community, self._next_id, request.ask)
        family = socket.AF_INET6 if ":" in request.peer[0] else socket.AF_INET
        try:
            self._socket(family).sendto(packet, request.peer)
        except OSError as error:
            # A full queue passes by itself: the request is repeated like one that was lost.
            if error.errno not in _FULL:
                return NoAnswer(_FAULTS.get(error.errno or 0, Fault.NO_ROUTE))
        self._open[self._next_id] = request
        heapq.heappush(self._deadlines, (time.monotonic() + agent.timeout_s, self._next_id))
        self.traffic.sent += 1
        return None

    def _receive(self, wait_s: float) -> None:
        """Take in everything that has come, waiting for the first of it."""
        for descriptor, events in self._poll.poll(max(0, wait_s) * 1000):
            opened = next(s for s in self._sockets.values() if s.fileno() == descriptor)
            if events & select.POLLERR:
                self._read_refusals(opened)
            if events & select.POLLIN:
                self._read_answers(opened)

    def _read_answers(self, opened: socket.socket) -> None:
        while True:
            try:
                data, sender = opened.recvfrom(_LARGEST)
            except BlockingIOError:
                return
            except OSError as error:
                # An ICMP error is told here once too; the queue of errors says whom it is about.
                if error.errno not in _FAULTS:
                    raise
                continue
            try:
                answer = unpack(data)
            except Malformed:
                self.traffic.strange += 1
                continue
            request = self._open.get(answer.request_id)
            if request is None or request.peer != sender[:2]:
                self.traffic.strange += 1
                continue
            del self._open[answer.request_id]
            self.traffic.answers += 1
            self._go_on(request.job, request.peer, answer)

    def _read_refusals(self, opened: socket.socket) -> None:
        """What routers and hosts on the way have answered instead of the agent."""
        while True:
            try:
                _, told, _, about = opened.recvmsg(_LARGEST, 512, socket.MSG_ERRQUEUE)
            except BlockingIOError:
                return
            for _, _, body in told:
                if len(body) < _EXTENDED_ERROR.size:
                    continue
                fault = _FAULTS.get(_EXTENDED_ERROR.unpack_from(body)[0])
                if fault is not None:
                    self._refuse(about[:2], fault)

    def _refuse(self, peer: Peer, fault: Fault) -> None:
        for number, request in list(self._open.items()):
            if request.peer == peer:
                del self._open[number]
                self._go_on(request.job, peer, NoAnswer(fault))

    def _repeat_or_give_up(self, now: float) -> None:
        while self._deadlines and (
            self._deadlines[0][0] <= now or self._deadlines[0][1] not in self._open
        ):
            request = self._open.pop(heapq.heappop(self._deadlines)[1], None)
            if request is None:
                continue
            if request.tries_left:
                request.tries_left -= 1
                self.traffic.repeats += 1
                refusal = self._send(request)
            else:
                refusal = NoAnswer(Fault.TIMEOUT)
            if refusal is not None:
                self._go_on(request.job, request.peer, refusal)

    def _cut_off(self) -> None:
        """End what is open as silence, so that it keeps what it has learnt; begin nothing more."""
        cut, self._open = list(self._open.values()), {}
        self._deadlines.clear()
        self._lines.clear()
        self._ready.clear()
        for request in cut:
            try:
                request.job.conversation.throw(NoAnswer(Fault.TIMEOUT))
            except StopIteration as ended:
                request.job.found = ended.value

    def _socket(self, family: socket.AddressFamily) -> socket.socket:
        if family not in self._sockets:
            opened = socket.socket(family, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER)
            opened.setsockopt(*_RECVERR[family], 1)
            self._poll.register(opened, select.POLLIN)
            self._sockets[family] = opened
        return self._sockets[family]


def _peer(agent: Agent) -> Peer:
    """Where answers will come from, in the spelling of the kernel. ValueError for no address."""
    return str(ipaddress.ip_address(agent.address)), agent.port
