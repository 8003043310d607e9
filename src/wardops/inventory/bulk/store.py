"""SQL of bulk writes: what must be known of all rows, in one statement each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg import sql

from wardops.core.database import ReadSession
from wardops.inventory.devices.kinds import DeviceFilter, DeviceValues
from wardops.inventory.devices.reading.store import conditions_of
from wardops.inventory.devices.rows import Place
from wardops.inventory.devices.store import References


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What new devices refer to, as far as it is there."""

    sites: set[int]
    branches: set[int]
    profiles: set[int]
    parents: dict[int, int]
    """Site of each parent."""
    holders: dict[Place, tuple[int, str]]
    """Devices that have one of the addresses."""

    def references(self, values: DeviceValues) -> References:
        """What one new device refers to; nothing is reached through it yet."""
        return References(
            site=values.site_id in self.sites,
            branch=values.branch_id is None or values.branch_id in self.branches,
            profile=values.profile_id is None or values.profile_id in self.profiles,
            parent_site_id=self.parents.get(values.parent_id or 0),
            is_cycle=False,
            children_elsewhere=0,
            holder_id=None,
            holder_name=None,
        )


def surroundings(session: ReadSession, devices: Sequence[DeviceValues]) -> Surroundings:
    """Look up everything that new devices refer to. Uses the keys, and devices_address_key."""
    rows = session.tuples(
        """
        SELECT 'site', id, 0, '', '' FROM sites WHERE id = ANY(%(sites)s)
        UNION ALL SELECT 'branch', id, 0, '', '' FROM branches WHERE id = ANY(%(branches)s)
        UNION ALL SELECT 'profile', id, 0, '', '' FROM profiles WHERE id = ANY(%(profiles)s)
        UNION ALL SELECT 'parent', id, site_id, '', '' FROM devices WHERE id = ANY(%(parents)s)
        UNION ALL SELECT 'holder', id, site_id, host(ip), name FROM devices
            WHERE site_id = ANY(%(sites)s) AND ip = ANY(%(addresses)s::text[]::inet[])
        """,
        {
            "sites": list({each.site_id for each in devices}),
            "branches": list({each.branch_id for each in devices} - {None}),
            "profiles": list({each.profile_id for each in devices} - {None}),
            "parents": list({each.parent_id for each in devices} - {None}),
            "addresses": list({each.ip for each in devices} - {""}),
        },
    )
    of = {
        kind: {row[1]: row for row in rows if row[0] == kind}
        for kind in ("site", "branch", "profile", "parent", "holder")
    }
    return Surroundings(
        sites=set(of["site"]),
        branches=set(of["branch"]),
        profiles=set(of["profile"]),
        parents={number: row[2] for number, row in of["parent"].items()},
        holders={(row[2], row[3]): (number, row[4]) for number, row in of["holder"].items()},
    )


def means_all(wanted: DeviceFilter) -> bool:
    """True for a filter without a condition."""
    return not conditions_of(wanted).parts


def matching(session: ReadSession, wanted: DeviceFilter, *, most: int) -> list[int]:
    """Ids of the devices that match, `most` at most."""
    conditions = conditions_of(wanted)
    rows = session.tuples(
        sql.SQL(
            """
            SELECT d.id FROM devices d LEFT JOIN target_status s ON s.target_id = d.id
            WHERE {} ORDER BY d.id LIMIT %(most)s
            """
        ).format(conditions.where),
        {**conditions.values, "most": most},
    )
    return [row[0] for row in rows]


def way_up(session: ReadSession, device_id: int) -> set[int]:
    """This device and all it is reached through."""
    rows = session.tuples(
        """
        WITH RECURSIVE up AS (
            SELECT id, parent_id FROM devices WHERE id = %s
            UNION SELECT d.id, d.parent_id FROM devices d JOIN up ON d.id = up.parent_id
        )
        SELECT id FROM up
        """,
        (device_id,),
    )
    return {row[0] for row in rows}
