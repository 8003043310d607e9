"""Files of devices: each row checked and told, written all or not at all, in few statements."""

from __future__ import annotations

import orjson
import pytest

from factories import make_device
from wardops import inventory
from wardops.core.database import Database
from wardops.core.errors import InvalidInput
from wardops.core.http import Window
from wardops.inventory import Device, DeviceFilter, Format, ImportReport
from wardops.inventory.files.topology import on_circles


def imported(
    db: Database, data: str | bytes, form: Format = "csv", **options: bool
) -> ImportReport:
    raw = data.encode() if isinstance(data, str) else data
    with db.transaction() as session:
        return inventory.import_devices(session, raw, form, **options)


def devices(db: Database) -> list[Device]:
    with db.reading() as session:
        found, _ = inventory.find_devices(session, DeviceFilter(), Window(limit=1000))
    return found


def faults(report: ImportReport) -> list[tuple[int, str]]:
    return [(row.row, fault.field) for row in report.rows for fault in row.errors]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_csv_of_any_spreadsheet_is_read(db: Database, mark: str, delimiter: str, end: str) -> None:
    text = f"name,ip,region,branch{end}ბანკომატი,10.0.0.1,იმერეთი,ქუთაისი{end}".replace(
        ",", delimiter
    )
    report = imported(db, mark + text)
    assert (report.applied, report.created, report.failed) == (True, 1, 0)
    [device] = devices(db)
    assert (device.name, device.branch_name, device.region_name) == (
        "ბანკომატი",
        "ქუთაისი",
        "იმერეთი",
    )


@pytest.mark.parametrize(
    "data",
    ["name,ip\nბანკი,10.0.0.1\n".encode("utf-16"), "name,ip\nZürich,10.0.0.1\n".encode("cp1252")],
)
def test_another_encoding_is_refused_with_the_way_out(db: Database, data: bytes) -> None:
    with pytest.raises(InvalidInput, match="not UTF-8") as refused:
        imported(db, data)
    assert "CSV UTF-8" in refused.value.hint


def test_an_unknown_column_is_named_with_those_that_are_known(db: Database) -> None:
    with pytest.raises(InvalidInput, match="adress") as refused:
        imported(db, "name,adress\na,10.0.0.1\n")
    assert "name, ip, type" in refused.value.hint


@pytest.mark.parametrize(
    ("data", "form"),
    [
        ("", "csv"),
        ("name,name,ip\n", "csv"),
        ('name,ip\n"a,10.0.0.1\n', "csv"),
        ("", "json"),
        ("{}", "json"),
        ("nothing", "json"),
        ("[" * 10_000, "json"),
    ],
)
def test_a_file_that_cannot_be_read_at_all_is_refused(
    db: Database, data: str, form: Format
) -> None:
    with pytest.raises(InvalidInput):
        imported(db, data, form)


def test_one_faulty_row_keeps_all_from_being_written_and_each_fault_is_told(db: Database) -> None:
    report = imported(
        db,
        "name,ip,type,site,enabled,id\n"
        "good,10.0.0.1,atm,main,true,\n"
        ",10.0.0.2,,,,\n"
        "a,10.0.0.0/24,,,,\n"
        "b,10.0.0.4,toaster,,,\n"
        "c,10.0.0.5,,nowhere,,\n"
        "d,10.0.0.6,,,maybe,\n"
        "e,10.0.0.7,,,,999\n",
    )
    assert (report.applied, report.created, report.failed) == (False, 1, 6)
    assert faults(report) == [
        (3, "name"),
        (4, "ip"),
        (5, "type"),
        (6, "site"),
        (7, "enabled"),
        (8, "id"),
    ]
    assert devices(db) == []


def test_a_dry_run_tells_the_same_as_the_run_and_writes_nothing(db: Database) -> None:
    file = "name,ip,region,branch,profile\na,10.0.0.1,North,B1,fast\nb,10.0.0.2,North,B2,\n"
    dry = imported(db, file, dry_run=True)
    assert devices(db) == []
    wet = imported(db, file)
    assert dry.rows == wet.rows
    assert dry.creates == wet.creates
    assert wet.creates.regions == ["North"]
    assert wet.creates.branches == ["North / B1", "North / B2"]
    assert (dry.applied, wet.applied) == (False, True)


def test_a_column_that_is_left_out_stays_as_it_is(db: Database) -> None:
    imported(
        db,
        "name,ip,vendor,notes,tags,enabled,custom.rack\na,10.0.0.1,Cisco,old,x|y,false,R1\n",
    )
    [before] = devices(db)
    report = imported(db, "ip,name\n10.0.0.1,renamed\n")
    [after] = devices(db)
    assert (report.updated, after.id, after.name) == (1, before.id, "renamed")
    for name in ("vendor", "notes", "tags", "enabled", "custom", "type", "site_id"):
        assert getattr(after, name) == getattr(before, name)
    assert after.version == before.version + 1


def test_an_empty_cell_of_a_column_that_is_there_empties_the_field(db: Database) -> None:
    imported(db, "name,ip,vendor,tags,custom.rack\na,10.0.0.1,Cisco,x,R1\n")
    imported(db, "ip,vendor,tags,custom.rack\n10.0.0.1,,,\n")
    [after] = devices(db)
    assert (after.name, after.vendor, after.tags, after.custom) == ("a", "", [], {})


def test_a_row_with_an_id_means_that_device_even_at_another_address(db: Database) -> None:
    with db.transaction() as session:
        number = make_device(session, name="a", ip="10.0.0.1")
    report = imported(db, f"id,ip\n{number},10.0.0.9\n")
    assert (report.updated, [each.ip for each in devices(db)]) == (1, ["10.0.0.9"])


def test_a_file_that_says_what_is_so_already_changes_nothing(db: Database) -> None:
    file = "name,ip,tags\na,10.0.0.1,x|y\n"
    imported(db, file)
    [before] = devices(db)
    report = imported(db, file)
    assert (report.unchanged, devices(db)) == (1, [before])


def test_a_device_that_is_twice_in_a_file_is_told_with_both_rows(db: Database) -> None:
    report = imported(db, "name,ip\na,10.0.0.1\nb,10.0.0.2\nc,10.0.0.1\n")
    [fault] = report.rows[2].errors
    assert (report.applied, fault.field) == (False, "ip")
    assert "row 2" in fault.message


def test_an_address_of_another_device_is_told_with_its_name(db: Database) -> None:
    with db.transaction() as session:
        make_device(session, name="the-holder", ip="10.0.0.1")
        other = make_device(session, name="other", ip="10.0.0.2")
    report = imported(db, f"id,ip\n{other},10.0.0.1\n")
    assert "the-holder" in report.rows[0].errors[0].message


def test_a_parent_may_be_in_the_same_file_in_any_order_by_name_or_address(db: Database) -> None:
    imported(db, "name,ip,parent\nleaf,10.0.0.3,10.0.0.2\nmid,10.0.0.2,root\nroot,10.0.0.1,\n")
    parents = {each.name: each.parent_name for each in devices(db)}
    assert parents == {"leaf": "mid", "mid": "root", "root": None}


@pytest.mark.parametrize(
    "file",
    [
        "name,ip,parent\na,10.0.0.1,10.0.0.1\n",
        "name,ip,parent\na,10.0.0.1,b\nb,10.0.0.2,c\nc,10.0.0.3,a\n",
        "name,ip,parent\na,10.0.0.1,nobody\n",
        "name,ip,parent\na,10.0.0.1,b\nb,10.0.0.2,\nb,10.0.0.3,\n",
    ],
)
def test_a_parent_in_a_circle_unknown_or_ambiguous_is_refused(db: Database, file: str) -> None:
    report = imported(db, file)
    assert report.applied is False
    assert "parent" in {field for _, field in faults(report)}


@pytest.mark.parametrize(
    "row",
    [
        {"name": "a\u0000b", "ip": "10.0.0.1"},
        {"name": "a", "ip": "fe80::1%eth0"},
        {"name": "a", "ip": "10.0.0.1", "parent": "fe80::1%eth0"},
        {"name": "a", "ip": "10.0.0.1", "parent": "b\u0000c"},
        {"name": "a", "ip": "10.0.0.1", "region": "r\u0000", "branch": "b"},
        {"name": "a", "ip": "10.0.0.1", "site": "\u0000"},
        {"name": "a", "ip": "10.0.0.1", "profile": "\u0000"},
        {"name": "a", "ip": "10.0.0.1", "custom": {"k\u0000": 1}},
        {"name": "a", "ip": "10.0.0.1", "custom": {"k": {"nested": 1}}},
        {"name": "a", "ip": "10.0.0.1", "tags": [1]},
        {"name": ["a"], "ip": {"x": 1}, "type": [], "id": True},
        {"name": "a", "ip": "10.0.0.1", "id": 1.5},
        {"name": "a", "ip": "10.0.0.1", "password": "x"},
        "a",
        None,
    ],
)
def test_whatever_a_row_holds_the_answer_is_a_fault_of_that_row(db: Database, row: object) -> None:
    report = imported(db, orjson.dumps([row]), "json")
    assert (report.total, report.failed, report.applied) == (1, 1, False)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
@pytest.mark.parametrize("turn", [(1, 0, 2), (1, 2, 0), (1, 2, 3)])
def test_devices_may_take_over_each_others_addresses_in_one_file(
    db: Database, turn: tuple[int, ...], order: tuple[int, ...]
) -> None:
    """A swap, a ring of three, and a row of three that moves up by one."""
    with db.transaction() as session:
        ids = [make_device(session, name=f"d{n}", ip=f"10.0.0.{n}") for n in range(1, 4)]
    lines = [f"{ids[at]},10.0.0.{turn[at] + 1}" for at in order]
    report = imported(db, "\n".join(["id,ip", *lines]))
    assert (report.applied, report.failed) == (True, 0)
    assert [each.ip for each in sorted(devices(db))] == [f"10.0.0.{at + 1}" for at in turn]
    assert {each.version for each in devices(db)} <= {1, 2}


def test_an_address_is_free_only_if_its_holder_really_leaves_it(db: Database) -> None:
    with db.transaction() as session:
        holder = make_device(session, name="holder", ip="10.0.0.1")
        other = make_device(session, name="other", ip="10.0.0.2")
    report = imported(db, f"id,ip,notes\n{holder},10.0.0.1,stays\n{other},10.0.0.1,\n")
    assert faults(report) == [(3, "ip")]


class Counted(dict[int, int]):
    """Parents that count how often they are asked for."""

    asked = 0

    def get(self, key: int, default: object = None) -> object:  # type: ignore[override]
        self.asked += 1
        return super().get(key, default)  # type: ignore[call-overload]


@pytest.mark.parametrize("ring", [False, True])
def test_a_long_chain_of_parents_costs_as_many_steps_as_it_has_devices(ring: bool) -> None:
    length = 20_000
    chain = Counted((number, number - 1) for number in range(2, length + 1))
    if ring:
        chain[1] = length
    found = on_circles(chain, range(length, 0, -1))
    assert len(found) == (length if ring else 0)
    assert chain.asked <= 2 * length


def test_only_those_on_a_circle_are_told_of_it_not_those_that_lead_to_it() -> None:
    parents = {1: 2, 2: 3, 3: 2, 4: 1, 5: 6, 7: 7}
    for starts in ([1, 2, 3, 4, 5, 7], [4, 7, 5, 3, 2, 1], [3, 4, 7]):
        assert on_circles(parents, starts) == {2, 3, 7}


@pytest.mark.finding(16)
def test_ten_thousand_rows_are_one_transaction_of_few_statements(db: Database) -> None:
    rows = [f"d{n},10.1.{n >> 8}.{n & 255},North,B{n % 128}" for n in range(10_000)]
    data = "\n".join(["name,ip,region,branch", *rows]).encode()
    for action, most in (("created", 15), ("unchanged", 15)):
        with db.transaction() as session:
            report = inventory.import_devices(session, data, "csv")
            assert session.statements <= most
        assert (report.applied, getattr(report, action)) == (True, 10_000)
