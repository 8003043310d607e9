"""Incidents of WARD itself: a part that is away is told like any other outage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from wardops.alerting import store
from wardops.core.database import WriteSession


@dataclass(frozen=True, slots=True)
class SystemFault:
    """Something of ours that does not work, and the way out."""

    name: str
    title: str
    remedy: str
    severity: str = "critical"

    @property
    def key(self) -> str:
        """Unique among open incidents."""
        return f"system:{self.name}"


def report_faults(
    session: WriteSession,
    faults: Sequence[SystemFault],
    *,
    sound: Sequence[str],
    now: datetime,
) -> None:
    """Open an incident for each fault, resolve those of the parts that are `sound`."""
    opened = []
    for fault in sorted(faults, key=lambda f: f.name):
        number = store.open_system(session, fault.key, fault.title, fault.severity, at=now)
        if number is not None:
            store.note(session, number, "opened", at=now, text=fault.remedy)
            opened.append(number)
    over = store.resolve_system(session, [f"system:{name}" for name in sound], at=now)
    for number in over:
        store.note(session, number, "resolved", at=now)
    store.announce(session, opened)
    store.announce(session, over)
