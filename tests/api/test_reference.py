"""The OpenAPI document that clients are generated from."""

from __future__ import annotations

from typing import Any

import pytest

from wardops.api import openapi, reference
from wardops.api.app import create_app
from wardops.core.settings import Settings


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return reference.document(create_app(Settings()))


def operations(made: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for methods in made["paths"].values() for operation in methods.values()]


def test_kept_document_is_the_one_the_routes_make() -> None:
    assert openapi.main(["--check"]) == 0, "run python -m wardops.api.openapi"


def test_refusals_are_documented_as_problem_documents(made: dict[str, Any]) -> None:
    for operation in operations(made):
        refused = operation["responses"]["422"]["content"]
        assert refused.keys() == {"application/problem+json"}, operation["operationId"]


def test_every_answer_but_the_stream_has_a_shape(made: dict[str, Any]) -> None:
    without = [
        operation["operationId"]
        for operation in operations(made)
        for status, answer in operation["responses"].items()
        if status in ("200", "201") and not answer.get("content")
    ]
    assert without == ["streamEvents"]


def test_routes_tell_their_permission(made: dict[str, Any]) -> None:
    by_id = {operation["operationId"]: operation for operation in operations(made)}
    assert by_id["listUsers"]["x-permission"] == "users.manage"
    assert by_id["listUsers"]["security"]
    assert "security" not in by_id["login"]
