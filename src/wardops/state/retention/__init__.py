"""History partitions: days are made ahead and dropped when their time is over.

A drop waits at most half a second for its lock and is tried again by the next run, so a long
reader never makes writers queue behind it. Small tables are pruned by age in the same job.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import psycopg
import structlog

from wardops.core import stream
from wardops.core.database import Database
from wardops.core.settings import Settings
from wardops.state.retention import store

DAYS_AHEAD = 3

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Kept:
    """What one run did."""

    made: tuple[str, ...]
    dropped: tuple[str, ...]
    postponed: tuple[str, ...]
    """Partitions that somebody was reading; the next run tries again."""
    pruned_events: int


def keep_history(database: Database, settings: Settings, *, now: datetime) -> Kept:
    """Make the partitions of the next days, drop those past their time, prune the rest."""
    made = make_ahead(database, today=now.date())
    oldest = now.date() - timedelta(days=settings.history_days)
    dropped: list[str] = []
    postponed: list[str] = []
    with database.reading() as session:
        over = [name for name, day in store.partitions(session).items() if day < oldest]
    for name in over:
        try:
            with database.transaction() as session:
                store.drop_partition(session, name)
            dropped.append(name)
        except psycopg.errors.LockNotAvailable:
            postponed.append(name)
    with database.transaction() as session:
        pruned = store.prune_events(session, before=now - timedelta(days=settings.event_days))
        pruned += stream.prune(session, hours=settings.stream_hours)
    kept = Kept(tuple(made), tuple(dropped), tuple(postponed), pruned)
    log.info("history_kept", made=len(made), dropped=len(dropped), postponed=len(postponed))
    return kept


def make_ahead(database: Database, *, today: date) -> list[str]:
    """Make the partitions of yesterday to three days ahead; the names of new ones."""
    days = [today + timedelta(days=offset) for offset in range(-1, DAYS_AHEAD + 1)]
    with database.transaction() as session:
        return [name for day in days if (name := store.make_partition(session, day))]
