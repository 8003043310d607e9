"""Import and export over the API: the same columns both ways, all of it or nothing."""

from __future__ import annotations

import httpx
import pytest
from running_api import ClientFor

CSV = "name,ip,type,region,branch,tags\nბანკომატი 1,10.1.0.1,atm,იმერეთი,ქუთაისი 1,vip|new\n"


@pytest.fixture
def manager(client_for: ClientFor) -> httpx.Client:
    return client_for("manager")


def sent(client: httpx.Client, body: str | bytes, **params: object) -> httpx.Response:
    raw = body.encode() if isinstance(body, str) else body
    return client.post("/devices/import", content=raw, params=params)


def count(client: httpx.Client) -> int:
    total: int = client.get("/devices").json()["total"]
    return total


def test_a_dry_run_tells_what_a_run_does_and_writes_nothing(manager: httpx.Client) -> None:
    dry = sent(manager, CSV, dry_run=True).json()
    assert (dry["applied"], dry["created"], count(manager)) == (False, 1, 0)
    done = sent(manager, CSV).json()
    assert {**done, "dry_run": True, "applied": False} == dry
    assert count(manager) == 1


def test_what_was_exported_comes_back_unchanged(manager: httpx.Client) -> None:
    sent(manager, CSV)
    for form in ("csv", "json"):
        exported = manager.get("/devices/export", params={"format": form, "type": "atm"})
        assert f"devices.{form}" in exported.headers["content-disposition"]
        again = sent(manager, exported.content, format=form).json()
        assert (again["unchanged"], again["failed"]) == (1, 0)


def test_one_faulty_row_leaves_all_unwritten_and_is_named(manager: httpx.Client) -> None:
    report = sent(manager, CSV + "x,10.1.0.1,atm,,,\ny,not-an-address,atm,,,\n").json()
    assert (report["applied"], report["failed"]) == (False, 2)
    assert [row["errors"][0]["field"] for row in report["rows"] if row["errors"]] == ["ip", "ip"]
    assert count(manager) == 0


@pytest.mark.parametrize(
    "body", [b"\xff\xfen\x00a\x00", b"name;ip\n\xfc;1", b"what,is\n1,2\n", b"", b'{"a"'[::-1]]
)
def test_a_file_that_cannot_be_read_is_refused_with_the_way_out(
    manager: httpx.Client, body: bytes
) -> None:
    refused = sent(manager, body)
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["errors"]


def test_a_viewer_may_export_but_not_import(client_for: ClientFor) -> None:
    viewer = client_for("viewer")
    assert sent(viewer, CSV).status_code == 403
    assert viewer.get("/devices/export").status_code == 200
