"""The overview and the wall say what the rows say, in few statements, at every moment."""

from __future__ import annotations

import math
import random

import pytest
from psycopg import sql

from factories import make_branch, make_device, make_link, make_provider, make_region
from wardops import inventory
from wardops.core.database import Database, ReadSession, WriteSession
from wardops.core.http import Window
from wardops.inventory import DeviceFilter
from wardops.reporting import Overview, search, wall
from wardops.reporting.overview import STATUSES, Counts, Dashboard

STATES = (
    "state = 'up'",
    "state = 'down', down_since = now()",
    "state = 'down', down_since = now(), suppressed_by = 1",
    "state = 'up', flapping = true",
    "state = 'unknown'",
    "state = 'up', stale_after = now() - interval '1 s'",
    "state = 'up', in_maintenance = true",
)


def a_bank(session: WriteSession, *, devices: int = 60) -> None:
    """Devices and links in every state there is, in branches of two regions and in none."""
    chance = random.Random(7)  # noqa: S311
    branches = [
        make_branch(session, region_id=region)
        for region in (make_region(session), make_region(session))
        for _ in range(3)
    ]
    provider = make_provider(session)
    numbers = [
        make_device(
            session,
            branch_id=chance.choice([*branches, None]),
            type=chance.choice(["atm", "router", "switch"]),
            enabled=chance.random() > 0.1,
        )
        for _ in range(devices)
    ]
    numbers += [
        make_link(session, branch_id=chance.choice(branches), provider_id=provider)
        for _ in range(devices // 6)
    ]
    for number in numbers:
        session.execute(
            f"UPDATE target_status SET {chance.choice(STATES)} WHERE target_id = %s",  # noqa: S608
            (number,),
        )


def nonzero(counts: Counts) -> dict[str, int]:
    return {status: count for status, count in counts.items() if count and status != "all"}


def counted(session: ReadSession, condition: str) -> dict[str, int]:
    """By the definition, one row after the other."""
    statement = f"""
        SELECT shown_state(s), count(*) FROM target_status s
        LEFT JOIN devices d ON d.id = s.target_id LEFT JOIN links l ON l.id = s.target_id
        LEFT JOIN branches b ON b.id = d.branch_id WHERE {condition} GROUP BY 1"""  # noqa: S608
    return dict(session.tuples(sql.SQL(statement)))  # type: ignore[arg-type]


def agrees(session: ReadSession, board: Dashboard) -> None:
    assert nonzero(board.totals) == counted(session, "d.id IS NOT NULL")
    assert nonzero(board.links) == counted(session, "l.id IS NOT NULL")
    for entry in board.types:
        assert nonzero(entry["counts"]) == counted(session, f"d.type = '{entry['type']}'")
    for column, entries in (
        ("b.region_id", board.regions),
        ("b.id", board.branches),
        ("l.provider_id", board.providers),
    ):
        for entry in entries:
            assert nonzero(entry["counts"]) == counted(session, f"{column} = {entry['id']}")
            assert sum(nonzero(entry["counts"]).values()) == entry["counts"]["all"]


def test_every_number_is_what_counting_the_rows_gives(db: Database) -> None:
    with db.transaction() as session:
        a_bank(session)
    with db.reading() as session:
        board = Overview().look(session)
        agrees(session, board)
        assert set(nonzero(board.totals)) == set(STATUSES)


def test_a_look_costs_two_statements_while_the_inventory_stays(db: Database) -> None:
    with db.transaction() as session:
        a_bank(session)
    overview = Overview()
    with db.reading() as session:
        overview.look(session)
    with db.transaction() as session:
        session.execute("UPDATE target_status SET state = 'down', down_since = now()")
    with db.reading() as session:
        board = overview.look(session)
        assert session.statements == 2
        agrees(session, board)


@pytest.mark.finding(19)
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE devices SET type = 'ups'",
        "UPDATE devices SET enabled = NOT enabled",
        "UPDATE devices SET branch_id = (SELECT min(id) FROM branches)",
        "DELETE FROM devices WHERE id % 2 = 0",
        "UPDATE branches SET name = name || ' moved', region_id = (SELECT max(id) FROM regions)",
        "UPDATE regions SET name = 'Region of ' || id",
        "DELETE FROM links",
        "INSERT INTO providers (name) VALUES ('Third')",
    ],
)
def test_a_change_of_the_inventory_is_in_the_very_next_look(db: Database, change: str) -> None:
    overview = Overview()
    with db.transaction() as session:
        a_bank(session, devices=24)
    with db.reading() as session:
        overview.look(session)
    with db.transaction() as session:
        session.execute(change)  # type: ignore[arg-type]
    with db.reading() as session:
        board, afresh = overview.look(session), Overview().look(session)
        agrees(session, board)
    assert (board.regions, board.branches) == (afresh.regions, afresh.branches)
    assert (board.types, board.providers) == (afresh.types, afresh.providers)


def test_an_empty_instance_has_an_overview(db: Database) -> None:
    with db.reading() as session:
        board = Overview().look(session)
    assert board.totals["all"] == board.links["all"] == 0
    assert board.branches == board.facts["events"] == board.facts["top"] == []
    assert set(board.availability) == {"today", "d7", "d30"}


@pytest.mark.parametrize("status", STATUSES)
def test_a_list_by_status_holds_what_the_overview_counts(db: Database, status: str) -> None:
    with db.transaction() as session:
        a_bank(session)
    with db.reading() as session:
        found, total = inventory.find_devices(
            session, DeviceFilter(statuses=[status]), Window(limit=100)
        )
        assert total == len(found) == Overview().look(session).totals[status]
        assert {device.status for device in found} == {status}


@pytest.mark.parametrize("sort", ["status", "name", "ip", "rtt_ms", "type", "branch"])
def test_every_order_of_a_filtered_list_holds_the_same_devices(db: Database, sort: str) -> None:
    with db.transaction() as session:
        a_bank(session)
    wanted = DeviceFilter(statuses=["down", "stale", "up"], types=["atm", "router"])
    with db.reading() as session:
        plain = inventory.find_devices(session, wanted, Window())
        ordered = inventory.find_devices(session, wanted, Window(sort=((sort, True),)))
        paged = [
            inventory.find_devices(session, wanted, Window(skip, 4, ((sort, True),)))
            for skip in range(0, plain[1] + 8, 4)
        ]
    assert {total for _, total in [plain, ordered, *paged]} == {plain[1]}
    assert sorted(ordered[0]) == sorted(plain[0])
    assert [device for found, _ in paged for device in found] == ordered[0]


def test_devices_with_trouble_come_first_by_status(db: Database) -> None:
    with db.transaction() as session:
        a_bank(session)
    with db.reading() as session:
        found, _ = inventory.find_devices(
            session, DeviceFilter(), Window(sort=(("status", False),))
        )
    worst_first = ["down", "unreachable", "flapping", "stale", "unknown", "maintenance", "paused"]
    places = [[*worst_first, "up"].index(device.status) for device in found]
    assert places == sorted(places)
    assert len(set(places)) == len(STATUSES)


def test_the_wall_shows_the_enabled_in_columns_of_one_length(db: Database) -> None:
    with db.transaction() as session:
        a_bank(session)
        session.execute("UPDATE target_status SET rtt_ms = 0.101 WHERE target_id % 2 = 0")
    with db.reading() as session:
        seen = wall(session)
        enabled = session.value("SELECT count(*) FROM devices WHERE enabled")
    assert {len(column) for column in seen.columns.values()} == {enabled}
    rtts = dict(zip(seen.columns["id"], seen.columns["rtt_ms"], strict=True))
    assert all(
        math.isnan(rtt) if number % 2 else rtt == pytest.approx(0.101)
        for number, rtt in rtts.items()
    )


def test_a_search_finds_all_kinds_and_puts_beginnings_first(db: Database) -> None:
    with db.transaction() as session:
        branch = make_branch(session, name="Old Batumi")
        make_device(session, name="batumi-atm-1", branch_id=branch)
        make_device(session, name="spare of batumi")
        make_link(session, name="Batumi uplink", branch_id=branch)
        make_device(session, name="till", serial="SN-77", tags=["vip"])
    with db.reading() as session:
        found = search(session, "BATUMI", limit=5)
        for text in ("sn-77", "VIP"):
            assert [each.name for each in search(session, text, limit=5).devices] == ["till"]
    assert [device.name for device in found.devices] == ["batumi-atm-1", "spare of batumi"]
    assert [each.name for each in found.branches] == ["Old Batumi"]
    assert [each.name for each in found.links] == ["Batumi uplink"]


def test_a_found_incident_tells_its_cause_so_that_any_language_can_name_it(db: Database) -> None:
    with db.transaction() as session:
        session.execute(
            "INSERT INTO incidents (cause_key, kind, severity, title, cause_kind, cause_id,"
            " cause_name, opened_at, last_change_at) VALUES"
            " ('device:7', 'device_down', 'critical', 'kutaisi-atm is down', 'device', 7,"
            " 'kutaisi-atm', now(), now()),"
            " ('system:disk', 'system', 'high', 'Kutaisi disk is full', '', NULL, '', now(), now())"
        )
    with db.reading() as session:
        found = search(session, "kutaisi", limit=5).incidents
    assert {each.kind: each.cause for each in found} == {
        "device_down": {"kind": "device", "id": 7, "name": "kutaisi-atm"},
        "system": None,
    }
