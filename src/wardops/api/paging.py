"""How lists are asked for: `skip`, `limit`, `sort` and the refusal of what a list does not know."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from operator import attrgetter
from typing import Annotated

import orjson
from fastapi import Query, Response
from pydantic import BaseModel

from wardops.core.errors import FieldFault, InvalidInput
from wardops.core.http import MAX_LIMIT, Item, Page, Window

Skip = Annotated[int, Query(ge=0, le=10_000_000, description="Rows to pass over.")]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="Rows to answer at most.")]


def window(*sortable: str) -> Callable[..., Awaitable[Window]]:
    """A dependency that reads the wanted part of a list; `sortable` are the fields to sort by.

    `Annotated[Window, Depends(window("name", "ip"))]`. An unknown field is refused with 422.
    """
    described = "Fields to sort by, `-` in front for descending: " + ", ".join(sortable) + "."
    # A default, not Annotated: annotations are text here and cannot name a local variable.
    by: str = Query("", max_length=200, description=described)

    async def wanted(skip: Skip = 0, limit: Limit = 100, sort: str = by) -> Window:
        return Window(skip=skip, limit=limit, sort=sort_order(sort, sortable))

    return wanted


def page(items: list[Item], total: int, window: Window) -> Page[Item]:
    """The answer of a list: these rows, how many match in all, and whether more follow."""
    return Page(
        items=items,
        total=total,
        skip=window.skip,
        limit=window.limit,
        has_more=window.skip + len(items) < total,
    )


def page_answer(
    model: type[BaseModel], found: Sequence[object], total: int, window: Window
) -> Response:
    """The same as `page` of `model`s made from `found`, written without making them.

    What our own database answers needs no validation, which is most of the cost of a long list.
    The routes still declare `response_model`, and a test holds their answers to it.
    """
    names = tuple(model.model_fields)
    values = attrgetter(*names)
    items = [dict(zip(names, values(each), strict=True)) for each in found]
    body = {
        "items": items,
        "total": total,
        "skip": window.skip,
        "limit": window.limit,
        "has_more": window.skip + len(items) < total,
    }
    return json_answer(body)


def json_answer(body: object) -> Response:
    """JSON of a value that needs no validation; NaN becomes null."""
    options = orjson.OPT_UTC_Z | orjson.OPT_SERIALIZE_NUMPY
    return Response(orjson.dumps(body, option=options), media_type="application/json")


def sort_order(text: str, sortable: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    """`name,-ip` as (field, descending) pairs.

    Raises InvalidInput for a field that is not in `sortable` or is named twice.
    """
    names = [part.strip() for part in text.split(",") if part.strip()]
    order = [(name.removeprefix("-"), name.startswith("-")) for name in names]
    unknown = [name for name, _ in order if name not in sortable]
    if unknown or len({name for name, _ in order}) < len(order):
        message = f"cannot sort by {unknown[0]!r}" if unknown else "names a field twice"
        raise InvalidInput(
            "The list cannot be sorted like this.",
            faults=[FieldFault("sort", message, f"Sortable: {', '.join(sortable)}.")],
        )
    return tuple(order)
