"""At 10,000 devices the lists filter, sort and count in SQL, in few statements, by index."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, LiteralString

import psycopg
import pytest
from psycopg import sql

from wardops import inventory
from wardops.core.database import Parameters, ReadSession, Row, Statement
from wardops.core.http import Window
from wardops.inventory import DeviceFilter

if TYPE_CHECKING:
    from conftest import Stores

COUNT = 10_000

FILL = """
INSERT INTO regions (name) SELECT 'Region ' || n FROM generate_series(1, 10) n;
INSERT INTO branches (region_id, name)
    SELECT (SELECT min(id) FROM regions) + n % 10, 'Branch ' || n FROM generate_series(0, 199) n;
INSERT INTO devices (site_id, branch_id, name, ip, type, vendor, serial, tags, custom, enabled)
    SELECT (SELECT min(id) FROM sites), (SELECT min(id) FROM branches) + n % 200,
        'device-' || n, '10.0.0.0'::inet + n, CASE n % 5 WHEN 0 THEN 'router' ELSE 'atm' END,
        'Vendor ' || n % 50, 'SN' || n, ARRAY['tag-' || n % 500],
        jsonb_build_object('rack', 'R' || n), n % 20 <> 0
    FROM generate_series(1, 10000) n;
UPDATE devices SET parent_id = (SELECT min(id) FROM devices) WHERE id % 400 = 0
    AND id <> (SELECT min(id) FROM devices);
"""


@pytest.fixture(scope="module")
def bank_url(stores: Stores) -> Iterator[str]:
    """10,000 devices in 200 branches of 10 regions, with fresh statistics; made once."""
    with psycopg.connect(stores.postgres, autocommit=True) as server:
        server.execute("CREATE DATABASE test_bank TEMPLATE ward_template")
        with psycopg.connect(stores.database("test_bank"), autocommit=True) as connection:
            connection.execute(FILL)
            connection.execute("ANALYZE")
        yield stores.database("test_bank")
        server.execute("DROP DATABASE test_bank WITH (FORCE)")


@pytest.fixture
def bank(bank_url: str) -> Iterator[ReadSession]:
    """A session on the bank."""
    with psycopg.connect(bank_url) as connection:
        connection.execute("SET TRANSACTION READ ONLY")
        yield ReadSession(lambda: connection)


class Explained(ReadSession):
    """A session that keeps the plan of each statement it is given."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        super().__init__(lambda: connection)
        self.connection = connection
        self.plans: list[str] = []

    def tuples(
        self, statement: Statement, parameters: Parameters = None, **options: bool
    ) -> list[tuple[Any, ...]]:
        self._explain(statement, parameters)
        return super().tuples(statement, parameters, **options)

    def rows(
        self, kind: type[Row], statement: Statement, parameters: Parameters = None
    ) -> list[Row]:
        self._explain(statement, parameters)
        return super().rows(kind, statement, parameters)

    def _explain(self, statement: Statement, parameters: Parameters) -> None:
        composed = sql.SQL(statement) if isinstance(statement, str) else statement
        plan = self.connection.execute(sql.SQL("EXPLAIN ") + composed, parameters)
        self.plans.append("\n".join(line for (line,) in plan))


@pytest.mark.finding(6)
@pytest.mark.finding(18)
@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (DeviceFilter(enabled=True, vendors=["Vendor 7"]), "devices_enabled_vendor"),
        (DeviceFilter(branch_id=7), "devices_branch"),
        (DeviceFilter(parent_id=7), "devices_parent"),
        (DeviceFilter(tag="tag-7"), "devices_tags"),
    ],
)
def test_a_filtered_list_and_its_count_use_the_index(
    bank_url: str, wanted: DeviceFilter, index: str
) -> None:
    with psycopg.connect(bank_url) as connection:
        session = Explained(connection)
        inventory.find_devices(session, wanted, Window(limit=10))
    found, *page = session.plans
    assert index in found
    assert "Seq Scan on devices d" not in "".join(session.plans)
    assert all("devices_pkey" in plan for plan in page)


@pytest.mark.finding(6)
@pytest.mark.parametrize(
    ("condition", "index"),
    [
        ("profile_id = 77", "devices_profile"),
        ("site_id = 1 AND ip = '10.0.0.77'", "devices_address_key"),
        ('custom @> \'{"rack": "R77"}\'', "devices_custom"),
    ],
)
def test_devices_are_looked_up_by_index(
    bank: ReadSession, condition: LiteralString, index: str
) -> None:
    rows = bank.tuples(sql.SQL("EXPLAIN SELECT id FROM devices WHERE ") + sql.SQL(condition))
    plan = "\n".join(line for (line,) in rows)
    assert index in plan
    assert "Seq Scan on devices" not in plan


@pytest.mark.finding(18)
@pytest.mark.parametrize(
    "wanted",
    [
        DeviceFilter(),
        DeviceFilter(q="device-77"),
        DeviceFilter(statuses=["unknown"], types=["atm"], vendors=["Vendor 7"], enabled=True),
        DeviceFilter(tag="tag-7"),
    ],
)
def test_a_page_of_devices_costs_two_statements(bank: ReadSession, wanted: DeviceFilter) -> None:
    found, total = inventory.find_devices(bank, wanted, Window(limit=10))
    assert bank.statements == 2
    assert len(found) == min(10, total)
    assert total > 0


@pytest.mark.finding(18)
def test_filters_hold_together_and_are_counted_by_the_database(bank: ReadSession) -> None:
    wanted = DeviceFilter(types=["atm"], vendors=["Vendor 7"], enabled=True)
    found, total = inventory.find_devices(bank, wanted, Window(limit=1000))
    assert total == len(found) == 200
    assert {(each.type, each.vendor, each.enabled) for each in found} == {("atm", "Vendor 7", True)}


@pytest.mark.finding(20)
def test_pages_put_together_are_the_whole_list_without_a_gap(bank: ReadSession) -> None:
    order = (("vendor", True),)
    pages = [
        inventory.find_devices(bank, DeviceFilter(), Window(skip=skip, limit=1000, sort=order))
        for skip in range(0, COUNT, 1000)
    ]
    ids = [device.id for found, _ in pages for device in found]
    assert {total for _, total in pages} == {COUNT}
    assert len(set(ids)) == COUNT


def test_what_has_no_value_is_sorted_last_both_ways(bank: ReadSession) -> None:
    for descending in (False, True):
        window = Window(limit=1, sort=(("branch", descending),))
        [first], _ = inventory.find_devices(bank, DeviceFilter(), window)
        assert first.branch is not None
        [first], _ = inventory.find_devices(
            bank, DeviceFilter(), Window(limit=1, sort=(("down_since", descending), ("id", False)))
        )
        assert first.down_since is None


@pytest.mark.parametrize("q", ["%", "_", "100%", "\\", "' OR true --", "'; DROP TABLE devices; --"])
def test_a_search_takes_every_character_as_it_is(bank: ReadSession, q: str) -> None:
    assert inventory.find_devices(bank, DeviceFilter(q=q), Window()) == ([], 0)


@pytest.mark.parametrize(
    ("q", "name"),
    [("DEVICE-7777", "device-7777"), ("10.0.30.97", "device-7777"), ("sn7777", "device-7777")],
)
def test_a_search_finds_name_address_and_serial(bank: ReadSession, q: str, name: str) -> None:
    found, total = inventory.find_devices(bank, DeviceFilter(q=q), Window())
    assert [each.name for each in found] == [name]
    assert total == 1


@pytest.mark.finding(18)
def test_facets_are_one_statement_and_add_up(bank: ReadSession) -> None:
    facets = inventory.device_facets(bank, DeviceFilter(types=["router"]))
    assert bank.statements == 1
    assert [(each.value, each.count) for each in facets.type] == [("router", 2000)]
    for group in (facets.status, facets.vendor, facets.region):
        assert sum(each.count for each in group) == 2000


def test_the_targets_of_the_plan_are_one_statement(bank: ReadSession) -> None:
    targets = inventory.targets_to_probe(bank, link_cadence_ms=5000, device_cadence_ms=10_000)
    assert bank.statements == 1
    assert len(targets) == COUNT - COUNT // 20


@pytest.mark.finding(18)
@pytest.mark.parametrize("table", [inventory.BRANCHES, inventory.REGIONS])
def test_a_page_of_places_with_its_counts_costs_two_statements(
    bank: ReadSession, table: inventory.Table[inventory.Branch]
) -> None:
    found, _ = inventory.find_places(bank, table, Window(limit=1000))
    assert bank.statements == 2
    assert sum(each.device_count for each in found) == COUNT
