"""SQL of imports: a handful of statements, however many rows the file has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from wardops.core.database import ReadSession, WriteSession
from wardops.inventory.files.places import Places

# Cadence of a profile that a file names first; whoever runs it sets it to what it should be.
NEW_PROFILE_CADENCE_MS = 5000


def places(session: ReadSession) -> Places:
    """Everything a row can belong to, by name."""
    rows = session.tuples(
        """
        SELECT 'site', id, 0, name FROM sites UNION ALL
        SELECT 'region', id, 0, name FROM regions UNION ALL
        SELECT 'profile', id, 0, name FROM profiles UNION ALL
        SELECT 'branch', id, region_id, name FROM branches
        """
    )
    of = {
        kind: {row[3]: row[1] for row in rows if row[0] == kind}
        for kind in ("site", "region", "profile")
    }
    branches = {(row[2], row[3]): row[1] for row in rows if row[0] == "branch"}
    return Places(of["site"], of["region"], of["profile"], branches)


def concerned(session: ReadSession, ids: Iterable[int], addresses: Iterable[str]) -> list[int]:
    """Ids of devices that have one of these ids or addresses, at any site."""
    rows = session.tuples(
        "SELECT id FROM devices WHERE id = ANY(%s) OR ip = ANY(%s::text[]::inet[])",
        (list(ids), list(addresses)),
    )
    return [row[0] for row in rows]


def possible_parents(
    session: ReadSession, addresses: Iterable[str], names: Iterable[str]
) -> list[tuple[int, int, str, str]]:
    """Id, site, address and name of devices that rows name as parents."""
    rows = session.tuples(
        """
        SELECT id, site_id, host(ip), name FROM devices
        WHERE ip = ANY(%s::text[]::inet[]) OR name = ANY(%s)
        """,
        (list(addresses), list(names)),
    )
    return [(number, site, ip, name) for number, site, ip, name in rows]


def parents(session: ReadSession) -> dict[int, tuple[int, int]]:
    """Parent and site of each device that has a parent."""
    rows = session.tuples("SELECT id, parent_id, site_id FROM devices WHERE parent_id IS NOT NULL")
    return {number: (parent, site) for number, parent, site in rows}


def add_regions(session: WriteSession, names: Sequence[str]) -> dict[str, int]:
    """Make regions; their ids by name."""
    return dict(
        session.tuples(
            "INSERT INTO regions (name) SELECT unnest(%s::text[]) RETURNING name, id",
            (list(names),),
        )
    )


def add_profiles(session: WriteSession, names: Sequence[str]) -> dict[str, int]:
    """Make profiles; their ids by name."""
    return dict(
        session.tuples(
            """
            INSERT INTO profiles (name, ping_cadence_ms)
            SELECT unnest(%s::text[]), %s RETURNING name, id
            """,
            (list(names), NEW_PROFILE_CADENCE_MS),
        )
    )


def add_branches(
    session: WriteSession, branches: Sequence[tuple[int, str]]
) -> Mapping[tuple[int, str], int]:
    """Make branches, each a region and a name; their ids by those."""
    rows = session.tuples(
        """
        INSERT INTO branches (region_id, name) SELECT * FROM unnest(%s::bigint[], %s::text[])
        RETURNING region_id, name, id
        """,
        ([region for region, _ in branches], [name for _, name in branches]),
    )
    return {(region, name): number for region, name, number in rows}


def parent_addresses(session: ReadSession) -> dict[int, str]:
    """Addresses of all devices that others are reached through, by id. Uses devices_parent."""
    rows = session.tuples(
        """
        SELECT id, host(ip) FROM devices WHERE id IN (SELECT parent_id FROM devices)
        """
    )
    return dict(rows)
