"""The whole line on the real stack: silence, confirmation, one incident, the stream, recovery."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import httpx
import pytest

from flow.bank import Json, device, incidents, signed_in, silent
from running_ward import Ward

WaitUntil = Callable[..., None]
pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def client(stack: Ward) -> Iterator[httpx.Client]:
    """Signed in on a bank whose devices have all been seen."""
    with signed_in(stack) as client:
        yield client


@pytest.fixture
def settled(client: httpx.Client, wait_until: WaitUntil) -> httpx.Client:
    """All devices are up and nothing is open."""

    def is_calm() -> bool:
        totals = client.get("/dashboard").json()["totals"]
        calm: bool = totals["up"] + totals["flapping"] == totals["all"] > 800
        return calm and not incidents(client, state="open")

    wait_until(is_calm, within_s=45, what="all devices up, no open incident")
    return client


def test_every_device_of_the_bank_gets_a_true_state(settled: httpx.Client) -> None:
    totals = settled.get("/dashboard").json()["totals"]
    listed = settled.get("/devices", params={"status": "up", "limit": 1}).json()["total"]
    assert totals["all"] == 900
    assert totals["up"] == listed


def test_a_silent_device_is_an_incident_until_it_answers(
    settled: httpx.Client, wait_until: WaitUntil
) -> None:
    terminal = device(settled, "pos-b030-1")
    with silent(terminal["ip"]):
        wait_until(
            lambda: incidents(settled, device_id=terminal["id"], state="open"),
            within_s=15,
            what="an incident",
        )
        shown = device(settled, "pos-b030-1")
        assert (shown["status"], shown["reason"]) == ("down", "no_answer")
        assert shown["down_since"] is not None
    wait_until(
        lambda: not incidents(settled, device_id=terminal["id"], state="open"),
        within_s=15,
        what="it resolved",
    )
    story = settled.get(f"/incidents/{incidents(settled, device_id=terminal['id'])[0]['id']}")
    kinds = [entry["kind"] for entry in story.json()["timeline"]]
    assert kinds == ["first_lost", "confirmed", "opened", "recovered", "resolved"]


def test_a_silent_branch_is_one_incident_with_its_devices_inside(
    settled: httpx.Client, wait_until: WaitUntil
) -> None:
    branch = device(settled, "rtr-b050-1")["branch"]
    params = {"branch_id": branch["id"], "limit": 100}
    devices = settled.get("/devices", params=params).json()["items"]
    links = settled.get("/links", params=params).json()["items"]
    addresses = [d["ip"] for d in devices] + [link["probe_address"] for link in links]
    before = {i["id"] for i in incidents(settled)}
    with silent(*addresses):
        wait_until(
            lambda: (
                [
                    i["subjects_down"]
                    for i in incidents(settled, branch_id=branch["id"], state="open")
                ]
                == [len(addresses)]
            ),
            within_s=20,
            what="one incident with the whole branch inside",
        )
        opened = [i for i in incidents(settled) if i["id"] not in before]
        assert [(i["kind"], i["cause"]["kind"]) for i in opened] == [("branch_down", "branch")]
    wait_until(
        lambda: not incidents(settled, branch_id=branch["id"], state="open"),
        within_s=25,
        what="it resolved",
    )


def test_the_stream_tells_an_outage_and_goes_on_where_it_broke_off(settled: httpx.Client) -> None:
    target = device(settled, "sw-b060-1")
    with settled.stream("GET", "/events", timeout=30) as answer:
        events = _events(answer)
        start = next(events)["cursor"]
        with silent(target["ip"]):
            down = next(e for e in events if _says(e, target["id"], "down"))
        up = next(e for e in events if _says(e, target["id"], "up"))
    with settled.stream("GET", "/events", headers={"Last-Event-ID": start}) as answer:
        events = _events(answer)
        again = [next(e for e in events if _says(e, target["id"], s)) for s in ("down", "up")]
    assert again == [down, up]


def _events(answer: httpx.Response) -> Iterator[Json]:
    kind = ""
    for line in answer.iter_lines():
        if line.startswith("event: "):
            kind = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield {"kind": kind, **json.loads(line.removeprefix("data: "))}


def _says(event: Json, target_id: int, state: str) -> bool:
    targets = event.get("targets", [])
    return any(t["id"] == target_id and t["state"] == state for t in targets)


def test_a_device_that_is_added_is_checked_at_once(
    settled: httpx.Client, wait_until: WaitUntil
) -> None:
    body = {"name": "ახალი ბანკომატი", "ip": "127.99.0.1", "type": "atm"}
    added = settled.post("/devices", json=body).raise_for_status().json()
    assert added["status"] == "unknown"
    wait_until(
        lambda: settled.get(f"/devices/{added['id']}").json()["status"] == "up",
        within_s=10,
        what="a first check",
    )
    assert settled.delete(f"/devices/{added['id']}").status_code == 204
