"""The bank in the inventory."""

from __future__ import annotations

import pytest

from factories import make_device
from wardops import inventory
from wardops.core.database import Database
from wardops.core.errors import Conflict
from wardops.core.http import Window
from wardops.lab import Bank, seed_demo


def test_bank_is_seeded_once(db: Database, bank: Bank) -> None:
    first = seed_demo(db)
    with db.reading() as session:
        version = inventory.plan_version(session)
    second = seed_demo(db)
    assert (first.branches, first.devices, first.links) == (128, len(bank.devices), len(bank.links))
    assert (second.branches, second.devices, second.links) == (0, 0, 0)
    with db.reading() as session:
        assert inventory.plan_version(session) == version
        assert len(
            inventory.targets_to_probe(session, link_cadence_ms=3000, device_cadence_ms=5000)
        ) == len(bank.devices) + len(bank.links)


def test_seeded_device_has_its_parent_and_its_branch(db: Database) -> None:
    seed_demo(db)
    with db.reading() as session:
        wanted = inventory.DeviceFilter(q="atm-b001-1")
        found, _ = inventory.find_devices(session, wanted, Window(limit=1))
    assert found[0].parent_name == "rtr-b001-1"
    assert found[0].branch_name == "სათაო ოფისი"
    assert {"demo", "cash"} <= set(found[0].tags)


def test_bank_is_not_mixed_with_real_devices(db: Database) -> None:
    with db.transaction() as session:
        make_device(session)
    with pytest.raises(Conflict, match="1 device"):
        seed_demo(db)
