"""A file of devices into the inventory: all of it, or nothing and the reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wardops.core.database import WriteSession
from wardops.inventory.checks import parsed_address
from wardops.inventory.devices import store as devices
from wardops.inventory.devices.kinds import DeviceValues
from wardops.inventory.devices.rows import changing_places
from wardops.inventory.files import store, topology
from wardops.inventory.files.parsing import Draft, Format, parse
from wardops.inventory.files.places import Places
from wardops.inventory.files.report import Creates, ImportReport
from wardops.inventory.files.resolving import Entry, Known, resolve
from wardops.inventory.places import default_site


def import_devices(
    session: WriteSession,
    data: bytes,
    form: Format,
    *,
    dry_run: bool = False,
    allow_loopback: bool = False,
) -> ImportReport:
    """Add and change devices as the file says; nothing is written when a row is faulty.

    A row means the device of its `id`, else the one with its address at its site, else a new
    one. Columns that are left out stay as they are. Raises InvalidInput for a file that cannot
    be read at all.
    """
    drafts = parse(data, form)
    if not dry_run:
        devices.lock_topology(session)
    places = store.places(session)
    known = Known(
        places=places,
        default_site=default_site(session),
        by_id=_concerned(session, drafts),
        allow_loopback=allow_loopback,
    )
    entries = resolve(drafts, known)
    _hang(session, entries)
    good = not any(entry.faults.found for entry in entries)
    report = ImportReport(
        dry_run=dry_run,
        applied=good and not dry_run,
        creates=_creates(places),
        rows=[entry.report() for entry in entries],
    )
    if report.applied:
        _write(session, entries, places)
    return report


def _concerned(session: WriteSession, drafts: Sequence[Draft]) -> dict[int, devices.Written]:
    """Devices that rows mean or collide with, kept from others' changes; two statements."""
    ids = [draft.values["id"] for draft in drafts if isinstance(draft.values.get("id"), int)]
    addresses: set[str] = set()
    for draft in drafts:
        address = _normal(draft.values.get("ip"))
        if address:
            draft.values["ip"] = address
            addresses.add(address)
    return devices.lock(session, store.concerned(session, ids, addresses))  # type: ignore[arg-type]


def _normal(text: object) -> str:
    """An address in the form it is stored in, empty for what is none."""
    try:
        return str(parsed_address(str(text).strip()))
    except ValueError:
        return ""


def _hang(session: WriteSession, entries: Sequence[Entry]) -> None:
    """Find the parents that rows name, and check the tree that comes of it."""
    wanted: set[str] = set()
    for entry in entries:
        parent = str(entry.draft.values.get("parent") or "").strip()
        if parent:
            entry.draft.values["parent"] = parent = _normal(parent) or parent
            wanted.add(parent)
    addresses = {each for each in wanted if _normal(each)}
    stored = store.possible_parents(session, addresses, wanted - addresses) if wanted else []
    topology.set_parents(entries, stored)
    if any(topology.moves(entry) for entry in entries):
        topology.check(entries, store.parents(session))


def _creates(places: Places) -> Creates:
    names = places.region_names
    return Creates(
        regions=sorted(places.new_regions.values()),
        branches=sorted(
            f"{names[region]} / {name}" for region, name in places.new_branches.values()
        ),
        profiles=sorted(places.new_profiles.values()),
    )


def _write(session: WriteSession, entries: Sequence[Entry], places: Places) -> None:
    created = [entry for entry in entries if entry.action == "create"]
    updated = [entry for entry in entries if entry.action == "update"]
    branches, profiles = _make_places(session, places)
    new = [entry.id for entry in created]
    ids = dict(zip(new, devices.new_ids(session, len(new)), strict=True)) if new else {}

    def final(entry: Entry) -> tuple[int, DeviceValues]:
        after = entry.after
        return ids.get(entry.id, entry.id), replace(
            after,
            branch_id=branches.get(after.branch_id, after.branch_id),
            profile_id=profiles.get(after.profile_id, after.profile_id),
            parent_id=ids.get(after.parent_id, after.parent_id),  # type: ignore[arg-type]
        )

    if created:
        devices.insert_as(session, [final(entry) for entry in created])
    if updated:
        devices.park(session, changing_places(updated))
        devices.update(session, [final(entry) for entry in updated])


def _make_places(
    session: WriteSession, places: Places
) -> tuple[dict[int | None, int], dict[int | None, int]]:
    """Make what the file named first; ids below zero → ids, of branches and of profiles."""
    regions = store.add_regions(session, list(places.new_regions.values()))
    profiles = store.add_profiles(session, list(places.new_profiles.values()))
    real = {number: regions[name] for number, name in places.new_regions.items()}
    wanted = {
        number: (real.get(region, region), name)
        for number, (region, name) in places.new_branches.items()
    }
    branches = store.add_branches(session, list(wanted.values()))
    return (
        {number: branches[key] for number, key in wanted.items()},
        {number: profiles[name] for number, name in places.new_profiles.items()},
    )
