"""The inventory over the API: what is written is read back; old states are refused."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from running_api import ClientFor

from factories import make_branch, make_device, make_link, make_region
from wardops.core.clock import now
from wardops.core.database import Database

PLACES: dict[str, dict[str, Any]] = {
    "sites": {"name": "kutaisi", "description": "დასავლეთი"},
    "regions": {"name": "იმერეთი", "code": "IM"},
    "branches": {"name": "ქუთაისი 1", "code": "K1", "city": "ქუთაისი", "latitude": 42.26},
    "providers": {"name": "მაგთი", "phone": "+995 32 2"},
    "profiles": {"name": "fast", "ping_cadence_s": 1.5},
}


@pytest.fixture
def manager(client_for: ClientFor) -> httpx.Client:
    return client_for("manager")


@pytest.mark.parametrize("plural", PLACES)
def test_a_place_is_added_changed_and_removed(
    manager: httpx.Client, db: Database, plural: str
) -> None:
    body = dict(PLACES[plural])
    if plural == "branches":
        with db.transaction() as session:
            body["region_id"] = make_region(session)
    made = manager.post(f"/{plural}", json=body)
    assert made.status_code == 201
    path = f"/{plural}/{made.json()['id']}"
    assert manager.get(path).json() == made.json()
    assert PLACES[plural].items() <= made.json().items()
    assert manager.get(f"/{plural}", params={"q": body["name"]}).json()["total"] == 1
    assert manager.post(f"/{plural}", json=body).json()["code"] == "conflict"
    assert manager.patch(path, json={"name": "renamed"}).json()["name"] == "renamed"
    assert manager.delete(path).status_code == 204
    assert manager.get(path).status_code == 404


@pytest.mark.parametrize("plural", ["branches", "devices", "links"])
def test_a_change_made_from_an_old_state_is_refused(
    manager: httpx.Client, db: Database, plural: str
) -> None:
    make = {"branches": make_branch, "devices": make_device, "links": make_link}[plural]
    with db.transaction() as session:
        path = f"/{plural}/{make(session)}"
    old = {"If-Match": manager.get(path).headers["ETag"]}
    assert manager.patch(path, json={"name": "first"}, headers=old).status_code == 200
    refused = manager.patch(path, json={"name": "second"}, headers=old)
    assert (refused.status_code, refused.json()["code"]) == (412, "outdated")
    assert manager.get(path).json()["name"] == "first"
    assert manager.patch(path, json={"name": "any"}, headers={"If-Match": "*"}).status_code == 200


def test_a_branch_in_use_is_kept_and_its_users_are_counted(
    manager: httpx.Client, db: Database
) -> None:
    with db.transaction() as session:
        branch = make_branch(session)
        make_device(session, branch_id=branch)
        make_link(session, branch_id=branch)
    refused = manager.delete(f"/branches/{branch}")
    assert refused.status_code == 409
    assert "1 device and 1 link" in refused.json()["detail"]
    assert manager.get(f"/branches/{branch}").json()["status_counts"] == {"unknown": 1}


def test_a_change_of_a_device_leaves_out_what_it_does_not_name(
    manager: httpx.Client, db: Database
) -> None:
    with db.transaction() as session:
        number = make_device(session, branch_id=make_branch(session), tags=["vip"])
    changed = manager.patch(f"/devices/{number}", json={"branch_id": None}).json()
    assert (changed["branch"], changed["region"], changed["tags"]) == (None, None, ["vip"])
    assert changed["version"] == 2


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ip": "10.0.0.1/24"}, "ip"),
        ({"ip": "127.0.0.1"}, "ip"),
        ({"name": ""}, "name"),
        ({"name": None}, "name"),
        ({"type": "toaster"}, "type"),
        ({"branch_id": 999}, "branch_id"),
        ({"enabled": "yes"}, "enabled"),
        ({"custom": {"a": []}}, "custom"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_faulty_change_names_its_field(
    manager: httpx.Client, db: Database, change: dict[str, object], field: str
) -> None:
    with db.transaction() as session:
        number = make_device(session)
    refused = manager.patch(f"/devices/{number}", json=change)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"].startswith(field)


def test_a_write_is_told_to_open_browsers(manager: httpx.Client) -> None:
    before = manager.get("/events/poll").json()["cursor"]
    manager.post("/regions", json={"name": "აჭარა"})
    told = manager.get("/events/poll", params={"after": before}).json()["events"]
    assert [(each["type"], each["data"]) for each in told] == [("inventory", {"change": "regions"})]


def pinged(db: Database, target: int, *, start: datetime, count: int) -> None:
    """History of `count` rows, 30 s apart, each with one answer of two pings."""
    with db.transaction() as session:
        session.execute(
            """
            INSERT INTO ping_results (at, target_id, sent, lost, rtt_min, rtt_avg, rtt_max, jitter)
            SELECT %s + make_interval(secs => 30 * n), %s, 2, 1, 0.001, 0.002, 0.003, 0
            FROM generate_series(0, %s - 1) n
            """,
            (start, target, count),
        )


def test_history_has_no_more_points_than_asked_for_and_none_in_a_gap(
    manager: httpx.Client, db: Database
) -> None:
    end = now().replace(microsecond=0)
    start = end - timedelta(hours=1)
    with db.transaction() as session:
        number = make_device(session)
    pinged(db, number, start=start, count=60)
    span = {"from": start.isoformat(), "to": end.isoformat()}
    whole = manager.get(f"/devices/{number}/history", params={**span, "points": 10}).json()
    assert whole["resolution_s"] == 360
    assert [point["sent"] for point in whole["points"]] == [24, 24, 24, 24, 24]
    assert whole["points"][0]["rtt_avg_ms"] == pytest.approx(2)
    fine = manager.get(f"/devices/{number}/history", params=span).json()
    assert (fine["resolution_s"], len(fine["points"])) == (30, 60)


def test_events_and_incidents_of_a_target_are_lists(manager: httpx.Client, db: Database) -> None:
    with db.transaction() as session:
        device, link = make_device(session), make_link(session)
        session.execute(
            """
            INSERT INTO status_events (target_id, at, slot, old_state, new_state, reason)
            SELECT id, now(), 1, 'unknown', 'up', 'answered' FROM unnest(%s::bigint[]) id
            """,
            ([device, link],),
        )
    for path in (f"/devices/{device}/events", f"/links/{link}/events"):
        answer = manager.get(path).json()
        assert (answer["total"], answer["items"][0]["to_state"]) == (1, "up")
    assert manager.get(f"/devices/{device}/incidents").json()["items"] == []
    assert manager.get("/devices/999999/events").status_code == 404
