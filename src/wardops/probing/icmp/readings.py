"""From round trips to readings, and how two readings of the same targets become one.

`sent` counts only packets whose fate is known, so nothing-learnt rows read 0 of 0.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from wardops.flow import Bytes, Floats, Ints, Outcome, Readings

Flags: TypeAlias = npt.NDArray[np.bool_]

_NOT_ALLOWED = (errno.EPERM, errno.EACCES)
_NO_WAY = (
    errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN, errno.ENODEV,
    errno.ENONET, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.EINVAL,
)  # fmt: skip
"""EINVAL is what a blackhole route and a source address we lost give."""
_NOTHING_LEARNT = (Outcome.NO_ROUTE, Outcome.NO_PERMISSION, Outcome.INVALID)


@dataclass(frozen=True, slots=True)
class Observed:
    """What happened to `packets` packets of each of n targets."""

    round_trips: Floats
    """Seconds, NaN for no answer, shape (packets, n)."""
    sent: Flags
    """Which packets left, shape (packets, n)."""
    refused: Ints
    """ICMP type * 256 + code of a refusal, 0 for none, shape (n,)."""
    failed: Ints
    """errno of a packet that could not be sent, 0 for none, shape (n,)."""
    spoilt: bool
    """The receive buffer overflowed: silence proves nothing."""


def readings_of(observed: Observed) -> Readings:
    """Judge each target by its own packets."""
    round_trips = observed.round_trips
    answers = np.count_nonzero(~np.isnan(round_trips), axis=0)
    sent = np.count_nonzero(observed.sent, axis=0)
    outcome = np.full(len(answers), Outcome.LOST, np.int8)
    if observed.spoilt:
        outcome[:] = Outcome.INVALID
    unsent = sent == 0
    outcome[unsent] = _outcome_of_errno(observed.failed[unsent])
    outcome[observed.refused > 0] = Outcome.UNREACHABLE
    outcome[answers > 0] = Outcome.ANSWERED
    code = np.select(
        [outcome == Outcome.UNREACHABLE, unsent], [observed.refused, observed.failed], 0
    )
    known = np.where(np.isin(outcome, _NOTHING_LEARNT), 0, answers if observed.spoilt else sent)
    known = np.where(outcome == Outcome.UNREACHABLE, sent, known)
    return Readings(
        outcome=outcome,
        code=code,
        sent=known,
        lost=known - answers,
        rtt_min=np.fmin.reduce(round_trips, axis=0),
        rtt_avg=_mean(np.nansum(round_trips, axis=0), answers),
        rtt_max=np.fmax.reduce(round_trips, axis=0),
        jitter=_jitter(round_trips, answers),
    )


def unsent(count: int, failure: int) -> Readings:
    """`count` targets that no packet was sent to, as errno `failure` forbade it."""
    nothing = np.full((1, count), np.nan)
    failed = np.full(count, failure, np.int64)
    return readings_of(
        Observed(nothing, nothing > 0, np.zeros(count, np.int64), failed, spoilt=False)
    )


def put(whole: Readings, rows: Ints, part: Readings) -> None:
    """Write `part` over the `rows` of `whole`, whose arrays must not be shared yet."""
    for field in Readings.__slots__:
        getattr(whole, field)[rows] = getattr(part, field)


def merge(first: Readings, burst: Readings, rows: Ints) -> Readings:
    """Fold a confirm burst of the targets at `rows` of `first` into it; the rest stays.

    An answer anywhere is an answer. A burst from which nothing was learnt confirms nothing, so
    its outcome stands; a first round from which nothing was learnt gives way to the burst.
    Else a router's word stands over mere silence. Jitter is the mean over the differences
    within each round: the pause between the rounds is not jitter.
    """
    merged = Readings(*(getattr(first, field).copy() for field in Readings.__slots__))
    old = Readings(*(getattr(first, field)[rows] for field in Readings.__slots__))
    put(merged, rows, _fold(old, burst))
    return merged


def _fold(old: Readings, new: Readings) -> Readings:
    old_answers, new_answers = old.sent - old.lost, new.sent - new.lost
    outcome, code = _verdict(old, new)
    answered = outcome == Outcome.ANSWERED
    known = answered | (outcome == Outcome.LOST) | (outcome == Outcome.UNREACHABLE)
    total = _zero(old.rtt_avg) * old_answers + _zero(new.rtt_avg) * new_answers
    gaps = np.maximum(old_answers - 1, 0), np.maximum(new_answers - 1, 0)
    wobble = _zero(old.jitter) * gaps[0] + _zero(new.jitter) * gaps[1]
    jitter = wobble / np.maximum(gaps[0] + gaps[1], 1)
    return Readings(
        outcome=outcome,
        code=code,
        sent=np.where(known, old.sent + new.sent, 0),
        lost=np.where(known, old.lost + new.lost, 0),
        rtt_min=np.fmin(old.rtt_min, new.rtt_min),
        rtt_avg=_mean(total, old_answers + new_answers),
        rtt_max=np.fmax(old.rtt_max, new.rtt_max),
        jitter=np.where(answered, jitter, np.nan),
    )


def _verdict(old: Readings, new: Readings) -> tuple[Bytes, Ints]:
    answered = (old.outcome == Outcome.ANSWERED) | (new.outcome == Outcome.ANSWERED)
    kept = (old.outcome == Outcome.UNREACHABLE) & (new.outcome == Outcome.LOST) & ~answered
    outcome = np.where(kept, old.outcome, new.outcome)
    outcome = np.where(answered, np.int8(Outcome.ANSWERED), outcome)
    code = np.where(kept, old.code, new.code)
    return outcome.astype(np.int8), np.where(answered, 0, code)


def _outcome_of_errno(failed: Ints) -> Bytes:
    outcome = np.full(len(failed), Outcome.INVALID, np.int8)
    outcome[np.isin(failed, _NO_WAY)] = Outcome.NO_ROUTE
    outcome[np.isin(failed, _NOT_ALLOWED)] = Outcome.NO_PERMISSION
    return outcome


def _mean(total: Floats, count: Ints) -> Floats:
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _zero(values: Floats) -> Floats:
    return np.where(np.isnan(values), 0.0, values)


def _jitter(round_trips: Floats, answers: Ints) -> Floats:
    wobble = np.zeros(len(answers))
    previous = round_trips[0]
    for current in round_trips[1:]:
        wobble += _zero(np.abs(current - previous))
        previous = np.where(np.isnan(current), previous, current)
    return np.where(answers > 0, wobble / np.maximum(answers - 1, 1), np.nan)
