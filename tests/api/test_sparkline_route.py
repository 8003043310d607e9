"""Small curves of the rows of a list."""

from __future__ import annotations

import httpx
import pytest
from running_api import ClientFor

from factories import make_device
from wardops.core.database import Database


@pytest.fixture
def viewer(client_for: ClientFor) -> httpx.Client:
    return client_for("viewer")


def test_each_id_has_a_day_of_values(viewer: httpx.Client, db: Database) -> None:
    with db.transaction() as session:
        one, other = make_device(session), make_device(session)
        session.execute(
            "INSERT INTO ping_results (at, target_id, sent, lost, rtt_avg) VALUES (now(),%s,4,1,1)",
            (one,),
        )
    body = viewer.get("/devices/sparklines", params={"ids": f"{one},{other}"}).json()
    assert [line["id"] for line in body["items"]] == [one, other]
    assert body["step_s"] * len(body["items"][0]["rtt_ms"]) == 86_400
    assert (body["items"][0]["rtt_ms"][-1], body["items"][0]["loss_ratio"][-1]) == (1000, 0.25)
    assert set(body["items"][1]["rtt_ms"] + body["items"][1]["loss_ratio"]) == {None}


@pytest.mark.parametrize(
    "ids", ["", "a", "1,", "1,-2", ",".join(["1"] * 201), "9999999999999999999", "٣"]
)
def test_what_is_no_list_of_ids_is_refused_by_its_field(viewer: httpx.Client, ids: str) -> None:
    refused = viewer.get("/devices/sparklines", params={"ids": ids})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "ids"
