"""SQL of the self-watch."""

from __future__ import annotations

from dataclasses import dataclass

from wardops.core.database import WriteSession


@dataclass(frozen=True, slots=True)
class Facts:
    """How many targets, or jobs, are in a state that is our own fault."""

    no_permission: int
    no_route: int
    stale: int
    dead_letters: int


def read_facts(session: WriteSession) -> Facts:
    """Count them; one watcher at a time, so that two never open the same incident."""
    session.execute("SELECT pg_advisory_xact_lock(hashtextextended('ward-self-watch', 1))")
    facts = session.row(
        Facts,
        """
        SELECT count(*) FILTER (WHERE s.reason = 'no_permission') AS no_permission,
            count(*) FILTER (WHERE s.reason = 'no_route') AS no_route,
            count(*) FILTER (WHERE s.stale_after < now()) AS stale,
            (SELECT count(*) FROM dead_letters WHERE handled_at IS NULL) AS dead_letters
        FROM target_status s
        LEFT JOIN devices d ON d.id = s.target_id
        LEFT JOIN links l ON l.id = s.target_id
        WHERE coalesce(d.enabled, l.enabled)
            AND (s.stale_after < now() OR s.reason IN ('no_permission', 'no_route'))
        """,
    )
    assert facts is not None  # noqa: S101  an aggregate always has a row
    return facts
