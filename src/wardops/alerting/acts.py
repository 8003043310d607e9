"""What people do with an incident: each act is in its timeline and on the stream."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from wardops.alerting import store
from wardops.alerting.store import TimelineEntry
from wardops.core.database import WriteSession
from wardops.core.errors import NotFound

Actor = tuple[int | None, str]
"""User id (None for a token without user) and the name shown."""


def acknowledge(
    session: WriteSession,
    incident_ids: Sequence[int],
    *,
    actor: Actor,
    text: str | None,
    now: datetime,
) -> list[int]:
    """Take incidents on; those already acknowledged or resolved stay as they are."""
    for incident_id in incident_ids:
        _existing(session, incident_id)
    taken = store.mark_acknowledged(session, incident_ids, user_id=actor[0], at=now)
    for incident_id in taken:
        store.note(session, incident_id, "acknowledged", at=now, actor=actor, text=text)
    store.announce(session, taken, change="acknowledged")
    return taken


def comment(
    session: WriteSession, incident_id: int, *, actor: Actor, text: str, now: datetime
) -> TimelineEntry:
    """Add a remark to the timeline."""
    _existing(session, incident_id)
    number = store.note(session, incident_id, "commented", at=now, actor=actor, text=text)
    store.announce(session, [incident_id], change="commented")
    return TimelineEntry(number, now, "commented", actor[1], text, {})


def _existing(session: WriteSession, incident_id: int) -> None:
    if store.get_incident(session, incident_id) is None:
        raise NotFound(f"There is no incident {incident_id}.")
