"""Addresses made ready to send: a lane per family and source, built once, kept between sweeps."""

from __future__ import annotations

import errno
import socket
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from wardops.flow import Ints
from wardops.probing.icmp.packets import Frames, echo_requests
from wardops.probing.icmp.syscalls import HEADER, IOVEC, address_of, pointers_to_rows

# struct sockaddr_in and sockaddr_in6; the address as words in network order
SOCKADDR = {
    4: np.dtype([("family", "u2"), ("port", "u2"), ("address", "u4", (1,)), ("zero", "u1", (8,))]),
    6: np.dtype(
        [("family", "u2"), ("port", "u2"), ("flow", "u4"), ("address", "u4", (4,)), ("scope", "u4")]
    ),
}
_DOMAIN = {4: socket.AF_INET, 6: socket.AF_INET6}

UNUSABLE = errno.EINVAL
"""Code given to rows that could not be prepared."""


@dataclass(frozen=True)
class Lane:
    """Targets of one family and source; arrays are parallel and point into each other."""

    family: int
    source: str
    """Address to send from, empty for the kernel's choice."""
    rows: Ints
    """Place of each target in the caller's arrays."""
    sockaddrs: npt.NDArray[Any]
    frames: Frames
    iovecs: npt.NDArray[Any]
    headers: npt.NDArray[Any]

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def start(self) -> int:
        """Address of the first message header."""
        return address_of(self.headers)

    @cached_property
    def positions(self) -> dict[bytes, list[int]]:
        """Where each address stands; more than once if the caller named it twice."""
        found: dict[bytes, list[int]] = {}
        for position, address in enumerate(self.sockaddrs["address"]):
            found.setdefault(address.tobytes(), []).append(position)
        return found


@dataclass(frozen=True, slots=True)
class Prepared:
    """All lanes of one sequence of addresses."""

    count: int
    lanes: tuple[Lane, ...]
    unusable: Ints
    """Rows whose address, or source, is no address or of another family than its partner."""


@dataclass(frozen=True, slots=True)
class _Address:
    family: int
    packed: bytes
    scope: int


def prepare(addresses: Sequence[str], sources: Sequence[str] | None, payload: int) -> Prepared:
    """Build the packets for `addresses`; an empty source leaves the choice to the kernel.

    Raises ValueError if `sources` is not as long as `addresses`.
    """
    members: defaultdict[tuple[int, str], list[tuple[int, _Address]]] = defaultdict(list)
    unusable: list[int] = []
    chosen = [""] * len(addresses) if sources is None else sources
    for row, (address, source) in enumerate(zip(addresses, chosen, strict=True)):
        target, origin = _parse(address), _parse(source)
        if target and (not source or (origin and origin.family == target.family)):
            members[target.family, source].append((row, target))
        else:
            unusable.append(row)
    lanes = tuple(
        _lane(family, source, targets, payload) for (family, source), targets in members.items()
    )
    return Prepared(len(addresses), lanes, np.array(unusable, np.int64))


def _parse(text: str) -> _Address | None:
    family = 6 if ":" in text else 4
    bare, _, zone = text.partition("%")
    try:
        scope = (int(zone) if zone.isdigit() else socket.if_nametoindex(zone)) if zone else 0
        return _Address(family, socket.inet_pton(_DOMAIN[family], bare), scope)
    except (OSError, ValueError):
        return None


def _lane(family: int, source: str, targets: list[tuple[int, _Address]], payload: int) -> Lane:
    count = len(targets)
    sockaddrs = np.zeros(count, SOCKADDR[family])
    sockaddrs["family"] = _DOMAIN[family]
    packed = b"".join(target.packed for _, target in targets)
    sockaddrs["address"] = np.frombuffer(packed, np.uint32).reshape(count, -1)
    if family == 6:
        sockaddrs["scope"] = [target.scope for _, target in targets]
    frames = echo_requests(family, count, payload)
    iovecs = np.zeros(count, IOVEC)
    iovecs["base"] = pointers_to_rows(frames)
    iovecs["length"] = frames.itemsize
    headers = np.zeros(count, HEADER)
    headers["name"] = pointers_to_rows(sockaddrs)
    headers["name_length"] = sockaddrs.itemsize
    headers["iovec"] = pointers_to_rows(iovecs)
    headers["iovec_count"] = 1
    rows = np.array([row for row, _ in targets], np.int64)
    return Lane(family, source, rows, sockaddrs, frames, iovecs, headers)
