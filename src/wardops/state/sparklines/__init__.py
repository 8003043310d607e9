"""The day of many targets as small curves: even steps of time, None where nobody pinged.

In: ids and a moment. Out: for each id as many values as there are steps. The steps begin at whole
half hours, so the same step has the same value whenever it is asked for, the last one aside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from wardops.core.database import ReadSession
from wardops.state.sparklines import store

STEP_S = 1800
STEPS = 48


@dataclass(frozen=True, slots=True)
class Sparkline:
    """One target: parallel lists with a value for each step."""

    id: int
    rtt_ms: list[float | None] = field(default_factory=lambda: [None] * STEPS)
    loss_ratio: list[float | None] = field(default_factory=lambda: [None] * STEPS)


@dataclass(frozen=True, slots=True)
class Sparklines:
    """The curves from `start` on; the last step is still going on."""

    start: datetime
    end: datetime
    step_s: int
    items: list[Sparkline]


def sparklines_of(session: ReadSession, ids: Sequence[int], *, now: datetime) -> Sparklines:
    """Round trips and loss of these targets over a day, in the order of `ids`, in one statement."""
    end = datetime.fromtimestamp((int(now.timestamp()) // STEP_S + 1) * STEP_S, UTC)
    start = end - timedelta(seconds=STEPS * STEP_S)
    lines = {number: Sparkline(number) for number in ids}
    for step in store.steps_of(session, list(lines), start=start, end=end, step_s=STEP_S):
        line = lines[step.target_id]
        line.rtt_ms[step.number] = None if step.rtt_ms is None else round(step.rtt_ms, 2)
        line.loss_ratio[step.number] = round(step.loss_ratio, 4)
    return Sparklines(start, end, STEP_S, list(lines.values()))
