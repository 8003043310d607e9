"""Writes the simulated bank into the inventory, once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wardops import inventory
from wardops.core.database import Database, WriteSession
from wardops.core.errors import Conflict
from wardops.core.http import Window
from wardops.inventory import DeviceValues, LinkValues
from wardops.lab.bank import PROVIDERS, TAG, Bank, simulate_bank
from wardops.lab.geography import REGIONS


@dataclass(frozen=True, slots=True)
class SeedReport:
    """What was added; nothing when the bank was there."""

    branches: int
    devices: int
    links: int

    def __str__(self) -> str:
        if not self.devices:
            return "the simulated bank is there"
        return (
            f"added a simulated bank: {self.branches} branches, {self.devices} devices, "
            f"{self.links} links"
        )


_DESK = {"contact": "Service desk, day and night", "phone": "+995 555 000 000"}


def seed_demo(database: Database) -> SeedReport:
    """Add the simulated bank to an empty inventory.

    Does nothing where it is already; raises Conflict where real devices are.
    """
    bank = simulate_bank()
    with database.transaction() as session:
        if _is_seeded(session):
            return SeedReport(0, 0, 0)
        branches = _seed_places(session, bank)
        _seed_devices(session, bank, branches)
        _seed_links(session, bank, branches)
    return SeedReport(len(bank.branches), len(bank.devices), len(bank.links))


def _is_seeded(session: WriteSession) -> bool:
    demo = inventory.DeviceFilter(tag=TAG)
    one = Window(limit=1)
    _, simulated = inventory.find_devices(session, demo, one)
    _, all_devices = inventory.find_devices(session, inventory.DeviceFilter(), one)
    if all_devices > simulated:
        raise Conflict(
            f"This instance watches {all_devices - simulated} devices that are not simulated.",
            hint="Start the demonstration in a folder of its own: ward up --demo --data DIR",
        )
    return simulated > 0


def _seed_places(session: WriteSession, bank: Bank) -> dict[int, int]:
    regions = {
        name: inventory.create_place(session, inventory.REGIONS, {"name": name}).id
        for name in REGIONS
    }
    return {
        branch.number: inventory.create_place(
            session,
            inventory.BRANCHES,
            {
                "name": branch.name,
                "code": branch.code,
                "region_id": regions[branch.town.region],
                "city": branch.town.name,
                "address": branch.address,
                "contact": branch.contact,
                "latitude": branch.latitude,
                "longitude": branch.longitude,
            },
        ).id
        for branch in bank.branches
    }


def _seed_devices(session: WriteSession, bank: Bank, branches: Mapping[int, int]) -> None:
    """Three rounds, since a parent has to be there before its children."""
    ids: dict[str | None, int | None] = {None: None}
    waiting = list(bank.devices)
    while waiting:
        ready = [device for device in waiting if device.parent in ids]
        made = inventory.insert_devices(
            session,
            [
                DeviceValues(
                    name=device.name,
                    ip=device.ip,
                    type=device.type,
                    vendor=device.vendor,
                    model=device.model,
                    serial=device.serial,
                    tags=device.tags,
                    parent_id=ids[device.parent],
                    branch_id=branches[device.branch],
                )
                for device in ready
            ],
        )
        ids.update(zip((device.name for device in ready), made, strict=True))
        waiting = [device for device in waiting if device.name not in ids]


def _seed_links(session: WriteSession, bank: Bank, branches: Mapping[int, int]) -> None:
    providers = {
        name: inventory.create_place(session, inventory.PROVIDERS, {"name": name, **_DESK}).id
        for name in PROVIDERS
    }
    inventory.insert_links(
        session,
        [
            LinkValues(
                name=link.name,
                branch_id=branches[link.branch],
                provider_id=providers[link.provider],
                role=link.role,
                probe_address=link.probe_address,
                circuit_id=link.circuit_id,
                bandwidth_mbps=link.bandwidth_mbps,
            )
            for link in bank.links
        ],
    )
