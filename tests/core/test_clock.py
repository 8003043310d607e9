"""The one clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from wardops.core.clock import clock_showing, now


@pytest.mark.finding(2)
def test_now_is_aware_and_utc() -> None:
    assert now().utcoffset() == timedelta(0)


@pytest.mark.finding(2)
def test_the_clock_can_be_set_and_comes_back_even_after_an_error() -> None:
    moment = datetime(2001, 2, 3, tzinfo=UTC)

    def fail() -> None:
        with clock_showing(lambda: moment):
            assert now() == moment
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert now().year > 2020
