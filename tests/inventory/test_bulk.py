"""Many devices at once: one transaction of few statements, each row told, all or each written."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pytest

from factories import make_branch, make_device
from wardops import inventory
from wardops.core.database import Database
from wardops.core.errors import Conflict, FieldFault, InvalidInput
from wardops.core.http import Window
from wardops.inventory import (
    BulkReport,
    Chosen,
    Device,
    DeviceChanges,
    DeviceFilter,
    DeviceValues,
    How,
)
from wardops.inventory.bulk import choosing

pytestmark = pytest.mark.finding(16)

ALL, EACH = How("all"), How("each")
MANY = 10_000


def devices(db: Database) -> dict[int, Device]:
    with db.reading() as session:
        found, _ = inventory.find_devices(session, DeviceFilter(), Window(limit=1000))
    return {each.id: each for each in found}


def made(db: Database, *overrides: dict[str, object]) -> list[int]:
    with db.transaction() as session:
        return [make_device(session, **each) for each in overrides]


def created(
    db: Database, wishes: Sequence[DeviceValues | list[FieldFault]], how: How = ALL
) -> BulkReport:
    with db.transaction() as session:
        return inventory.create_devices(session, wishes, how)


def changed(db: Database, chosen: Chosen, changes: DeviceChanges, how: How = ALL) -> BulkReport:
    with db.transaction() as session:
        return inventory.change_devices(session, chosen, changes, how)


def deleted(db: Database, chosen: Chosen, how: How = ALL) -> BulkReport:
    with db.transaction() as session:
        return inventory.delete_devices(session, chosen, how)


def faults(report: BulkReport) -> list[tuple[int, str]]:
    return [(row.row, fault.field) for row in report.rows for fault in row.errors]


def version(db: Database) -> int:
    with db.reading() as session:
        return inventory.plan_version(session)


def test_ten_thousand_are_added_changed_and_removed_in_few_statements(db: Database) -> None:
    wishes = [DeviceValues(name=f"d{n}", ip=f"10.1.{n >> 8}.{n & 255}") for n in range(MANY)]
    with db.transaction() as session:
        branch = make_branch(session)
        before = session.statements
        report = inventory.create_devices(session, wishes, ALL)
        assert session.statements - before <= 5
    assert (report.created, report.applied) == (MANY, True)
    ids = [row.id for row in report.rows if row.id]
    assert len(ids) == MANY
    with db.transaction() as session:
        report = inventory.change_devices(
            session,
            Chosen(ids=ids),
            DeviceChanges({"branch_id": branch, "enabled": False}, add_tags=["night"]),
            ALL,
        )
        assert session.statements <= 5
    assert (report.updated, report.applied) == (MANY, True)
    with db.transaction() as session:
        report = inventory.delete_devices(
            session, Chosen(where=DeviceFilter(tag="night", branch_id=branch)), ALL
        )
        assert session.statements <= 6
    assert (report.deleted, report.applied, devices(db)) == (MANY, True, {})


@pytest.mark.parametrize(("how", "names"), [(ALL, set()), (EACH, {"good", "also-good"})])
def test_faulty_rows_are_named_and_the_mode_decides_about_the_others(
    db: Database, how: How, names: set[str]
) -> None:
    [holder] = made(db, {"name": "holder", "ip": "10.0.0.9"})
    report = created(
        db,
        [
            DeviceValues(name="good", ip="10.0.0.1"),
            DeviceValues(name="", ip="10.0.0.0/24"),
            DeviceValues(name="twice", ip="10.0.0.1"),
            DeviceValues(name="taken", ip="10.0.0.9"),
            DeviceValues(name="lost", ip="10.0.0.5", branch_id=99, profile_id=98, parent_id=97),
            [FieldFault("name", "Field required")],
            DeviceValues(name="elsewhere", ip="10.0.0.6", site_id=96),
            DeviceValues(name="also-good", ip="10.0.0.7", parent_id=holder),
        ],
        how,
    )
    assert faults(report) == [
        (2, "name"),
        (2, "ip"),
        (3, "ip"),
        (4, "ip"),
        (5, "branch_id"),
        (5, "profile_id"),
        (5, "parent_id"),
        (6, "name"),
        (7, "site_id"),
    ]
    assert (report.created, report.failed, report.applied) == (2, 6, bool(names))
    found = devices(db)
    assert {each.name for each in found.values()} == {"holder", *names}
    if names:
        assert {row.name for row in report.rows if row.id in found} == names


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_dry_run_tells_what_a_run_does_and_writes_nothing(db: Database, dry_run: bool) -> None:
    [one, two] = made(db, {}, {"vendor": "Cisco"})
    before, plan, how = devices(db), version(db), How("all", dry_run)
    more = created(db, [DeviceValues(name="new", ip="10.9.0.1")], how)
    other = changed(db, Chosen(ids=[one, two]), DeviceChanges({"vendor": "Cisco"}), how)
    fewer = deleted(db, Chosen(ids=[one]), how)
    assert (more.created, other.updated, other.unchanged, fewer.deleted) == (1, 1, 1, 1)
    assert {more.applied, other.applied, fewer.applied} == {not dry_run}
    assert (devices(db) == before, version(db) == plan) == (dry_run, dry_run)


def test_what_is_so_already_is_not_written(db: Database) -> None:
    [one] = made(db, {"vendor": "Cisco", "tags": ("a",)})
    before, plan = devices(db), version(db)
    report = changed(
        db, Chosen(ids=[one]), DeviceChanges({"vendor": "Cisco"}, ["a"], remove_tags=["b"])
    )
    assert (report.unchanged, report.wrote) == (1, False)
    assert (devices(db), version(db)) == (before, plan)


def test_tags_are_put_on_and_taken_off_and_the_others_stay(db: Database) -> None:
    [one, two] = made(db, {"tags": ("a", "old", "b")}, {})
    changed(db, Chosen(ids=[one, two]), DeviceChanges({}, ["new", "a"], ["old"]))
    found = devices(db)
    assert found[one].tags == ["a", "b", "new"]
    assert found[two].tags == ["new", "a"]
    assert found[one].version == 2


def test_a_tag_too_many_is_the_fault_of_that_row_alone(db: Database) -> None:
    [full, empty] = made(db, {"tags": tuple(f"t{n}" for n in range(50))}, {})
    report = changed(db, Chosen(ids=[full, empty]), DeviceChanges({}, ["new"]), EACH)
    assert faults(report) == [(1, "tags")]
    assert (len(devices(db)[full].tags), devices(db)[empty].tags) == (50, ["new"])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        (DeviceChanges(), "changes"),
        (DeviceChanges({"branch_id": 99}), "changes.branch_id"),
        (DeviceChanges({"profile_id": 99}), "changes.profile_id"),
        (DeviceChanges({"parent_id": 99}), "changes.parent_id"),
        (DeviceChanges({"type": "toaster"}), "changes.type"),
        (DeviceChanges({"vendor": "x" * 201}), "changes.vendor"),
        (DeviceChanges({}, add_tags=["a|b"]), "changes.add_tags"),
        (DeviceChanges({}, add_tags=["a"], remove_tags=["a"]), "changes.remove_tags"),
    ],
)
def test_a_change_that_is_wrong_for_every_device_is_refused_once(
    db: Database, changes: DeviceChanges, field: str
) -> None:
    ids = made(db, {}, {})
    with pytest.raises(InvalidInput) as refused:
        changed(db, Chosen(ids=ids), changes, EACH)
    assert [each.field for each in refused.value.faults] == [field]


@pytest.mark.parametrize("how", [ALL, EACH])
def test_no_device_is_hung_below_itself(db: Database, how: How) -> None:
    """top <- middle <- leaf: a new parent `leaf` is good for `free` alone."""
    [top] = made(db, {"name": "top"})
    [middle] = made(db, {"name": "middle", "parent_id": top})
    [leaf] = made(db, {"name": "leaf", "parent_id": middle})
    [free] = made(db, {"name": "free"})
    report = changed(
        db, Chosen(ids=[top, middle, leaf, free]), DeviceChanges({"parent_id": leaf}), how
    )
    assert faults(report) == [(1, "parent_id"), (2, "parent_id"), (3, "parent_id")]
    parents = {each.name: each.parent_name for each in devices(db).values()}
    assert parents == {
        "top": None,
        "middle": "top",
        "leaf": "middle",
        "free": "leaf" if how is EACH else None,
    }


def test_a_parent_of_another_site_is_refused(db: Database) -> None:
    with db.transaction() as session:
        site = inventory.create_place(session, inventory.SITES, {"name": "far"}).id
    [near, far] = made(db, {}, {"site_id": site})
    report = changed(db, Chosen(ids=[near]), DeviceChanges({"parent_id": far}))
    assert faults(report) == [(1, "parent_id")]
    changed(db, Chosen(ids=[near]), DeviceChanges({"parent_id": None}))


def test_a_parent_goes_only_with_all_behind_it_whatever_the_mode(db: Database) -> None:
    """top <- middle <- (leaf, other); gone alone."""
    [top, alone] = made(db, {"name": "top"}, {"name": "alone"})
    [middle] = made(db, {"name": "middle", "parent_id": top})
    [leaf, other] = made(db, {"name": "leaf", "parent_id": middle}, {"parent_id": middle})
    chosen = Chosen(ids=[top, middle, leaf, alone])
    report = deleted(db, chosen)
    assert (faults(report), report.deleted) == ([(1, "id"), (2, "id")], 2)
    assert report.rows[0].errors[0].message == "is the parent of 1 device that stays"
    assert len(devices(db)) == 5
    deleted(db, chosen, EACH)
    assert set(devices(db)) == {top, middle, other}
    assert deleted(db, Chosen(ids=[other, top, middle])).applied
    assert devices(db) == {}
    with db.reading() as session:
        assert session.value("SELECT count(*) FROM target_status") == 0


def test_ids_that_are_missing_or_twice_are_named_by_row(db: Database) -> None:
    [one] = made(db, {})
    for report in (
        changed(db, Chosen(ids=[one, 999, one]), DeviceChanges({"notes": "n"}), EACH),
        deleted(db, Chosen(ids=[one, 999, one]), EACH),
    ):
        assert faults(report) == [(2, "id"), (3, "id")]
    assert devices(db) == {}


def test_a_filter_means_what_it_means_in_the_list(db: Database) -> None:
    made(db, {"vendor": "Cisco"}, {"vendor": "Cisco", "enabled": False}, {"vendor": "MikroTik"})
    for wanted, count in (
        (DeviceFilter(vendors=["Cisco"]), 2),
        (DeviceFilter(statuses=["paused"]), 1),
        (DeviceFilter(q="device"), 3),
    ):
        how = How(dry_run=True)
        assert deleted(db, Chosen(where=wanted), how).deleted == count


def test_a_filter_that_matches_another_number_than_expected_is_refused(db: Database) -> None:
    made(db, {"vendor": "Cisco"}, {"vendor": "Cisco"})
    where = DeviceFilter(vendors=["Cisco"])
    with pytest.raises(Conflict, match="matches 2 devices now, not 1"):
        deleted(db, Chosen(where=where, expected=1))
    assert deleted(db, Chosen(where=where, expected=2)).deleted == 2


def test_it_must_be_clear_which_devices_are_meant(db: Database) -> None:
    made(db, {}, {})
    for chosen in (Chosen(), Chosen(ids=[1], where=DeviceFilter(q="a"))):
        with pytest.raises(InvalidInput, match="not clear"):
            deleted(db, chosen)
    for empty in (DeviceFilter(), DeviceFilter(statuses=[], vendors=[], q="", tag="")):
        with pytest.raises(InvalidInput, match="not clear") as refused:
            deleted(db, Chosen(where=empty))
        assert "expected" in refused.value.faults[0].hint
    assert deleted(db, Chosen(where=DeviceFilter(), expected=2)).deleted == 2


def test_too_many_rows_are_refused_with_the_way_out(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "MAX_ROWS", 1)
    ids = made(db, {}, {})
    for chosen in (Chosen(ids=ids), Chosen(where=DeviceFilter(q="device"))):
        with pytest.raises(InvalidInput, match="too much") as refused:
            deleted(db, chosen)
        assert "several" in refused.value.faults[0].hint
    assert len(devices(db)) == 2
    wish = DeviceValues(name="a", ip="10.0.0.1")
    with pytest.raises(InvalidInput, match="too much"):
        created(db, [wish] * (MANY + 1))


def test_workers_and_a_bulk_change_never_wait_for_each_other_in_a_circle(db: Database) -> None:
    """A worker that has the state of the first device gets that of the last meanwhile."""
    ids = made(db, *({"enabled": True} for _ in range(50)))
    done: list[BulkReport] = []
    lock = "SELECT FROM target_status WHERE target_id = %s FOR UPDATE"

    def change() -> None:
        chosen = Chosen(ids=ids[::-1])
        done.append(changed(db, chosen, DeviceChanges({"enabled": False})))

    with db.transaction() as worker:
        worker.execute(lock, (ids[0],))
        changing = threading.Thread(target=change)
        changing.start()
        with db.reading() as session:
            waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            while not session.value(waiting):
                pass
        for number in ids[1:]:
            worker.execute(f"{lock} NOWAIT", (number,))  # held by the change: refused
    changing.join()
    assert done[0].updated == 50
