"""WHERE and ORDER BY put together from fixed pieces; what a client sends is only ever a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import LiteralString, TypeVar

from psycopg import sql

from wardops.core.database import ReadSession
from wardops.core.http import Window

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Named:
    """Something else, as a row refers to it."""

    id: int
    name: str


def named(number: int | None, name: str | None) -> Named | None:
    """The thing referred to, None for none."""
    return None if number is None or name is None else Named(number, name)


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
    neither a condition nor the order needs.
    """

    columns: sql.SQL
    tables: sql.SQL
    key: sql.SQL


def count_and_page(
    session: ReadSession,
    kind: type[Row],
    source: Source,
    conditions: Conditions,
    page: tuple[sql.Composed, Window],
) -> tuple[list[Row], int]:
    """One page in the order given, and the number of all rows that match. Two statements.

    The page's keys are found first, so that only its own rows are joined with everything.
    """
    order, window = page
    total = session.value(
        sql.SQL("SELECT count(*) FROM {} WHERE {}").format(source.tables, conditions.where),
        conditions.values,
    )
    rows = session.rows(
        kind,
        sql.SQL(
            """
            SELECT {columns} FROM {tables} JOIN (
                SELECT {key} AS key FROM {tables} WHERE {where}
                ORDER BY {order} OFFSET %(skip)s LIMIT %(limit)s) page ON page.key = {key}
            ORDER BY {order}
            """
        ).format(
            columns=source.columns,
            tables=source.tables,
            key=source.key,
            where=conditions.where,
            order=order,
        ),
        {**conditions.values, "skip": window.skip, "limit": window.limit},
    )
    return rows, int(total)
