"""The day of a target as a small curve: even steps, gaps as gaps, one statement by index."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from wardops import state
from wardops.core.clock import now
from wardops.core.database import Database

STEP = timedelta(minutes=30)


def pinged(db: Database, target: int, at: datetime, *, sent: int, lost: int, rtt_ms: float) -> None:
    with db.transaction() as session:
        session.execute(
            "INSERT INTO ping_results (at, target_id, sent, lost, rtt_avg) VALUES (%s,%s,%s,%s,%s)",
            (at, target, sent, lost, rtt_ms / 1000 if lost < sent else None),
        )


def begun() -> datetime:
    """When the last step began."""
    return datetime.fromtimestamp(now().timestamp() // 1800 * 1800, UTC)


def test_a_step_weighs_answers_counts_losses_and_has_no_round_trip_without_an_answer(
    db: Database,
) -> None:
    last = begun()
    pinged(db, 4, last - STEP, sent=6, lost=3, rtt_ms=10)
    pinged(db, 4, last - STEP + timedelta(minutes=29), sent=6, lost=0, rtt_ms=40)
    pinged(db, 4, last - 3 * STEP, sent=6, lost=6, rtt_ms=0)
    with db.reading() as session:
        found = state.sparklines_of(session, [4], now=last + timedelta(minutes=3))
        assert session.statements == 1
    (line,) = found.items
    assert found.end - found.start == timedelta(days=1)
    assert found.end == last + STEP
    assert line.rtt_ms[-4:] == [None, None, pytest.approx(30), None]
    assert line.loss_ratio[-4:] == [1, None, 0.25, None]
    assert (len(line.rtt_ms), len(line.loss_ratio)) == (48, 48)


def test_ids_keep_their_order_and_those_without_history_have_gaps(db: Database) -> None:
    pinged(db, 4, begun(), sent=1, lost=0, rtt_ms=1)
    pinged(db, 5, begun(), sent=1, lost=0, rtt_ms=2)
    with db.reading() as session:
        lines = state.sparklines_of(session, [9, 5, 4], now=now()).items
    assert [(line.id, line.rtt_ms[-1]) for line in lines] == [(9, None), (5, 2), (4, 1)]


def test_a_day_ago_and_older_is_left_out(db: Database) -> None:
    pinged(db, 4, begun() - 48 * STEP, sent=1, lost=0, rtt_ms=1)
    with db.reading() as session:
        (line,) = state.sparklines_of(session, [4], now=begun()).items
    assert set(line.rtt_ms) == {None}
