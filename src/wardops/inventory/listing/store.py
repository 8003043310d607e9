"""WHERE and ORDER BY put together from fixed pieces; what a client sends is only ever a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import LiteralString, Protocol, TypeVar

from psycopg import sql

from wardops.core.database import ReadSession
from wardops.core.http import Window


class Numbered(Protocol):
    """A row that has an id."""

    @property
    def id(self) -> int:
        """Its key."""


Row = TypeVar("Row", bound=Numbered)


@dataclass(frozen=True, slots=True)
class Named:
    """Something else, as a row refers to it."""

    id: int
    name: str


@lru_cache(10_000)
def named(number: int | None, name: str | None) -> Named | None:
    """The thing referred to, None for none; the rows of a list refer to few different ones."""
    return None if number is None or name is None else Named(number, name)


_STALE: LiteralString = (
    "s.stale_after < now() AND s.settled <> 'paused' AND s.settled <> 'maintenance'"
)
_IN_TIME: LiteralString = (
    "s.settled = ANY(%(statuses)s) AND (s.stale_after IS NULL OR NOT (" + _STALE + "))"
)
_IN_TIME_OR_STALE: LiteralString = "(s.settled = ANY(%(statuses)s) OR (" + _STALE + "))"


@dataclass(slots=True)
class Conditions:
    """Conditions that all must hold, with the values of their placeholders."""

    parts: list[sql.SQL] = field(default_factory=list)
    values: dict[str, object] = field(default_factory=dict)

    def add(self, condition: LiteralString, **values: object) -> None:
        """One more condition, always."""
        self.parts.append(sql.SQL(condition))
        self.values.update(values)

    def add_given(self, condition: LiteralString, **values: object) -> None:
        """One more condition, if its value was given: None and empty ask for nothing."""
        given = {k: v for k, v in values.items() if v is not None and v not in ("", [], ())}
        if given:
            self.add(condition, **given)

    def add_shown(self, statuses: Sequence[str]) -> None:
        """Only targets of the table `s` that are shown in one of these states, if any is given.

        The same as `shown_state(s) = ANY(...)`, in words that the planner has statistics for.
        """
        if statuses:
            condition = _IN_TIME_OR_STALE if "stale" in statuses else _IN_TIME
            self.add(condition, statuses=list(statuses))

    @property
    def where(self) -> sql.Composable:
        """All of them; true when there are none."""
        return sql.SQL(" AND ").join(self.parts) if self.parts else sql.SQL("true")


def order_by(
    columns: Mapping[str, LiteralString], window: Window, *, default: str, last: LiteralString
) -> sql.Composed:
    """The wanted order, else by `default`; nulls come last, and `last` makes it one order."""
    wanted = window.sort or ((default, False),)
    parts = [
        sql.SQL("{} {} NULLS LAST").format(sql.SQL(columns[name]), sql.SQL(_direction(down)))
        for name, down in wanted
    ]
    return sql.SQL(", ").join([*parts, sql.SQL(last)])


def _direction(descending: bool) -> LiteralString:
    return "DESC" if descending else "ASC"


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rows of a list come from: columns, tables with their joins, and the key.

    Joins are LEFT joins on unique keys wherever they can be: PostgreSQL leaves out those that
    neither a condition nor the order needs. `counting` and `finding` are smaller tables, where
    they are enough to count what matches or to find the keys of a page: (tables, key). Where
    finding has to look at every match anyway, it is cheaper to be `counted_on_the_way`.
    """

    columns: sql.SQL
    tables: sql.SQL
    key: sql.SQL
    counting: sql.SQL | None = None
    finding: tuple[sql.SQL, sql.SQL] | None = None
    counted_on_the_way: bool = False


def count_and_page(
    session: ReadSession,
    kind: type[Row],
    source: Source,
    conditions: Conditions,
    page: tuple[sql.Composed, Window],
) -> tuple[list[Row], int]:
    """One page in the order given, and the number of all rows that match. Two statements.

    The first counts and finds the keys of the page. The second reads those rows with everything
    that is joined to them; its text is always the same, so the server plans its many joins once.
    """
    order, window = page
    total = sql.SQL("SELECT count(*) FROM {} WHERE {}").format(
        source.counting or source.tables, conditions.where
    )
    counted = sql.SQL("count(*) OVER ()") if source.counted_on_the_way else total
    tables, key = source.finding or (source.tables, source.key)
    found = session.tuples(
        sql.SQL(
            "SELECT {key}, ({counted}) FROM {tables} WHERE {where} ORDER BY {order}"
            " OFFSET %(skip)s LIMIT %(limit)s"
        ).format(
            key=key,
            counted=counted,
            tables=tables,
            where=conditions.where,
            order=order,
        ),
        {**conditions.values, "skip": window.skip, "limit": window.limit},
        binary=True,
        planned_anew=True,
    )
    if not found:
        return [], int(session.value(total, conditions.values)) if window.skip else 0
    rows = rows_by_key(session, kind, source, [key for key, _ in found])
    return rows, found[0][1]


def rows_by_key(
    session: ReadSession, kind: type[Row], source: Source, keys: list[int]
) -> list[Row]:
    """The rows of these keys in their order; those that are gone are left out."""
    rows = session.rows(
        kind,
        sql.SQL("SELECT {} FROM {} WHERE {} = ANY(%s)").format(
            source.columns, source.tables, source.key
        ),
        (keys,),
    )
    place = {key: number for number, key in enumerate(keys)}
    return sorted(rows, key=lambda row: place[row.id])
