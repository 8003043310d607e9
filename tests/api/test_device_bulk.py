"""Bulk writes over the API: rows are named, notices come once, roles hold."""

from __future__ import annotations

import httpx
import pytest
from running_api import ClientFor

from wardops.core.database import Database

pytestmark = pytest.mark.finding(16)


@pytest.fixture
def manager(client_for: ClientFor) -> httpx.Client:
    return client_for("manager")


def bulk(client: httpx.Client, what: str, **body: object) -> dict[str, object]:
    answer = client.post(f"/devices/bulk/{what}", json=body)
    assert answer.status_code == 200, answer.text
    told: dict[str, object] = answer.json()
    return told


def refused(client: httpx.Client, what: str, **body: object) -> httpx.Response:
    answer = client.post(f"/devices/bulk/{what}", json=body)
    assert answer.headers["content-type"] == "application/problem+json"
    return answer


def wishes(count: int, **more: object) -> list[dict[str, object]]:
    return [{"name": f"d{n}", "ip": f"10.0.{n >> 8}.{n & 255}", **more} for n in range(count)]


def notices(db: Database) -> int:
    with db.reading() as session:
        return int(session.value("SELECT count(*) FROM stream_events WHERE kind = 'inventory'"))


def test_devices_are_added_changed_and_removed_with_one_notice_each(
    manager: httpx.Client, db: Database
) -> None:
    made = bulk(manager, "create", devices=wishes(300, vendor="Cisco"))
    assert (made["applied"], made["created"], notices(db)) == (True, 300, 1)
    ids = [row["id"] for row in made["rows"]]  # type: ignore[attr-defined]
    told = bulk(manager, "update", ids=ids, changes={"enabled": False, "add_tags": ["night"]})
    assert (told["updated"], notices(db)) == (300, 2)
    device = manager.get(f"/devices/{ids[0]}").json()
    assert (device["enabled"], device["status"], device["tags"]) == (False, "paused", ["night"])
    assert device["vendor"] == "Cisco"
    gone = bulk(manager, "delete", filter={"tag": "night"}, expected=300)
    assert (gone["deleted"], notices(db)) == (300, 3)
    assert manager.get("/devices").json()["total"] == 0


def test_nobody_is_told_of_what_did_not_happen(manager: httpx.Client, db: Database) -> None:
    bulk(manager, "create", devices=wishes(2), dry_run=True)
    bulk(manager, "create", devices=[*wishes(2), {}])
    bulk(manager, "delete", ids=[999], mode="each")
    assert notices(db) == 0


@pytest.mark.parametrize(("mode", "count"), [("all", 0), ("each", 2)])
def test_a_row_that_cannot_be_read_is_named_like_any_other(
    manager: httpx.Client, mode: str, count: int
) -> None:
    rows = [*wishes(2), {"name": 5, "ip": "10.9.0.1", "color": "red"}, "nothing", {"name": "x"}]
    told = bulk(manager, "create", devices=rows, mode=mode)
    faults = [(row["row"], e["field"]) for row in told["rows"] for e in row["errors"]]  # type: ignore[attr-defined]
    assert faults == [(3, "name"), (3, "color"), (4, "row"), (5, "ip")]
    assert (told["failed"], manager.get("/devices").json()["total"]) == (3, count)


def test_null_empties_a_reference_and_what_is_left_out_stays(manager: httpx.Client) -> None:
    region = manager.post("/regions", json={"name": "r"}).json()["id"]
    branch = manager.post("/branches", json={"name": "b", "region_id": region}).json()["id"]
    made = bulk(manager, "create", devices=wishes(1, branch_id=branch, notes="n"))
    [row] = made["rows"]  # type: ignore[misc]
    bulk(manager, "update", ids=[row["id"]], changes={"branch_id": None})
    device = manager.get(f"/devices/{row['id']}").json()
    assert (device["branch"], device["notes"]) == (None, "n")


@pytest.mark.parametrize(
    ("what", "body", "field"),
    [
        ("delete", {}, "ids"),
        ("delete", {"filter": {}}, "filter"),
        ("delete", {"filter": {"colour": "red"}}, "filter.colour"),
        ("delete", {"ids": ["one"]}, "ids.0"),
        ("delete", {"ids": list(range(1, 10_002))}, "ids"),
        ("update", {"ids": [1], "changes": {}}, "changes"),
        ("update", {"ids": [1], "changes": {"name": "all the same"}}, "changes.name"),
        ("update", {"ids": [1], "changes": {"branch_id": 99}}, "changes.branch_id"),
        ("update", {"ids": [1], "changes": {"enabled": None}}, "changes.enabled"),
        ("create", {"devices": [{}] * 10_001}, "devices"),
        ("create", {"devices": [], "mode": "some"}, "mode"),
    ],
)
def test_a_request_that_is_wrong_as_a_whole_names_its_field(
    manager: httpx.Client, what: str, body: dict[str, object], field: str
) -> None:
    answer = refused(manager, what, **body)
    assert answer.status_code == 422, answer.text
    assert [each["field"] for each in answer.json()["errors"]] == [field]


def test_a_filter_that_grew_meanwhile_is_a_conflict(manager: httpx.Client) -> None:
    bulk(manager, "create", devices=wishes(2, vendor="Cisco"))
    answer = refused(manager, "delete", filter={"vendor": ["Cisco"]}, expected=1)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (409, "expected")


@pytest.mark.parametrize("announced", [True, False])
@pytest.mark.parametrize(
    ("path", "way_out"),
    [("/devices/import", "ward devices import"), ("/devices/bulk/create", "several requests")],
)
def test_a_body_that_is_too_large_is_told_the_limit_and_the_way_out(
    manager: httpx.Client, path: str, way_out: str, announced: bool
) -> None:
    body = b" " * 32_000_001
    sent = body if announced else iter([body])
    answer = manager.post(path, content=sent, headers={"Content-Type": "application/json"})
    assert answer.status_code == 413
    assert "32 MB" in answer.json()["detail"]
    assert way_out in answer.json()["detail"]


def test_a_viewer_and_an_operator_may_not(client_for: ClientFor) -> None:
    for role in ("viewer", "operator"):
        client = client_for(role)
        for what in ("create", "update", "delete"):
            assert refused(client, what).status_code == 403
