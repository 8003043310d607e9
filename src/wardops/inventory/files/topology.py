"""Parents named by rows: found by address or name, at the same site, without a circle. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from wardops.inventory.files.resolving import Entry

Candidate = tuple[int, int, str, str]
"""Id, site, address and name of a device."""


def set_parents(entries: Sequence[Entry], stored: Iterable[Candidate]) -> None:
    """Replace the names in the column `parent` by ids, of the file's own devices too."""
    by_address: dict[tuple[int, str], int] = {}
    by_name: dict[tuple[int, str], set[int]] = defaultdict(set)
    own = [(e.id, e.after.site_id, e.after.ip, e.after.name) for e in entries]
    renamed = {entry.id for entry in entries}
    for number, site, ip, name in [*(each for each in stored if each[0] not in renamed), *own]:
        by_address.setdefault((site, ip), number)
        by_name[site, name].add(number)
    for entry in entries:
        if "parent" not in entry.draft.values:
            continue
        wanted = str(entry.draft.values["parent"]).strip()
        site = entry.after.site_id
        known = by_address.get((site, wanted))
        found = {known} if known is not None else by_name.get((site, wanted), set())
        entry.after = replace(entry.after, parent_id=_only(entry, wanted, found))


def _only(entry: Entry, wanted: str, found: set[int]) -> int | None:
    if not wanted:
        return None
    if len(found) == 1:
        return next(iter(found))
    why = (
        f"{len(found)} devices are named"
        if found
        else "the site has no device with the address or name"
    )
    entry.faults.note("parent", f"{why} {wanted[:80]!r}", "Name the parent by its address.")
    return None


def moves(entry: Entry) -> bool:
    """True when the row changes where the device hangs."""
    if entry.before is None:
        return entry.after.parent_id is not None
    before, after = entry.before, entry.after
    return (before.parent_id, before.site_id) != (after.parent_id, after.site_id)


def check(entries: Sequence[Entry], stored: Mapping[int, tuple[int, int]]) -> None:
    """Note circles, and parents that end up at another site. `stored`: id → parent and site."""
    parents = {number: parent for number, (parent, _) in stored.items()}
    sites = {number: site for number, (_, site) in stored.items()}
    for entry in entries:
        sites[entry.id] = entry.after.site_id
        parents.pop(entry.id, None)
        if entry.after.parent_id is not None:
            parents[entry.id] = entry.after.parent_id
    children: dict[int, list[int]] = defaultdict(list)
    for child, parent in parents.items():
        children[parent].append(child)
    moved = [entry for entry in entries if moves(entry)]
    circling = on_circles(parents, [entry.id for entry in moved])
    for entry in moved:
        _check_one(entry, entry.id in circling, sites, children)


def _check_one(
    entry: Entry,
    is_circling: bool,
    sites: Mapping[int, int],
    children: Mapping[int, list[int]],
) -> None:
    if is_circling:
        entry.faults.note(
            "parent",
            "is reached through this device itself",
            "A chain of parents must end at a device without one.",
        )
    site = entry.after.site_id
    elsewhere = [each for each in children.get(entry.id, ()) if sites[each] != site]
    if elsewhere:
        entry.faults.note(
            "site", f"{len(elsewhere)} devices of another site are reached through this one"
        )
    before = entry.before
    if before and before.site_id != site and entry.after.parent_id == before.parent_id is not None:
        entry.faults.note(
            "site", "is another one than that of the parent", "Change the parent too."
        )


def on_circles(parents: Mapping[int, int], starts: Iterable[int]) -> set[int]:
    """Devices that are reached through themselves, of those met on the way up from `starts`.

    No device is passed twice, so a chain of ten thousand costs ten thousand steps.
    """
    found: set[int] = set()
    passed: set[int] = set()
    for start in starts:
        way: dict[int, None] = {}
        at: int | None = start
        while at is not None and at not in passed:
            passed.add(at)
            way[at] = None
            at = parents.get(at)
        if at in way:  # this way up has come back to itself, and not to an earlier one
            places = list(way)
            found.update(places[places.index(at) :])
    return found
