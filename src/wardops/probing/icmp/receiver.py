"""Reads waiting replies, some hundred at a time, into arrays that are kept and filled again."""

from __future__ import annotations

import errno
import socket
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from wardops.flow import Ints
from wardops.probing.icmp.lanes import SOCKADDR
from wardops.probing.icmp.packets import FRAME, Frames
from wardops.probing.icmp.sockets import SO_TIMESTAMPNS, PingSocket
from wardops.probing.icmp.syscalls import (
    HEADER,
    IOVEC,
    address_of,
    pointers_to_rows,
    receive_many,
)

_AT_ONCE = 512
_TRIES = 8
_LONGEST_IP_HEADER = 60
_CONTROL = np.dtype(
    [("length", "u8"), ("level", "i4"), ("kind", "i4"), ("seconds", "i8"), ("nanoseconds", "i8")]
)


@dataclass(frozen=True, slots=True)
class Replies:
    """Messages as they came, unchecked; parallel arrays."""

    frames: Frames
    sources: npt.NDArray[np.uint32]
    """Sender's address in network order, shape (n, 1) or (n, 4)."""
    at: Ints
    """When the kernel received it, ns since the epoch; 0 if it did not say."""

    def __len__(self) -> int:
        return len(self.at)


class Receiver:
    """Buffers for one socket. What `read` returns is valid until the next `read`."""

    def __init__(self, opened: PingSocket) -> None:
        self._socket = opened
        self._has_ip_header = opened.family == 4 and opened.mode == "raw"
        self._data = np.zeros((_AT_ONCE, _LONGEST_IP_HEADER + FRAME.itemsize), np.uint8)
        self._names = np.zeros(_AT_ONCE, SOCKADDR[opened.family])
        self._controls = np.zeros(_AT_ONCE, _CONTROL)
        self._iovecs = np.zeros(_AT_ONCE, IOVEC)
        self._iovecs["base"] = pointers_to_rows(self._data)
        self._iovecs["length"] = self._data.shape[1]
        self._headers = np.zeros(_AT_ONCE, HEADER)
        self._headers["name"] = pointers_to_rows(self._names)
        self._headers["name_length"] = self._names.itemsize
        self._headers["iovec"] = pointers_to_rows(self._iovecs)
        self._headers["iovec_count"] = 1
        self._headers["control"] = pointers_to_rows(self._controls)
        self._headers["control_length"] = _CONTROL.itemsize
        self._fresh: npt.NDArray[Any] = self._headers.copy()

    def read(self) -> Replies | None:
        """Whatever waits, at most some hundred; None when nothing does."""
        start = address_of(self._headers)
        for _ in range(_TRIES):
            count, failure = receive_many(self._socket.descriptor, start, _AT_ONCE)
            if not failure:
                break
            if failure == errno.EAGAIN:
                return None
            # An ICMP error of some packet, cleared by being told: replies may wait behind it.
        else:
            return None
        lengths = self._headers["length"][:count].astype(np.int64)
        self._headers[:count] = self._fresh[:count]
        whole, frames = self._frames(lengths)
        return Replies(frames, self._names["address"][:count][whole], self._times(count)[whole])

    def _frames(self, lengths: Ints) -> tuple[npt.NDArray[np.bool_], Frames]:
        data = self._data[: len(lengths)]
        if not self._has_ip_header:
            whole = lengths >= FRAME.itemsize
            return whole, _as_frames(data[whole, : FRAME.itemsize])
        begin = (data[:, 0] & 15).astype(np.int64) * 4
        whole = lengths >= begin + FRAME.itemsize
        columns = begin[whole, None] + np.arange(FRAME.itemsize)
        return whole, _as_frames(np.take_along_axis(data[whole], columns, axis=1))

    def _times(self, count: int) -> Ints:
        control = self._controls[:count]
        stamped = (control["level"] == socket.SOL_SOCKET) & (control["kind"] == SO_TIMESTAMPNS)
        nanoseconds: Ints = control["seconds"] * 1_000_000_000 + control["nanoseconds"]
        return np.where(stamped, nanoseconds, 0)


def _as_frames(data: npt.NDArray[np.uint8]) -> Frames:
    return np.ascontiguousarray(data).view(FRAME).reshape(-1)
