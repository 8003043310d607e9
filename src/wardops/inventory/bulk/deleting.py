"""Removing many devices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from wardops.core.database import WriteSession
from wardops.inventory.bulk.choosing import Chosen, rows_of
from wardops.inventory.bulk.report import BulkReport, How
from wardops.inventory.devices import store as devices
from wardops.inventory.devices.rows import Row, RowReport


def delete_devices(session: WriteSession, chosen: Chosen, how: How) -> BulkReport:
    """Remove devices; one that others are reached through goes only together with those.

    Their history stays until it is too old. Raises what `rows_of` raises.
    """
    devices.lock_topology(session)
    rows = rows_of(session, chosen)
    _keep_parents(rows, devices.children(session, [row.id for row in rows]))
    to_write = how.to_write(rows)
    if to_write:
        devices.delete(session, [row.id for row in to_write])
    return how.report([_report(row) for row in rows])


def _keep_parents(rows: Sequence[Row], children: Iterable[tuple[int, int]]) -> None:
    """Note what cannot go since something behind it stays; that then stays too, and so on up."""
    going = {row.id: row for row in rows if not row.faults.found}
    staying = Counter(parent for child, parent in children if child not in going)
    blocked = [number for number in staying if number in going]
    for number in blocked:  # grows on the way
        above = going[number].after.parent_id
        if above is not None:
            if above in going and not staying[above]:
                blocked.append(above)
            staying[above] += 1
    for number in blocked:
        going[number].faults.note(
            "id",
            f"is the parent of {_count(staying[number])}",
            "Delete those too, or give them another parent first.",
        )


def _count(staying: int) -> str:
    return "1 device that stays" if staying == 1 else f"{staying} devices that stay"


def _report(row: Row) -> RowReport:
    told = row.report()
    return told if row.faults.found else replace(told, action="delete")
