"""History: one row per target and interval, summed up in memory between rounds.

The running window of a shard travels in Redis from one worker child to the next. If it is lost,
the history of up to one interval is thinner; states and incidents do not depend on it.
"""

from __future__ import annotations

import io
from collections.abc import Set
from dataclasses import dataclass, fields, replace
from typing import Self

import numpy as np
import numpy.typing as npt

from wardops.flow import Floats, Ints
from wardops.state.round import Round, unpack_arrays

_FIELDS = np.dtype(
    [
        ("id", "i8"),
        ("sent", "i4"),
        ("lost", "i4"),
        ("rtt_min", "f4"),
        ("rtt_max", "f4"),
        ("rtt_sum", "f4"),
        ("jitter_sum", "f4"),
        ("rounds", "i4"),
        ("sent_before", "i4"),
        ("lost_before", "i4"),
    ]
)
_HEADER = np.dtype([("version", "i8"), ("start_ms", "i8"), ("slot_ms", "i8"), ("at", "f8")])
# Told apart from what another version of the product left in Redis.
_MARK = b"ward-window-2\0\0\0"


@dataclass(frozen=True, slots=True)
class HistoryRows:
    """Finished rows: parallel arrays, seconds since 1970 in `at`, seconds of round trip."""

    at: Floats
    ids: Ints
    sent: Ints
    lost: Ints
    rtt_min: Floats
    rtt_avg: Floats
    rtt_max: Floats
    jitter: Floats

    def __len__(self) -> int:
        return len(self.ids)

    def pack(self) -> bytes:
        """As bytes, for the spool."""
        buffer = io.BytesIO()
        np.savez(buffer, **{field.name: getattr(self, field.name) for field in fields(self)})
        return buffer.getvalue()

    @classmethod
    def unpack(cls, blob: bytes) -> Self:
        """The rows that `pack` wrote. Raises ValueError for anything else."""
        return cls(**unpack_arrays(blob, [field.name for field in fields(cls)]))


@dataclass(frozen=True, slots=True)
class HistoryWindow:
    """Sums of one shard since the slot `start_ms`."""

    version: int
    start_ms: int
    slot_ms: int
    at: float
    """When the newest round began, seconds since 1970: slots may run ahead of the time of day."""
    sums: npt.NDArray[np.void]

    @classmethod
    def begin(cls, done: Round) -> Self:
        """An empty window for the targets of a round."""
        sums = np.zeros(len(done.ids), dtype=_FIELDS)
        sums["id"] = done.ids
        sums["rtt_min"] = np.nan
        sums["rtt_max"] = np.nan
        return cls(done.version, done.slot_ms, 0, 0.0, sums)

    @classmethod
    def unpack(cls, blob: bytes) -> Self:
        """The window that `pack` wrote. Raises ValueError for anything else."""
        if not blob.startswith(_MARK):
            raise ValueError("not a window of this version")
        start = len(_MARK) + _HEADER.itemsize
        header = np.frombuffer(blob, dtype=_HEADER, count=1, offset=len(_MARK))[0]
        sums = np.frombuffer(blob, dtype=_FIELDS, offset=start).copy()
        version, start_ms, slot_ms, at = header.tolist()
        return cls(version, start_ms, slot_ms, at, sums)

    def pack(self) -> bytes:
        """As bytes, for Redis."""
        header = np.array([(self.version, self.start_ms, self.slot_ms, self.at)], dtype=_HEADER)
        return _MARK + header.tobytes() + self.sums.tobytes()

    def fits(self, done: Round) -> bool:
        """True when the round belongs in this window: same targets, a later slot.

        The targets themselves are compared: a restored database counts its versions again.
        """
        later = self.version == done.version and self.slot_ms < done.slot_ms
        return later and np.array_equal(self.sums["id"], done.ids)

    def add(self, done: Round, checked: npt.NDArray[np.bool_]) -> Self:
        """The window with the round added; rows not `checked` add nothing."""
        readings, sums = done.readings, self.sums.copy()
        sums["sent"] += np.where(checked, readings.sent, 0).astype("i4")
        sums["lost"] += np.where(checked, readings.lost, 0).astype("i4")
        answered = checked & (readings.lost < readings.sent)
        sums["rtt_min"] = np.fmin(sums["rtt_min"], readings.rtt_min)
        sums["rtt_max"] = np.fmax(sums["rtt_max"], readings.rtt_max)
        sums["rtt_sum"] += np.where(answered, readings.rtt_avg, 0)
        sums["jitter_sum"] += np.where(answered, readings.jitter, 0)
        sums["rounds"] += answered
        at = done.started_at.timestamp()
        return replace(self, slot_ms=done.slot_ms, at=at, sums=sums)

    def loss_ratio(self) -> Floats:
        """Share of packets lost in this interval and the one before, NaN where none was sent."""
        sent = (self.sums["sent"] + self.sums["sent_before"]).astype(float)
        lost = self.sums["lost"] + self.sums["lost_before"]
        ratio: Floats = np.full(len(sent), np.nan)
        np.divide(lost, sent, out=ratio, where=sent > 0)
        return ratio

    def take(self, wanted: npt.NDArray[np.bool_]) -> tuple[HistoryRows, Self]:
        """Finished rows of the targets `wanted`, and the window with those begun anew."""
        wanted = wanted & (self.sums["sent"] > 0)
        part = self.sums[wanted]
        rounds = np.maximum(part["rounds"], 1)
        none = part["rounds"] == 0
        rows = HistoryRows(
            at=np.full(len(part), self.at),
            ids=part["id"].astype(np.int64),
            sent=part["sent"].astype(np.int64),
            lost=part["lost"].astype(np.int64),
            rtt_min=part["rtt_min"].astype(float),
            rtt_avg=np.where(none, np.nan, part["rtt_sum"] / rounds).astype(float),
            rtt_max=part["rtt_max"].astype(float),
            jitter=np.where(none, np.nan, part["jitter_sum"] / rounds).astype(float),
        )
        rest = self.sums.copy()
        rest["sent_before"][wanted] = part["sent"]
        rest["lost_before"][wanted] = part["lost"]
        for name in ("sent", "lost", "rtt_sum", "jitter_sum", "rounds"):
            rest[name][wanted] = 0
        rest["rtt_min"][wanted] = np.nan
        rest["rtt_max"][wanted] = np.nan
        start = self.slot_ms if wanted.all() else self.start_ms
        return rows, replace(self, start_ms=start, sums=rest)

    def take_due(self, changed: Set[int], *, interval_s: int) -> tuple[HistoryRows, Self]:
        """Rows of all targets when the interval is over, else of those that just changed."""
        if self.is_over(interval_s):
            return self.take(np.ones(len(self.sums), dtype=np.bool_))
        return self.take(np.isin(self.sums["id"], list(changed)))

    def is_over(self, interval_s: int) -> bool:
        """True when the newest slot lies in another interval than the first."""
        interval_ms = interval_s * 1000
        return self.slot_ms // interval_ms != self.start_ms // interval_ms
