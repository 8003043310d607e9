"""The sweeper: sends at an even pace, listens, and returns when all is answered or timed out."""

from __future__ import annotations

import os
import select
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from wardops.flow import Readings
from wardops.probing.icmp.course import Course, Marks
from wardops.probing.icmp.lanes import UNUSABLE, Lane, prepare
from wardops.probing.icmp.readings import put, readings_of, unsent
from wardops.probing.icmp.receiver import Receiver
from wardops.probing.icmp.sockets import Capability, PingSocket, open_socket

_KEPT_PLANS = 64
_LAG_ALLOWED = 0.01
"""Seconds of delay that the pace may catch up with in one go."""
_GATHERING = 0.002
"""Seconds for replies to gather before they are read; kernel stamps make late reading harmless."""
_MOST_UNREAD = 512


@dataclass(frozen=True, slots=True)
class SweepPlan:
    """How one sweep is done."""

    packets: int = 1
    interval: float = 0.25
    """Seconds between the packets to one target; more if sending one round takes longer."""
    timeout: float = 0.8
    """Seconds after which an answer to a packet no longer counts."""
    payload: int = 16
    """Bytes after the ICMP header, even, at least 12."""

    def __post_init__(self) -> None:
        if self.packets < 1 or self.interval < 0 or self.timeout <= 0:
            raise ValueError(
                f"{self}: a sweep needs at least one packet, no negative interval "
                "and a timeout above 0"
            )


class Sweeper:
    """Pings many addresses over one socket per family and source. One caller at a time."""

    capabilities: Mapping[int, Capability]
    """By family, 4 and 6: which kind of socket is used, or why none and what to do about it."""

    def __init__(
        self, *, rate: int = 10_000, batch: int = 32, receive_buffer: int = 4 << 20
    ) -> None:
        """`rate` in packets per second, sent `batch` at a time; `receive_buffer` in bytes."""
        if rate < 1 or batch < 1:
            raise ValueError(f"rate {rate} and batch {batch} must be at least 1")
        self._rate = rate
        self._batch = batch
        self._due = 0.0
        self._sequence = 0
        self._receive_buffer = receive_buffer
        self._sockets: dict[tuple[int, str], tuple[PingSocket, Receiver]] = {}
        self._poll = select.poll()
        self._prepare = lru_cache(maxsize=_KEPT_PLANS)(prepare)
        self.capabilities = MappingProxyType({family: self._open(family) for family in (4, 6)})

    def sweep(
        self, addresses: Sequence[str], *, plan: SweepPlan, sources: Sequence[str] | None = None
    ) -> Readings:
        """Readings parallel to `addresses`; an empty source leaves the choice to the kernel.

        A target that cannot be asked has an outcome that says so; no exception. Pass the same
        tuple of addresses again and the packets built for it are used again.
        """
        prepared = self._prepare(
            tuple(addresses), tuple(sources) if sources is not None else None, plan.payload
        )
        # What stays is the rows that are no address: there is no way to send to them.
        readings = unsent(prepared.count, UNUSABLE)
        marks = self._marks(prepared.count, plan)
        courses: list[Course] = []
        for lane in prepared.lanes:
            refusal = self._refusal(lane)
            if refusal:
                put(readings, lane.rows, unsent(len(lane), refusal))
            else:
                courses.append(Course(lane, *self._sockets[lane.family, lane.source], marks))
        self._run(courses, plan)
        for course in courses:
            put(readings, course.lane.rows, readings_of(course.observed()))
        return readings

    def close(self) -> None:
        """Give the sockets back."""
        for opened, _ in self._sockets.values():
            opened.close()
        self._sockets.clear()

    def _open(self, family: int) -> Capability:
        opened, capability = open_socket(family, self._receive_buffer)
        if opened:
            self._keep(opened, "")
        return capability

    def _keep(self, opened: PingSocket, source: str) -> None:
        self._sockets[opened.family, source] = opened, Receiver(opened)
        self._poll.register(opened.descriptor, select.POLLIN)

    def _refusal(self, lane: Lane) -> int:
        """errno that keeps the lane from being sent, 0 if it has a socket."""
        if (lane.family, lane.source) in self._sockets:
            return 0
        capability = self.capabilities[lane.family]
        if capability.mode is None:
            return capability.errno
        try:
            opened = PingSocket(
                lane.family, capability.mode, self._receive_buffer, source=lane.source
            )
        except OSError as error:  # the source is not, or not any more, an address of this host
            return error.errno or UNUSABLE
        self._keep(opened, lane.source)
        return 0

    def _marks(self, count: int, plan: SweepPlan) -> Marks:
        token = int.from_bytes(os.urandom(4), "big")
        sequence = self._sequence
        self._sequence = (sequence + count * plan.packets) & 0xFFFF
        return Marks(token, sequence, plan.packets, int(plan.timeout * 1e9))

    def _run(self, courses: list[Course], plan: SweepPlan) -> None:
        for course in courses:
            course.read()  # leftovers of the sweep before must not fill the buffer
        begin = self._due = time.monotonic()
        patience = _Patience(plan.timeout)
        for number in range(plan.packets):
            self._listen_until(courses, begin + number * plan.interval)
            for course in courses:
                course.load(number)
                self._send_round(course, number, patience)
        self._listen_to_the_end(courses)

    def _send_round(self, course: Course, number: int, patience: _Patience) -> None:
        most_unread = min(_MOST_UNREAD, max(1, course.socket.capacity // 4))
        position, total = 0, len(course.lane)
        while position < total:
            count = min(self._batch, total - position)
            self._keep_pace(count)
            end = position + count
            while position < end:
                done = course.send(number, position, end - position, patient=patience.left > 0)
                position += done
                if not done:
                    patience.pause()
            if course.unread >= most_unread:
                course.read()

    def _keep_pace(self, count: int) -> None:
        now = time.monotonic()
        if self._due > now:
            time.sleep(self._due - now)
        self._due = max(self._due, now - _LAG_ALLOWED) + count / self._rate

    def _listen_until(self, courses: list[Course], moment: float) -> None:
        while (left := moment - time.monotonic()) > 0:
            self._wait(left)
            for course in courses:
                course.read()

    def _listen_to_the_end(self, courses: list[Course]) -> None:
        for course in courses:
            course.read()
        while last_call := max((course.last_call() for course in courses), default=0):
            left = last_call / 1e9 - time.monotonic()
            if left <= 0:
                return
            self._wait(left)
            for course in courses:
                course.read()

    def _wait(self, longest: float) -> None:
        begin = time.monotonic()
        if self._poll.poll(longest * 1000):
            left = longest - (time.monotonic() - begin)
            time.sleep(max(0.0, min(_GATHERING, left)))


class _Patience:
    """How long a sweep may wait for a full send queue in all, so that it ends in time."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds

    def pause(self) -> None:
        time.sleep(_GATHERING)
        self.left -= _GATHERING
