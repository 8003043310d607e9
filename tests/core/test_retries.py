"""One retry policy: named errors only, full jitter, a cap."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs
from tenacity import RetryCallState, Retrying

from wardops.core.resilience import Breaker, retried


class Passing(Exception):
    """An error that another attempt may mend."""


@pytest.mark.finding(12)
def test_only_named_errors_are_tried_again() -> None:
    calls = []

    @retried(Passing, base_s=0)
    def broken() -> None:
        calls.append(1)
        raise KeyError("a fault of ours")

    with pytest.raises(KeyError):
        broken()
    assert len(calls) == 1


@pytest.mark.finding(12)
def test_a_named_error_is_tried_again_and_then_goes_to_the_caller() -> None:
    calls = []

    @retried(Passing, attempts=4, base_s=0)
    def away() -> None:
        calls.append(1)
        raise Passing("still away")

    with capture_logs() as logs, pytest.raises(Passing, match="still away"):
        away()
    assert len(calls) == 4
    assert [line["attempt"] for line in logs] == [1, 2, 3]


@pytest.mark.finding(12)
@given(st.integers(1, 40), st.floats(0.01, 1), st.floats(1, 30))
def test_waits_are_drawn_below_a_doubling_bound_with_a_cap(
    attempt: int, base: float, cap: float
) -> None:
    wait = retried(Passing, base_s=base, cap_s=cap)(lambda: None).retry.wait  # type: ignore[attr-defined]
    state = RetryCallState(Retrying(), None, (), {})
    state.attempt_number = attempt
    drawn = [wait(state) for _ in range(20)]
    assert min(drawn) >= 0
    assert max(drawn) <= min(cap, base * 2 ** (attempt - 1))


@pytest.mark.finding(12)
def test_waits_differ_between_workers() -> None:
    wait = retried(Passing)(lambda: None).retry.wait  # type: ignore[attr-defined]
    state = RetryCallState(Retrying(), None, (), {})
    state.attempt_number = 5
    drawn = [wait(state) for _ in range(200)]
    assert len(set(drawn)) > 190
    assert min(drawn) < 0.25 * 1.6 < 0.75 * 1.6 < max(drawn)  # over all of [0, 1.6)


def test_a_breaker_is_open_after_a_failure_and_closes_by_itself() -> None:
    patient, hasty = Breaker(pause_s=3600), Breaker(pause_s=0)
    assert not patient.is_open
    patient.failed()
    hasty.failed()
    assert patient.is_open
    assert not hasty.is_open
