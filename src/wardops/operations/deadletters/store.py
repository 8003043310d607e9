"""SQL of the dead letters."""

from __future__ import annotations

from collections.abc import Mapping

import orjson

from wardops.core.database import WriteSession


def bury(
    session: WriteSession, *, task: str, arguments: Mapping[str, object], error: str, detail: str
) -> None:
    """Keep a failure; the same one again only raises its count, so a loop cannot fill the disk."""
    session.execute(
        """
        INSERT INTO dead_letters AS d (task, error, arguments, detail)
        VALUES (%s, %s, %s::jsonb, %s)
        ON CONFLICT (task, error) WHERE handled_at IS NULL DO UPDATE SET
            failures = d.failures + 1, last_at = now(),
            arguments = excluded.arguments, detail = excluded.detail
        """,
        (task, error, orjson.dumps(dict(arguments)).decode(), detail),
    )
