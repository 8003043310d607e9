"""Shapes every listing and every refusal has, for any client; knows no web framework."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from wardops.core.errors import WardError

Item = TypeVar("Item")

MAX_LIMIT = 1000


class Body(BaseModel):
    """A request body: unknown fields are refused, text is trimmed."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Page(BaseModel, Generic[Item]):
    """One page of a list; `total` counts all matching rows, so nothing is cut in silence."""

    items: list[Item]
    total: int
    skip: int
    limit: int
    has_more: bool


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a list is wanted: `sort` holds (field, descending) pairs."""

    skip: int = 0
    limit: int = 100
    sort: tuple[tuple[str, bool], ...] = ()


class FieldProblem(BaseModel):
    """One field of a refused request."""

    field: str
    message: str
    hint: str = ""


class Problem(BaseModel):
    """RFC 9457 problem document."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
    errors: list[FieldProblem] = Field(default_factory=list)


def problem_of(error: WardError) -> Problem:
    """The problem document that tells `error` to a client."""
    return Problem(
        type=f"urn:ward:problem:{error.code}",
        title=error.title,
        status=error.status,
        detail=f"{error.message} {error.hint}".strip(),
        code=error.code,
        errors=[FieldProblem(field=f.field, message=f.message, hint=f.hint) for f in error.faults],
    )
