"""SQL that asks a server what it is."""

from __future__ import annotations

from wardops.core.database import ReadSession


def version_number(session: ReadSession) -> int:
    """PostgreSQL's version as 150004 for 15.4."""
    return int(session.value("SELECT current_setting('server_version_num')"))
