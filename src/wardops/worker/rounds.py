"""Stores rounds: states, events and incidents together, history apart, a spool for both."""

from __future__ import annotations

from collections.abc import Sequence

import psycopg
import structlog
from redis.exceptions import RedisError

from wardops import alerting, state
from wardops.core import stream
from wardops.core.clock import now
from wardops.core.database import TRANSIENT, WriteSession
from wardops.core.errors import Unavailable
from wardops.core.resilience import retried
from wardops.flow import ShardKey
from wardops.state import HistoryWindow, Judgement, Round
from wardops.worker.child import Child

log = structlog.get_logger()

TARGETS_PER_EVENT = 200

HISTORY_TROUBLE = (psycopg.Error, Unavailable)


def store_round(child: Child, done: Round) -> None:
    """Store what waited, then this round; if the database is away, let it wait too."""
    if child.breaker.is_open:
        child.round_spool.put(done.slot_ms, done.pack())
        return
    try:
        replay(child)
        _store(child, done)
    except TRANSIENT as error:
        child.breaker.failed()
        child.round_spool.put(done.slot_ms, done.pack())
        log.warning("round_spooled", shard=str(done.key), error=type(error).__name__)


def replay(child: Child) -> int:
    """Judge the rounds that waited for the database, oldest first; how many.

    One that can never be stored is set aside: it must not hold up what comes behind it.
    """
    spool, count = child.round_spool, 0
    for path, blob in spool.drain():
        try:
            _store(child, Round.unpack(blob))
        except TRANSIENT:
            raise
        except (ValueError, KeyError, psycopg.Error) as error:
            spool.set_aside(path, why=f"{type(error).__name__}: {error}")
            continue
        spool.done(path)
        count += 1
    if count:
        log.info("rounds_replayed", count=count)
    return count


@retried(*TRANSIENT, attempts=2)
def _store(child: Child, done: Round) -> None:
    window = _window(child, done)
    with child.database.transaction() as session:
        judged = _store_states(child, session, done, window)
    if judged is None:
        log.warning("round_fenced", shard=str(done.key), slot_ms=done.slot_ms)
        return
    if judged.changes:
        stream.wake(child.redis)
    _store_history(child, done, window.add(done, judged.checked), judged)


def _store_states(
    child: Child, session: WriteSession, done: Round, window: HistoryWindow
) -> Judgement | None:
    silent = int((done.readings.lost == done.readings.sent).sum())
    if not state.note_run(session, done, silent=silent):
        return None
    judged = state.judge(done, state.exceptions_of(session, done.ids))
    checked = judged.checked
    state.save_round(
        session,
        done,
        ids=done.ids[checked],
        rtt_s=done.readings.rtt_avg[checked],
        loss=window.add(done, checked).loss_ratio()[checked],
        stale_s=child.settings.stale_cadences * done.key.cadence_ms / 1000,
    )
    changes = state.record_changes(
        session, judged.changes, judged.reasons, slot_ms=done.slot_ms, limits=child.limits
    )
    alerting.apply_changes(session, changes, now=now())
    announce_states(session, [change.target_id for change in changes])
    return judged


def announce_states(session: WriteSession, ids: Sequence[int]) -> None:
    """Tell the event stream how the changed targets stand now."""
    for start in range(0, len(ids), TARGETS_PER_EVENT):
        targets = state.names_of(session, ids[start : start + TARGETS_PER_EVENT])
        stream.append(session, "status", {"targets": [target.as_json() for target in targets]})


def _window(child: Child, done: Round) -> HistoryWindow:
    try:
        blob = child.redis.get(_window_name(done.key))
        if isinstance(blob, bytes) and (window := HistoryWindow.unpack(blob)).fits(done):
            return window
    except (RedisError, ValueError) as error:
        log.warning("window_not_read", shard=str(done.key), error=type(error).__name__)
    return HistoryWindow.begin(done)


def _store_history(child: Child, done: Round, window: HistoryWindow, judged: Judgement) -> None:
    changed = {change.target_id for change in judged.changes}
    rows, window = window.take_due(changed, interval_s=child.settings.history_interval_s)
    if len(rows):
        _save_history(child, done, rows)
    try:
        child.redis.set(_window_name(done.key), window.pack(), ex=3600)
    except RedisError as error:
        log.warning("window_not_kept", shard=str(done.key), error=type(error).__name__)


def _save_history(child: Child, done: Round, rows: state.HistoryRows) -> None:
    """In transactions of its own: trouble here must not cost a state or an incident."""
    try:
        with child.database.transaction() as session:
            state.save_history(session, rows)
        _replay_history(child)
    except HISTORY_TROUBLE as error:
        child.history_spool.put(done.slot_ms, rows.pack())
        log.error("history_spooled", shard=str(done.key), error=str(error).splitlines()[0])


def _replay_history(child: Child) -> None:
    """Store what waited, up to the first that is still refused."""
    spool = child.history_spool
    for path, blob in spool.drain():
        try:
            rows = state.HistoryRows.unpack(blob)
        except ValueError as error:
            spool.set_aside(path, why=str(error))
            continue
        try:
            with child.database.transaction() as session:
                state.save_history(session, rows)
        except HISTORY_TROUBLE as error:
            log.warning("history_still_waits", path=path.name, error=type(error).__name__)
            return
        spool.done(path)


def _window_name(key: ShardKey) -> str:
    return f"ward:window:{key}"
