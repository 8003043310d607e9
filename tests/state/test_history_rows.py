"""History: what is summed up is what was sent, once; the wait on disk loses and doubles nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np
import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from observations import Setting, a_minute_ago_ms
from wardops import state
from wardops.core.clock import now
from wardops.core.database import Database
from wardops.flow import Cause, CauseKind, Outcome
from wardops.state import HistoryRows, HistoryWindow, Round, Spool, SpoolFull

SEEN = st.sampled_from([Outcome.ANSWERED, Outcome.LOST, Outcome.INVALID, Outcome.UNREACHABLE])


def sum_up(setting: Setting, rounds: list[list[Outcome]]) -> list[HistoryRows]:
    window, rows = None, []
    for slot, outcomes in enumerate(rounds, start=1):
        done = setting.seen(slot, outcomes)
        window = window if window and window.fits(done) else HistoryWindow.begin(done)
        window = HistoryWindow.unpack(window.pack())  # as it travels through Redis
        changed = {setting.ids[0]} if slot % 3 == 0 else set()
        taken, window = window.add(done, done.readings.outcome != Outcome.INVALID).take_due(
            changed, interval_s=30
        )
        rows.append(taken)
    if window is not None:
        rows.append(window.take(np.ones(len(setting.ids), dtype=np.bool_))[0])
    return rows


@given(st.lists(st.lists(SEEN, min_size=3, max_size=3), min_size=1, max_size=40))
def test_rows_add_up_to_the_packets_that_were_sent(rounds: list[list[Outcome]]) -> None:
    setting = Setting([4, 5, 9])
    rows = sum_up(setting, rounds)
    for number, target in enumerate(setting.ids):
        valid = [r[number] for r in rounds if r[number] is not Outcome.INVALID]
        silent = [outcome for outcome in valid if outcome is not Outcome.ANSWERED]
        picked = [(r.sent[r.ids == target].sum(), r.lost[r.ids == target].sum()) for r in rows]
        sent, lost = np.sum(picked, axis=0)
        assert (sent, lost) == (len(valid) + 3 * len(silent), 4 * len(silent))


@given(st.lists(st.lists(SEEN, min_size=2, max_size=2), min_size=1, max_size=20))
def test_no_moment_of_a_target_has_two_rows(rounds: list[list[Outcome]]) -> None:
    rows = sum_up(Setting([4, 5]), rounds)[:-1]
    keys = [pair for r in rows for pair in zip(r.at.tolist(), r.ids.tolist(), strict=True)]
    assert len(keys) == len(set(keys))


def test_loss_is_told_of_this_interval_and_the_one_before() -> None:
    setting = Setting([4])
    window = HistoryWindow.begin(setting.seen(1, Outcome.LOST))
    window = window.add(setting.seen(1, Outcome.LOST), np.array([True]))
    _, window = window.take(np.array([True]))
    window = window.add(setting.seen(2, Outcome.ANSWERED), np.array([True]))
    assert window.loss_ratio().tolist() == [4 / 5]
    assert np.isnan(HistoryWindow.begin(setting.seen(1, Outcome.LOST)).loss_ratio()[0])


def rows_of(setting: Setting) -> HistoryRows:
    return sum_up(setting, [[Outcome.ANSWERED] * len(setting.ids)])[-1]


def test_a_replay_adds_no_second_row(db: Database) -> None:
    rows = rows_of(Setting([4, 5]))
    for _ in range(2):
        with db.transaction() as session:
            state.save_history(session, HistoryRows.unpack(rows.pack()))
    with db.reading() as session:
        assert session.value("SELECT count(*) FROM ping_results") == 2
        start = now() - timedelta(hours=1)
        points = state.history_of(session, 4, start=start, end=now(), step_s=3600)
    assert [(p.sent, p.lost) for p in points] == [(1, 0)]
    assert points[0].rtt_avg_ms == pytest.approx(1)


def test_a_day_without_partition_is_refused(db: Database) -> None:
    rows = rows_of(Setting([4]))
    rows.at[:] = 86_400.0
    with pytest.raises(psycopg.errors.CheckViolation), db.transaction() as session:
        state.save_history(session, rows)


@given(st.lists(st.sampled_from(Outcome), min_size=1, max_size=20), st.booleans())
def test_a_round_comes_back_from_its_bytes(seen: list[Outcome], link: bool) -> None:
    causes = {1: Cause(CauseKind.BRANCH, 3)} if link else {}
    done = Setting(range(1, len(seen) + 1), branch=2, causes=causes).seen(3, seen)
    back = Round.unpack(done.pack())
    assert (back.key, back.slot_ms, back.version) == (done.key, done.slot_ms, done.version)
    assert (back.started_at, back.causes) == (done.started_at, done.causes)
    for name in ("ids", "branches", "links"):
        np.testing.assert_array_equal(getattr(back, name), getattr(done, name))
    for name in ("outcome", "sent", "lost", "rtt_avg"):
        np.testing.assert_array_equal(getattr(back.readings, name), getattr(done.readings, name))


PACKED = Setting([1, 2]).seen(1, Outcome.LOST).pack()
BROKEN = [b"", b"rubbish", PACKED[: len(PACKED) // 2], PACKED[:-30], PACKED[40:]]


@pytest.mark.parametrize("blob", BROKEN, ids=["empty", "rubbish", "half", "no end", "no start"])
def test_bytes_that_are_no_round_are_a_value_error(blob: bytes) -> None:
    for kind in (Round, HistoryRows):
        with pytest.raises(ValueError):  # noqa: PT011  the reason is NumPy's
            kind.unpack(blob)


def drained(spool: Spool) -> list[bytes]:
    return [blob for _, blob in spool.drain()]


def test_the_spool_gives_back_in_order_of_time_what_it_took_in_any(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "new" / "spool")
    assert drained(spool) == []
    recent = a_minute_ago_ms()
    for order in (30, 9, 100, recent):
        spool.put(order, str(order).encode())
    assert drained(spool) == [b"9", b"30", b"100", str(recent).encode()]


def test_two_shards_of_one_moment_are_both_kept(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.put(5, b"one")
    spool.put(5, b"two")
    assert drained(spool) == [b"one", b"two"]


def test_what_a_kill_left_half_written_is_not_given_back(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.put(1, b"whole")
    (tmp_path / ".0000000000000000-1-1").write_bytes(b"ha")
    assert drained(spool) == [b"whole"]


def test_a_full_spool_drops_the_oldest(tmp_path: Path) -> None:
    spool = Spool(tmp_path, max_bytes=25)
    for order in range(4):
        spool.put(order, bytes([order]) * 10)
    assert drained(spool) == [b"\2" * 10, b"\3" * 10]


def test_done_forgets_and_set_aside_keeps_out_of_the_way(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    for order in range(3):
        spool.put(order, bytes([order]))
    first, second, _ = spool.waiting()
    spool.done(first)
    spool.done(first)
    spool.set_aside(second)
    assert drained(spool) == [b"\2"]
    assert second.with_suffix(".broken").read_bytes() == b"\1"


def test_a_disk_that_takes_nothing_is_told_with_the_way_out() -> None:
    with pytest.raises(SpoolFull, match="Free disk space"):
        Spool(Path("/proc/self/fdinfo")).put(1, b"x")
