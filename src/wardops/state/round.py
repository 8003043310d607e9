"""A round: what one run of a shard observed, complete enough to be judged now or later.

While PostgreSQL is away rounds wait on disk and are judged in order of time afterwards, by the
same code; so nothing here refers to the present.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson

from wardops.flow import Cause, CauseKind, Ints, Readings, ShardKey

Arrays = dict[str, npt.NDArray[Any]]

_ARRAYS = ("outcome", "code", "sent", "lost", "rtt_min", "rtt_avg", "rtt_max", "jitter")


def unpack_arrays(blob: bytes, names: Sequence[str]) -> Arrays:
    """The named arrays that `np.savez` wrote. Raises ValueError for anything else."""
    try:
        with np.load(io.BytesIO(blob), allow_pickle=False) as data:
            return {name: data[name] for name in names}
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, OSError, TypeError) as error:
        raise ValueError(f"not what was packed: {error}") from error


@dataclass(frozen=True, slots=True)
class Round:
    """Readings of one shard in one slot; arrays are parallel to `ids`, which rise."""

    key: ShardKey
    slot_ms: int
    version: int
    started_at: datetime
    duration_ms: int
    lag_ms: int
    """How much later than due the round began."""
    ids: Ints
    branches: Ints
    links: Ints
    """1 where the target is an uplink."""
    readings: Readings
    causes: dict[int, Cause]
    """What is to blame for each target that was silent through the confirm burst."""
    addresses: tuple[str, ...] = ()
    """Where the packets went; empty where nobody kept it."""

    def pack(self) -> bytes:
        """As bytes, for the spool."""
        header = {
            "key": [self.key.site, self.key.cadence_ms, self.key.index],
            "slot_ms": self.slot_ms,
            "version": self.version,
            "started_at": self.started_at.timestamp(),
            "duration_ms": self.duration_ms,
            "lag_ms": self.lag_ms,
            "causes": [[i, cause.kind, cause.id] for i, cause in self.causes.items()],
            "addresses": self.addresses,
        }
        buffer = io.BytesIO()
        np.savez(
            buffer,
            header=np.frombuffer(orjson.dumps(header), dtype=np.uint8),
            ids=self.ids,
            branches=self.branches,
            links=self.links,
            **{name: getattr(self.readings, name) for name in _ARRAYS},
        )
        return buffer.getvalue()

    @classmethod
    def unpack(cls, blob: bytes) -> Round:
        """The round that `pack` wrote. Raises ValueError for anything else."""
        arrays = unpack_arrays(blob, ("header", *_ARRAYS, "ids", "branches", "links"))
        header = orjson.loads(arrays["header"].tobytes())
        site, cadence_ms, index = header["key"]
        return cls(
            key=ShardKey(site, cadence_ms, index),
            slot_ms=header["slot_ms"],
            version=header["version"],
            started_at=datetime.fromtimestamp(header["started_at"], UTC),
            duration_ms=header["duration_ms"],
            lag_ms=header["lag_ms"],
            ids=arrays["ids"],
            branches=arrays["branches"],
            links=arrays["links"],
            readings=Readings(**{name: arrays[name] for name in _ARRAYS}),
            causes={i: Cause(CauseKind(kind), number) for i, kind, number in header["causes"]},
            addresses=tuple(header.get("addresses", ())),
        )
