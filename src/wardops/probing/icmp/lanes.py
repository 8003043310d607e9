"""Addresses made ready to send: one lane for each family, built once and kept between sweeps."""

from __future__ import annotations

import errno
import socket
import struct
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
_IPV6_PKTINFO = 50
_IP_PKTINFO = 8
_CONTROL_LENGTH = {4: 28, 6: 36}
_CONTROL_SPACE = {4: 32, 6: 40}


@dataclass(frozen=True)
class Lane:
    """The targets of one family; arrays are parallel, kernel structures point into each other."""

    family: int
    rows: Ints
    """Place of each target in the caller's arrays."""
    sockaddrs: npt.NDArray[Any]
    frames: Frames
    controls: npt.NDArray[np.uint8]
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
        """Where each address stands; more than once if it is probed from several sources."""
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
    """Build the packets for `addresses`; an empty source leaves the choice to the kernel."""
    targets = [_parse(address) for address in addresses]
    origins = [_parse(source) if source else None for source in sources or [""] * len(targets)]
    by_family: dict[int, list[int]] = {4: [], 6: []}
    unusable: list[int] = []
    for row, (target, origin) in enumerate(zip(targets, origins, strict=True)):
        named = bool(sources and sources[row])
        if target is None or (named and (origin is None or origin.family != target.family)):
            unusable.append(row)
        else:
            by_family[target.family].append(row)
    lanes = tuple(
        _lane(family, rows, [targets[r] for r in rows], [origins[r] for r in rows], payload)
        for family, rows in by_family.items()
        if rows
    )
    return Prepared(len(targets), lanes, np.array(unusable, np.int64))


def _parse(text: str) -> _Address | None:
    family = 6 if ":" in text else 4
    bare, _, zone = text.partition("%")
    try:
        scope = (int(zone) if zone.isdigit() else socket.if_nametoindex(zone)) if zone else 0
        return _Address(family, socket.inet_pton(_DOMAIN[family], bare), scope)
    except (OSError, ValueError):
        return None


def _lane(
    family: int,
    rows: list[int],
    targets: list[_Address | None],
    origins: list[_Address | None],
    payload: int,
) -> Lane:
    count = len(rows)
    sockaddrs = np.zeros(count, SOCKADDR[family])
    sockaddrs["family"] = _DOMAIN[family]
    packed = b"".join(target.packed for target in targets if target)
    sockaddrs["address"] = np.frombuffer(packed, np.uint32).reshape(count, -1)
    if family == 6:
        sockaddrs["scope"] = [target.scope for target in targets if target]
    frames = echo_requests(family, count, payload)
    iovecs = np.zeros(count, IOVEC)
    iovecs["base"] = pointers_to_rows(frames)
    iovecs["length"] = frames.itemsize
    controls = _source_controls(family, origins)
    headers = np.zeros(count, HEADER)
    headers["name"] = pointers_to_rows(sockaddrs)
    headers["name_length"] = sockaddrs.itemsize
    headers["iovec"] = pointers_to_rows(iovecs)
    headers["iovec_count"] = 1
    if len(controls):
        chosen = np.array([origin is not None for origin in origins])
        headers["control"] = np.where(chosen, pointers_to_rows(controls), 0)
        headers["control_length"] = np.where(chosen, _CONTROL_LENGTH[family], 0)
    return Lane(family, np.array(rows, np.int64), sockaddrs, frames, controls, iovecs, headers)


def _source_controls(family: int, origins: list[_Address | None]) -> npt.NDArray[np.uint8]:
    """One IP_PKTINFO / IPV6_PKTINFO control message per row: its source address (ip(7))."""
    if not any(origins):
        return np.zeros((0, _CONTROL_SPACE[family]), np.uint8)
    controls = np.zeros((len(origins), _CONTROL_SPACE[family]), np.uint8)
    for row, origin in enumerate(origins):
        if origin is not None:
            control = _source_control(origin)
            controls[row, : len(control)] = np.frombuffer(control, np.uint8)
    return controls


def _source_control(origin: _Address) -> bytes:
    length = _CONTROL_LENGTH[origin.family]
    if origin.family == 4:  # struct in_pktinfo: interface, source, (destination)
        head = struct.pack("=Qii", length, socket.IPPROTO_IP, _IP_PKTINFO)
        return head + struct.pack("=i", 0) + origin.packed + bytes(4)
    head = struct.pack("=Qii", length, socket.IPPROTO_IPV6, _IPV6_PKTINFO)
    return head + origin.packed + struct.pack("=i", origin.scope)


UNUSABLE = errno.EINVAL
"""Code given to rows that could not be prepared."""
