"""Answers that are written without validation keep to the models that the reference shows."""

from __future__ import annotations

from typing import Any

import httpx
import orjson
import pytest
from pydantic import BaseModel
from running_api import ClientFor

from factories import make_branch, make_device, make_link, make_provider
from wardops.api.branches import BranchOut
from wardops.api.devices import DeviceOut
from wardops.api.links import LinkOut
from wardops.api.overview import DashboardOut, WallOut
from wardops.core.database import Database
from wardops.core.http import Page

MODELS: dict[str, type[BaseModel]] = {
    "/devices": Page[DeviceOut],
    "/links": Page[LinkOut],
    "/branches": Page[BranchOut],
    "/dashboard": DashboardOut,
    "/wall": WallOut,
}


@pytest.fixture
def viewer(client_for: ClientFor, db: Database) -> httpx.Client:
    """Somebody who reads a bank with every field of a device filled in, and with none."""
    with db.transaction() as session:
        branch = make_branch(session, name="ბათუმი", latitude=41.6, longitude=41.6)
        router = make_device(session, name="მარშრუტიზატორი", branch_id=branch, type="router")
        full: dict[str, Any] = {
            "branch_id": branch,
            "parent_id": router,
            "tags": ["vip", "24/7"],
            "custom": {"rack": "R1", "height": 2, "spare": None, "share": 0.5, "ok": True},
            "vendor": "NCR",
            "notes": 'a "quoted"\nnote',
        }
        make_device(session, **full)
        make_link(session, branch_id=branch, provider_id=make_provider(session))
        session.execute(
            "UPDATE target_status SET state = 'down', down_since = now(), rtt_ms = 0.1,"
            " last_checked_at = now(), loss_ratio = 1 WHERE target_id = %s",
            (router,),
        )
    return client_for("viewer")


@pytest.mark.parametrize("path", MODELS)
def test_an_answer_is_what_its_model_would_have_written(viewer: httpx.Client, path: str) -> None:
    answer = viewer.get(path)
    assert answer.headers["content-type"] == "application/json"
    model = MODELS[path].model_validate_json(answer.content, strict=True)
    again = orjson.loads(model.model_dump_json(by_alias=True))
    assert orjson.loads(answer.content) == again
