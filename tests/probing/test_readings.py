"""The arithmetic: packets to readings, two rounds to one."""

from __future__ import annotations

import errno
import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardops.flow import Outcome, Readings
from wardops.probing import merge
from wardops.probing.icmp.readings import Observed, readings_of

SAY_NOTHING = (Outcome.NO_ROUTE, Outcome.NO_PERMISSION, Outcome.INVALID)
AGAINST = (Outcome.LOST, Outcome.UNREACHABLE)
REFUSED = 3 * 256 + 1
packet = st.none() | st.floats(0.0001, 0.8)


def one_target(
    trips: list[float | None],
    *,
    refused: int = 0,
    failed: int = 0,
    spoilt: bool = False,
) -> Readings:
    column = np.array([[math.nan if t is None else t] for t in trips])
    sent = np.full(column.shape, not failed)
    return readings_of(Observed(column, sent, np.array([refused]), np.array([failed]), spoilt))


@st.composite
def readings(draw: st.DrawFn) -> Readings:
    trips = draw(st.lists(packet, min_size=1, max_size=4))
    failed = draw(st.sampled_from([0, 0, errno.EPERM, errno.ENETUNREACH, errno.ENOBUFS]))
    refused = draw(st.sampled_from([0, 0, REFUSED])) if not failed else 0
    silent: list[float | None] = [None] * len(trips)
    return one_target(
        silent if failed else trips, refused=refused, failed=failed, spoilt=draw(st.booleans())
    )


def folded(first: Readings, burst: Readings) -> Readings:
    return merge(first, burst, np.array([0]))


def test_minimum_mean_maximum_and_jitter_of_one_round() -> None:
    result = one_target([0.010, 0.030, None, 0.020])
    assert (result.sent[0], result.lost[0]) == (4, 1)
    assert result.rtt_min[0] == pytest.approx(0.010)
    assert result.rtt_avg[0] == pytest.approx(0.020)
    assert result.rtt_max[0] == pytest.approx(0.030)
    assert result.jitter[0] == pytest.approx(0.015)


@given(st.lists(packet, min_size=1, max_size=6))
def test_readings_agree_with_the_answers(trips: list[float | None]) -> None:
    result = one_target(trips)
    answers = [t for t in trips if t is not None]
    assert result.lost[0] == len(trips) - len(answers)
    if not answers:
        assert result.outcome[0] == Outcome.LOST
        assert math.isnan(result.rtt_avg[0])
        assert math.isnan(result.jitter[0])
        return
    assert result.outcome[0] == Outcome.ANSWERED
    assert result.rtt_min[0] == min(answers)
    assert result.rtt_max[0] == max(answers)
    gaps = [abs(b - a) for a, b in pairwise(answers)]
    assert result.jitter[0] == pytest.approx(sum(gaps) / len(gaps) if gaps else 0)


def test_a_spoilt_round_counts_only_what_is_known() -> None:
    half = one_target([0.01, None], spoilt=True)
    assert (half.outcome[0], half.sent[0], half.lost[0]) == (Outcome.ANSWERED, 1, 0)
    silent = one_target([None, None], spoilt=True)
    assert (silent.outcome[0], silent.sent[0], silent.lost[0]) == (Outcome.INVALID, 0, 0)


@given(readings(), readings())
def test_any_answer_is_an_answer(first: Readings, burst: Readings) -> None:
    answered = Outcome.ANSWERED in (first.outcome[0], burst.outcome[0])
    assert (folded(first, burst).outcome[0] == Outcome.ANSWERED) == answered


@given(readings(), readings())
def test_only_two_adverse_rounds_or_a_spoilt_first_speak_against_a_target(
    first: Readings, burst: Readings
) -> None:
    result = folded(first, burst)
    if result.outcome[0] in AGAINST:
        assert burst.outcome[0] in AGAINST
        assert first.outcome[0] != Outcome.ANSWERED
    refused = Outcome.UNREACHABLE in (first.outcome[0], burst.outcome[0])
    if first.outcome[0] in AGAINST and burst.outcome[0] in AGAINST:
        assert result.outcome[0] == (Outcome.UNREACHABLE if refused else Outcome.LOST)
        assert result.code[0] == (REFUSED if refused else 0)


@given(readings(), readings())
def test_a_round_from_which_nothing_was_learnt_gives_way(first: Readings, burst: Readings) -> None:
    if first.outcome[0] in SAY_NOTHING:
        result = folded(first, burst)
        for field in Readings.__slots__:
            np.testing.assert_allclose(getattr(result, field), getattr(burst, field))


@given(readings(), readings())
def test_packets_are_summed_and_round_trips_combined(first: Readings, burst: Readings) -> None:
    result = folded(first, burst)
    if result.outcome[0] in SAY_NOTHING:
        assert (result.sent[0], result.lost[0]) == (0, 0)
        return
    assert result.sent[0] == first.sent[0] + burst.sent[0]
    assert result.lost[0] == first.lost[0] + burst.lost[0]
    if result.outcome[0] == Outcome.ANSWERED:
        assert result.rtt_min[0] <= result.rtt_avg[0] * (1 + 1e-12)
        assert result.rtt_avg[0] <= result.rtt_max[0] * (1 + 1e-12)
        assert result.jitter[0] <= result.rtt_max[0]


def test_rows_outside_the_burst_stay_and_nothing_is_changed_in_place() -> None:
    first = Readings(
        *(
            np.concatenate([getattr(one_target([t]), field) for t in (0.01, None, 0.02)])
            for field in Readings.__slots__
        )
    )
    result = merge(first, one_target([None, 0.5]), np.array([1]))
    assert result.outcome.tolist() == [Outcome.ANSWERED] * 3
    assert result.sent.tolist() == [1, 3, 1]
    assert first.outcome[1] == Outcome.LOST
