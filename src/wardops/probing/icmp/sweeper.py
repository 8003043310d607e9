"""The sweeper: keeps sockets and built packets, and turns addresses into readings."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from wardops.flow import Readings
from wardops.probing.icmp.course import Course, Marks
from wardops.probing.icmp.lanes import UNUSABLE, Lane, prepare
from wardops.probing.icmp.readings import put, readings_of, unsent
from wardops.probing.icmp.receiver import Receiver
from wardops.probing.icmp.run import Run, SweepPlan
from wardops.probing.icmp.sockets import Capability, PingSocket, open_socket

_KEPT_PLANS = 64


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
        self._sequence = 0
        self._receive_buffer = receive_buffer
        self._sockets: dict[tuple[int, str], tuple[PingSocket, Receiver]] = {}
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
        Run(courses, rate=self._rate, batch=self._batch).go(plan)
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
