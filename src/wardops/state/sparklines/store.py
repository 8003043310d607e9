"""SQL of the small curves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from wardops.core.database import ReadSession


@dataclass(frozen=True, slots=True)
class Step:
    """Pings of one target in one step of time; milliseconds, None without an answer."""

    target_id: int
    number: int
    loss_ratio: float
    rtt_ms: float | None


def steps_of(
    session: ReadSession, ids: Sequence[int], *, start: datetime, end: datetime, step_s: int
) -> list[Step]:
    """The steps in which these targets were pinged, by target and time. Uses ping_results_once."""
    return session.rows(
        Step,
        """
        WITH steps AS (
            SELECT target_id, date_bin(make_interval(secs => %(step)s), at, %(start)s) AS t,
                sum(sent) AS sent, sum(lost) AS lost,
                sum(rtt_avg * (sent - lost)) / nullif(sum(sent - lost) FILTER (
                    WHERE rtt_avg IS NOT NULL), 0) * 1000 AS rtt_ms
            FROM ping_results
            WHERE target_id = ANY(%(ids)s) AND at >= %(start)s AND at < %(end)s
            GROUP BY 1, 2
        )
        SELECT target_id, (extract(epoch FROM t - %(start)s) / %(step)s)::int AS number,
            lost::float8 / sent AS loss_ratio, rtt_ms
        FROM steps WHERE sent > 0 ORDER BY 1, 2
        """,
        {"ids": list(ids), "start": start, "end": end, "step": step_s},
    )
