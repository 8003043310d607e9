"""Each part killed in turn while devices fall silent: nothing is lost, nothing is told twice."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import psycopg
import pytest

from flow.bank import device, incidents, signed_in, silent
from running_ward import Ward, running_ward
from wardops.embedded import Places, read_instance

WaitUntil = Callable[..., None]
pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ward]:
    """A bank of its own, since it gets hurt."""
    folder: Path = tmp_path_factory.mktemp("faults") / "data"
    with running_ward(folder, "--demo", "--no-scenario") as ward:
        yield ward


def _child_of(pid: int) -> int:
    return psutil.Process(pid).children()[-1].pid


VICTIMS: dict[str, Callable[[Ward], int]] = {
    "a child of the probe worker": lambda ward: _child_of(ward.pid("worker-probe")),
    "the probe worker": lambda ward: ward.pid("worker-probe"),
    "the other worker": lambda ward: ward.pid("worker-core"),
    "the scheduler": lambda ward: ward.pid("scheduler"),
    "the API": lambda ward: ward.pid("api"),
    "Valkey": lambda ward: ward.pid("valkey"),
    "PostgreSQL": lambda ward: ward.pid("postgres"),
}


@pytest.mark.finding(13)
@pytest.mark.parametrize(("number", "victim"), list(enumerate(VICTIMS)))
def test_an_outage_during_a_kill_is_found_once_and_its_end_too(
    bank: Ward, wait_until: WaitUntil, number: int, victim: str
) -> None:
    wait_until(lambda: _all_up(bank), within_s=60, what="all devices up before")
    with signed_in(bank) as client:
        target = device(client, f"sw-b{70 + number:03d}-1")
    os.kill(VICTIMS[victim](bank), signal.SIGKILL)
    with silent(target["ip"]):
        wait_until(lambda: _open(bank, target["id"]), within_s=45, what=f"found after {victim}")
    wait_until(lambda: not _open(bank, target["id"]), within_s=45, what="its end")
    assert _transitions(bank, target["id"])[-2:] == [("up", "down"), ("down", "up")]
    assert _doubled(bank) == 0


def _all_up(bank: Ward) -> bool:
    try:
        with signed_in(bank) as client:
            totals = client.get("/dashboard").raise_for_status().json()["totals"]
    except httpx.HTTPError:
        return False
    up: bool = totals["up"] + totals["flapping"] == totals["all"] > 800
    return up


def _open(bank: Ward, target_id: int) -> bool:
    try:
        with signed_in(bank) as client:
            return bool(incidents(client, device_id=target_id, state="open"))
    except httpx.HTTPError:
        return False


def _rows(bank: Ward, statement: str, *values: object) -> list[tuple[object, ...]]:
    instance = read_instance(Places(bank.data))
    assert instance is not None
    with psycopg.connect(instance.database_url) as connection:
        return connection.execute(statement.encode(), values).fetchall()


def _transitions(bank: Ward, target_id: int) -> list[tuple[object, ...]]:
    return _rows(
        bank,
        "SELECT old_state, new_state FROM status_events WHERE target_id = %s ORDER BY at, id",
        target_id,
    )


def _doubled(bank: Ward) -> object:
    """Pairs of neighbouring events of a target that say the same."""
    return _rows(
        bank,
        """
        SELECT count(*) FROM (SELECT new_state, lag(new_state) OVER (
            PARTITION BY target_id ORDER BY at, id) AS before FROM status_events) e
        WHERE new_state = before
        """,
    )[0][0]
