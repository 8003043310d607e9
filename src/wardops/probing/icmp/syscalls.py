"""sendmmsg(2) and recvmmsg(2) over numpy arrays: many packets for one switch to the kernel.

Python's socket module has neither. ctypes lets go of the interpreter lock during the call.
Layout is that of 64-bit Linux (struct mmsghdr, sys/socket.h).
"""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
import numpy.typing as npt

HEADER = np.dtype(
    {
        "names": [
            "name", "name_length", "iovec", "iovec_count",
            "control", "control_length", "flags", "length",
        ],
        "formats": ["u8", "u4", "u8", "u8", "u8", "u8", "i4", "u4"],
        "offsets": [0, 8, 16, 24, 32, 40, 48, 56],
        "itemsize": 64,
    }
)  # fmt: skip
IOVEC = np.dtype([("base", "u8"), ("length", "u8")])

_libc = ctypes.CDLL(None, use_errno=True)
_sendmmsg = _libc.sendmmsg
_sendmmsg.argtypes = (ctypes.c_int, ctypes.c_void_p, ctypes.c_uint, ctypes.c_int)
_recvmmsg = _libc.recvmmsg
_recvmmsg.argtypes = (
    ctypes.c_int, ctypes.c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_void_p,
)  # fmt: skip
_DONT_WAIT = 0x40


def address_of(array: npt.NDArray[Any]) -> int:
    """Where the array's memory begins; the caller keeps the array alive."""
    return int(array.__array_interface__["data"][0])


def pointers_to_rows(array: npt.NDArray[Any]) -> npt.NDArray[np.uint64]:
    """The address of each row of a C-contiguous array, shape (len(array),)."""
    rows = np.arange(len(array), dtype=np.uint64)
    return rows * np.uint64(array.strides[0]) + np.uint64(address_of(array))


def send_many(descriptor: int, headers: int, count: int) -> tuple[int, int]:
    """Send up to `count` messages described at address `headers`: (messages sent, 0 or errno)."""
    sent = _sendmmsg(descriptor, headers, count, _DONT_WAIT)
    return (sent, 0) if sent >= 0 else (0, ctypes.get_errno())


def receive_many(descriptor: int, headers: int, count: int) -> tuple[int, int]:
    """Receive up to `count` waiting messages: (messages received, 0 or errno)."""
    received = _recvmmsg(descriptor, headers, count, _DONT_WAIT, None)
    return (received, 0) if received >= 0 else (0, ctypes.get_errno())
