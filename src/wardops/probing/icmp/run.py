"""When things happen in a sweep: sent at an even pace, listened for, over with the last answer."""

from __future__ import annotations

import select
import time
from collections.abc import Sequence
from dataclasses import dataclass

from wardops.probing.icmp.course import Course
from wardops.probing.icmp.packets import LARGEST_PAYLOAD, SMALLEST_PAYLOAD

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
    """Bytes after the ICMP header, even, SMALLEST_PAYLOAD to LARGEST_PAYLOAD."""

    def __post_init__(self) -> None:
        if self.packets < 1 or self.interval < 0 or self.timeout <= 0:
            raise ValueError(
                f"{self}: a sweep needs at least one packet, no negative interval "
                "and a timeout above 0"
            )
        if not SMALLEST_PAYLOAD <= self.payload <= LARGEST_PAYLOAD or self.payload % 2:
            raise ValueError(
                f"{self}: a sweep needs an even payload, "
                f"{SMALLEST_PAYLOAD} to {LARGEST_PAYLOAD} bytes"
            )


class Run:
    """One sweep in time. Sleeps in poll(2) or sleep, never spins."""

    def __init__(self, courses: Sequence[Course], *, rate: int, batch: int) -> None:
        """`rate` in packets per second, sent `batch` at a time."""
        self._courses = courses
        self._rate = rate
        self._batch = batch
        self._due = time.monotonic()
        self._patience = 0.0
        self._poll = select.poll()
        for course in courses:
            self._poll.register(course.socket.descriptor, select.POLLIN)

    def go(self, plan: SweepPlan) -> None:
        """Send every packet of `plan` and wait for the answers."""
        # However full the send queue is, the sweep ends: after so long it stops waiting for it.
        self._patience = plan.timeout
        self._read()  # leftovers of the sweep before must not fill the buffer
        begin = self._due = time.monotonic()
        for number in range(plan.packets):
            self._listen_until(begin + number * plan.interval)
            for course in self._courses:
                course.load(number)
                self._send_round(course, number)
        self._listen_to_the_end()

    def _send_round(self, course: Course, number: int) -> None:
        most_unread = min(_MOST_UNREAD, max(1, course.socket.capacity // 4))
        total = len(course.lane)
        for position in range(0, total, self._batch):
            end = min(position + self._batch, total)
            self._keep_pace(end - position)
            self._send_batch(course, number, position, end)
            if course.unread >= most_unread:
                course.read()

    def _send_batch(self, course: Course, number: int, position: int, end: int) -> None:
        while position < end:
            patient = self._patience > 0
            done = course.send(number, position, end - position, patient=patient)
            position += done
            if not done:
                time.sleep(_GATHERING)
                self._patience -= _GATHERING

    def _keep_pace(self, count: int) -> None:
        now = time.monotonic()
        if self._due > now:
            time.sleep(self._due - now)
        self._due = max(self._due, now - _LAG_ALLOWED) + count / self._rate

    def _listen_until(self, moment: float) -> None:
        while (left := moment - time.monotonic()) > 0:
            self._wait(left)
            self._read()

    def _listen_to_the_end(self) -> None:
        self._read()
        while last_call := max((course.last_call() for course in self._courses), default=0):
            left = last_call / 1e9 - time.monotonic()
            if left <= 0:
                return
            self._wait(left)
            self._read()

    def _read(self) -> None:
        for course in self._courses:
            course.read()

    def _wait(self, longest: float) -> None:
        begin = time.monotonic()
        if self._poll.poll(longest * 1000):
            left = longest - (time.monotonic() - begin)
            time.sleep(max(0.0, min(_GATHERING, left)))
