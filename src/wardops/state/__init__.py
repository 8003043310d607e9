"""Readings in, the one truth about up and down out.

In: a round of readings of one shard. Out: the current-state row of each target, a status event
and an interval for each change, rows of history. Called by the worker, inside its transaction;
history is written apart, so that trouble with it can never lose an outage.
"""

from __future__ import annotations

from wardops.state.history import HistoryRows, HistoryWindow
from wardops.state.machine import Exceptions, Judgement, judge
from wardops.state.retention import keep_history, make_ahead
from wardops.state.round import Round
from wardops.state.sparklines import sparklines_of
from wardops.state.spool import Spool, SpoolFull
from wardops.state.store import (
    FlapLimits,
    HistoryPoint,
    Interval,
    StatusEvent,
    TargetName,
    count_stale,
    down_targets,
    events_of,
    exceptions_of,
    history_of,
    intervals_of,
    names_of,
    newest_slot,
    note_run,
    record_changes,
    save_history,
    save_round,
    settle_flapping,
    shard_slots,
)

__all__ = [
    "Exceptions",
    "FlapLimits",
    "HistoryPoint",
    "HistoryRows",
    "HistoryWindow",
    "Interval",
    "Judgement",
    "Round",
    "Spool",
    "SpoolFull",
    "StatusEvent",
    "TargetName",
    "count_stale",
    "down_targets",
    "events_of",
    "exceptions_of",
    "history_of",
    "intervals_of",
    "judge",
    "keep_history",
    "make_ahead",
    "names_of",
    "newest_slot",
    "note_run",
    "record_changes",
    "save_history",
    "save_round",
    "settle_flapping",
    "shard_slots",
    "sparklines_of",
]
