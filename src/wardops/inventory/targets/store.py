"""SQL that turns the inventory into the targets of the plan."""

from __future__ import annotations

from wardops.core.database import ReadSession
from wardops.flow import ProbeTarget, TargetKind

# Types that carry a branch's traffic are looked at as often as the links themselves.
LINK_LIKE_TYPES = ("router", "core_router")


def plan_version(session: ReadSession) -> int:
    """A number that rises with every committed change of what is probed, where and how often."""
    return int(session.value("SELECT version FROM versions WHERE name = 'plan'"))


def targets_to_probe(
    session: ReadSession, *, link_cadence_ms: int, device_cadence_ms: int
) -> list[ProbeTarget]:
    """Every enabled device and link, in no order; one statement.

    The cadence is the profile's; without a profile `link_cadence_ms` for links and routers,
    `device_cadence_ms` for all else.
    """
    rows = session.tuples(
        """
        SELECT d.id, 'device', s.name,
            coalesce(p.ping_cadence_ms, CASE WHEN d.type = ANY(%(link_like)s)
                THEN %(link)s::int ELSE %(device)s::int END),
            coalesce(d.branch_id, 0), coalesce(d.parent_id, 0), host(d.ip), ''
        FROM devices d JOIN sites s ON s.id = d.site_id
        LEFT JOIN profiles p ON p.id = d.profile_id
        WHERE d.enabled
        UNION ALL
        SELECT l.id, 'link', s.name, coalesce(p.ping_cadence_ms, %(link)s::int),
            l.branch_id, 0, host(l.probe_address), coalesce(host(l.source_address), '')
        FROM links l JOIN sites s ON s.id = l.site_id
        LEFT JOIN profiles p ON p.id = l.profile_id
        WHERE l.enabled
        """,
        {
            "link": link_cadence_ms,
            "device": device_cadence_ms,
            "link_like": list(LINK_LIKE_TYPES),
        },
        binary=True,
    )
    kinds = {"device": TargetKind.DEVICE, "link": TargetKind.LINK}
    return [ProbeTarget(row[0], kinds[row[1]], *row[2:]) for row in rows]
