"""What devices and links may refer to, who holds an address, and changes made from an old state."""

from __future__ import annotations

import pytest

from factories import make_branch, make_device, make_link, make_provider, make_region
from wardops import inventory
from wardops.core.database import Database
from wardops.core.errors import Conflict, InvalidInput, NotFound, Outdated
from wardops.inventory import DeviceValues


def test_a_taken_address_is_refused_with_the_name_of_its_device(db: Database) -> None:
    with db.transaction() as session:
        make_device(session, name="atm-1", ip="10.0.0.1")
        with pytest.raises(Conflict, match="atm-1"):
            inventory.create_device(session, DeviceValues(name="b", ip="10.0.0.1"))


def test_the_same_address_at_another_site_is_another_device(db: Database) -> None:
    with db.transaction() as session:
        make_device(session, ip="10.0.0.1")
        site = inventory.create_place(session, inventory.SITES, {"name": "recovery"})
        assert make_device(session, ip="10.0.0.1", site_id=site.id)


def test_parents_never_make_a_circle(db: Database) -> None:
    with db.transaction() as session:
        top = make_device(session)
        middle = make_device(session, parent_id=top)
        leaf = make_device(session, parent_id=middle)
        for parent in (top, middle, leaf):
            with pytest.raises(InvalidInput, match="parent_id"):
                inventory.change_device(session, top, {"parent_id": parent}, allow_loopback=True)


def test_a_parent_stands_at_the_same_site(db: Database) -> None:
    with db.transaction() as session:
        site = inventory.create_place(session, inventory.SITES, {"name": "recovery"})
        parent = make_device(session, site_id=site.id)
        with pytest.raises(InvalidInput, match="another site"):
            make_device(session, parent_id=parent)


@pytest.mark.parametrize("field", ["parent_id", "branch_id", "site_id", "profile_id"])
def test_what_a_device_refers_to_must_be_there(db: Database, field: str) -> None:
    with db.transaction() as session, pytest.raises(InvalidInput) as refused:
        make_device(session, **{field: 999_999})
    assert field in [fault.field for fault in refused.value.faults]


def test_a_change_made_from_an_old_state_is_refused(db: Database) -> None:
    with db.transaction() as session:
        number = make_device(session, name="a")
        after = inventory.change_device(session, number, {"name": "b"}, version=1)
        with pytest.raises(Outdated, match="version 2"):
            inventory.change_device(session, number, {"name": "c"}, version=1)
    assert (after.name, after.version) == ("b", 2)


def test_a_change_that_changes_nothing_keeps_the_version_and_the_plan(db: Database) -> None:
    with db.transaction() as session:
        number = make_device(session, name="a")
        plan = inventory.plan_version(session)
        assert inventory.change_device(session, number, {"name": "a"}).version == 1
        assert inventory.plan_version(session) == plan


def test_every_write_of_a_target_raises_the_plan_version(db: Database) -> None:
    with db.transaction() as session:
        versions = [inventory.plan_version(session)]
        number = make_device(session)
        versions.append(inventory.plan_version(session))
        inventory.change_device(session, number, {"enabled": False})
        versions.append(inventory.plan_version(session))
        inventory.delete_device(session, number)
        versions.append(inventory.plan_version(session))
    assert versions == sorted(set(versions))


def test_a_new_device_is_unknown_and_a_disabled_one_paused(db: Database) -> None:
    with db.transaction() as session:
        enabled, disabled = make_device(session), make_device(session, enabled=False)
        assert inventory.get_device(session, enabled).status == "unknown"
        assert inventory.get_device(session, disabled).status == "paused"
        targets = inventory.targets_to_probe(
            session, link_cadence_ms=5000, device_cadence_ms=10_000
        )
    assert [each.target_id for each in targets] == [enabled]


def test_the_cadence_is_the_profiles_else_that_of_the_type(db: Database) -> None:
    with db.transaction() as session:
        profile = inventory.create_place(
            session, inventory.PROFILES, {"name": "fast", "ping_cadence_ms": 1000}
        ).id
        expected = {
            make_device(session, type="router", profile_id=profile): 1000,
            make_device(session, type="router"): 5000,
            make_device(session, type="atm"): 10_000,
            make_link(session): 5000,
        }
        targets = inventory.targets_to_probe(
            session, link_cadence_ms=5000, device_cadence_ms=10_000
        )
    assert {each.target_id: each.cadence_ms for each in targets} == expected


def test_what_is_in_use_is_not_deleted_and_its_users_are_counted(db: Database) -> None:
    with db.transaction() as session:
        region, provider = make_region(session), make_provider(session)
        branch = make_branch(session, region_id=region)
        parent = make_device(session, branch_id=branch)
        make_device(session, branch_id=branch, parent_id=parent)
        make_link(session, branch_id=branch, provider_id=provider)
        for table, number, told in (
            (inventory.REGIONS, region, "1 branch"),
            (inventory.BRANCHES, branch, "2 devices and 1 link"),
            (inventory.PROVIDERS, provider, "1 link"),
        ):
            with pytest.raises(Conflict, match=told):
                inventory.delete_place(session, table, number)
        with pytest.raises(Conflict, match="1 device"):
            inventory.delete_device(session, parent)


def test_a_deleted_device_is_gone_with_its_state(db: Database) -> None:
    with db.transaction() as session:
        number = make_device(session)
        inventory.delete_device(session, number)
        with pytest.raises(NotFound):
            inventory.get_device(session, number)
        assert session.value("SELECT count(*) FROM target_status") == 0


def test_both_addresses_of_a_link_are_of_one_ip_version(db: Database) -> None:
    with db.transaction() as session, pytest.raises(InvalidInput, match="source_address"):
        make_link(session, probe_address="10.0.0.1", source_address="2001:db8::1")


def test_devices_and_links_never_share_an_id(db: Database) -> None:
    with db.transaction() as session:
        numbers = [make_device(session), make_link(session), make_device(session)]
    assert len(set(numbers)) == 3
