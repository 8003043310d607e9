"""Echo requests as one numpy array, one row per packet (RFC 792, RFC 4443 section 4).

The payload carries what proves an answer ours: the sweep's token, the target's position and
the number of the packet. Identifier and sequence number alone are 32 guessable bits that
NAT boxes rewrite.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Frames: TypeAlias = npt.NDArray[Any]

ECHO_REQUEST = {4: 8, 6: 128}
ECHO_REPLY = {4: 0, 6: 129}
UNDELIVERABLE = {4: (3, 11), 6: (1, 3)}
"""ICMP types that end a packet's way: destination unreachable and time exceeded."""

_FIELDS = [
    ("type", "u1"), ("code", "u1"), ("checksum", ">u2"), ("identifier", ">u2"), ("sequence", ">u2"),
    ("token", ">u4"), ("position", ">u4"), ("number", ">u4"),
]  # fmt: skip
FRAME = np.dtype(_FIELDS)
QUOTED_MINIMUM = 8
"""Bytes of the undelivered packet that every ICMP error carries (RFC 792)."""
SMALLEST_PAYLOAD = FRAME.itemsize - 8
LARGEST_PAYLOAD = 1232
"""What fits the smallest IPv6 packet size that every way carries, 1280 (RFC 8200)."""


def echo_requests(family: int, count: int, payload: int) -> Frames:
    """`count` requests with `payload` bytes each, position filled in; see `stamp`."""
    padding = [("padding", "u1", (payload - SMALLEST_PAYLOAD,))]
    frames = np.zeros(count, np.dtype([*_FIELDS, *padding]))
    frames["type"] = ECHO_REQUEST[family]
    frames["position"] = np.arange(count)
    return frames


def stamp(frames: Frames, *, token: int, identifier: int, number: int, sequence: int) -> None:
    """Make `frames` the packets `number` of the sweep `token`; rows count up from `sequence`.

    The checksum is ours to do only on a raw IPv4 socket; elsewhere the kernel writes over it.
    """
    frames["identifier"] = identifier
    frames["sequence"] = sequence_of(np.arange(len(frames)), sequence)
    frames["token"] = token
    frames["number"] = number
    frames["checksum"] = 0
    frames["checksum"] = checksum(frames)


def sequence_of(position: npt.NDArray[np.int64], start: int) -> npt.NDArray[np.int64]:
    """Sequence number of the packet at each position."""
    return (position + start) & 0xFFFF


def checksum(frames: Frames) -> npt.NDArray[np.uint16]:
    """Internet checksum of each row (RFC 1071), shape (n,)."""
    words: npt.NDArray[np.uint16] = frames.view(">u2").reshape(len(frames), -1)
    total: npt.NDArray[np.uint32] = words.sum(axis=1, dtype=np.uint32)
    total = (total & 0xFFFF) + (total >> 16)
    total = (total & 0xFFFF) + (total >> 16)
    return (~total & 0xFFFF).astype(np.uint16)
