"""One lane's way through a sweep: packets sent, answers and refusals taken in."""

from __future__ import annotations

import errno
import time
from dataclasses import dataclass

import numpy as np

from wardops.flow import Ints
from wardops.probing.icmp.lanes import Lane
from wardops.probing.icmp.packets import (
    ECHO_REPLY,
    FRAME,
    QUOTED_MINIMUM,
    sequence_of,
    stamp,
)
from wardops.probing.icmp.readings import Observed
from wardops.probing.icmp.receiver import Receiver, Replies
from wardops.probing.icmp.refusals import Refusal, read_refusals
from wardops.probing.icmp.sockets import PingSocket
from wardops.probing.icmp.syscalls import HEADER, send_many

_CONGESTED = (errno.EAGAIN, errno.ENOBUFS, errno.ENOMEM, errno.EINTR)
_OWN_FAULT = (errno.EPERM, errno.EINVAL)
"""Send errors that no ICMP message can have left behind on the socket."""
_TRIES = 3
_READS_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class Marks:
    """What the packets of one sweep carry and how long they count."""

    token: int
    sequence: int
    packets: int
    timeout_ns: int


class Course:
    """State arrays have the shape (packets, n); times are monotonic nanoseconds."""

    def __init__(self, lane: Lane, opened: PingSocket, receiver: Receiver, marks: Marks) -> None:
        self.lane = lane
        self.socket = opened
        self.unread = 0
        """Packets sent since the last read."""
        self._receiver = receiver
        self._marks = marks
        shape = (marks.packets, len(lane))
        self._sent_at = np.zeros(shape, np.int64)
        self._round_trips = np.full(shape, np.nan)
        self._settled = np.zeros(shape, np.bool_)
        self._refused = np.zeros(len(lane), np.int64)
        self._failed = np.zeros(len(lane), np.int64)
        self._drops_before = opened.drops()

    def load(self, number: int) -> None:
        """Make the lane's frames packet `number`; every packet before must have been sent."""
        stamp(
            self.lane.frames,
            token=self._marks.token,
            identifier=self.socket.identifier,
            number=number,
            sequence=self._first_sequence(number),
        )

    def send(self, number: int, position: int, count: int, *, patient: bool = True) -> int:
        """Send to `count` targets from `position` on; how many of them are dealt with.

        0 means the kernel's queue is full: wait and call again. With patient=False the next
        target is given up instead, and reads INVALID.
        """
        start = self.lane.start + position * HEADER.itemsize
        for _ in range(_TRIES):
            before = time.monotonic_ns()
            sent, failure = send_many(self.socket.descriptor, start, count)
            if sent:
                took = time.monotonic_ns() - before
                stamps = before + np.arange(sent) * took // sent
                self._sent_at[number, position : position + sent] = stamps
                self.unread += sent
                return sent
            if failure in _CONGESTED or failure in _OWN_FAULT:
                break
            # May be another packet's ICMP error, which the kernel reports at the next send.
            self._take_refusals()
            self.socket.clear_error()
        if failure in _CONGESTED and patient:
            return 0
        self._failed[position] = failure
        self._settled[number, position] = True
        return 1

    def read(self) -> None:
        """Take in everything that waits."""
        self._take_refusals()
        for _ in range(_READS_AT_ONCE):
            replies = self._receiver.read()
            if replies is None:
                break
            self._accept(replies)
        self.unread = 0

    def last_call(self) -> int:
        """When the last packet still awaited times out; 0 if none is awaited."""
        awaited = np.where(self._settled, 0, self._sent_at)
        last = int(awaited.max(initial=0))
        return last + self._marks.timeout_ns if last else 0

    def observed(self) -> Observed:
        """What is known by now."""
        return Observed(
            round_trips=self._round_trips,
            sent=self._sent_at > 0,
            refused=self._refused,
            failed=self._failed,
            spoilt=self.socket.drops() != self._drops_before,
        )

    def _accept(self, replies: Replies) -> None:
        """Keep first answers that came in time, to our packets, from whom they were sent to."""
        number, position = self._own(replies)
        keys = number * len(self.lane) + position
        valid = np.flatnonzero(keys >= 0)
        keys, first = np.unique(keys[valid], return_index=True)
        sent_at = self._sent_at.reshape(-1)[keys]
        now = time.monotonic_ns()
        # Kernel stamps are wall time. Taken as an age, they survive a clock that was set.
        age = time.time_ns() - replies.at[valid[first]]
        elapsed = np.clip(now - age - sent_at, 0, now - sent_at)
        settled = self._settled.reshape(-1)
        round_trips = self._round_trips.reshape(-1)
        good = (sent_at > 0) & (elapsed <= self._marks.timeout_ns) & np.isnan(round_trips[keys])
        round_trips[keys[good]] = elapsed[good] / 1e9
        settled[keys[good]] = True

    def _own(self, replies: Replies) -> tuple[Ints, Ints]:
        """Packet number and position of each reply, (-1, 0) where it answers no packet of ours."""
        frames = replies.frames
        position = frames["position"].astype(np.int64)
        number = frames["number"].astype(np.int64)
        own = (
            (frames["type"] == ECHO_REPLY[self.lane.family])
            & (frames["code"] == 0)
            & (frames["token"] == self._marks.token)
            & (position < len(self.lane))
            & (number < self._marks.packets)
        )
        position[~own] = 0
        asked = self.lane.sockaddrs["address"][position]
        own &= (asked == replies.sources).all(axis=1)
        return np.where(own, number, -1), np.where(own, position, 0)

    def _take_refusals(self) -> None:
        for refusal in read_refusals(self.socket):
            for number, position in self._packets_of(refusal):
                self._settled[number, position] = True
                self._refused[position] = refusal.code

    def _packets_of(self, refusal: Refusal) -> list[tuple[int, int]]:
        """Our packets that the quoted one can be; by payload if enough of it came back."""
        positions = self.lane.positions.get(refusal.destination, [])
        if len(refusal.quoted) >= FRAME.itemsize:
            frame = np.frombuffer(refusal.quoted[: FRAME.itemsize], FRAME)[0]
            number, position = int(frame["number"]), int(frame["position"])
            own = frame["token"] == self._marks.token and number < self._marks.packets
            return [(number, position)] if own and position in positions else []
        if len(refusal.quoted) < QUOTED_MINIMUM:
            return []
        frame = np.frombuffer(refusal.quoted[:QUOTED_MINIMUM].ljust(FRAME.itemsize), FRAME)[0]
        # A datagram socket's identifier is the kernel's, which has compared it already.
        if self.socket.mode == "raw" and frame["identifier"] != self.socket.identifier:
            return []
        return [
            (number, position)
            for position in positions
            for number in range(self._marks.packets)
            if self._sequence(number, position) == frame["sequence"]
        ]

    def _first_sequence(self, number: int) -> int:
        return self._marks.sequence + number * len(self.lane)

    def _sequence(self, number: int, position: int) -> int:
        return int(sequence_of(np.array(position), self._first_sequence(number)))
