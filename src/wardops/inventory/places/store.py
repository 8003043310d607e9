"""SQL of sites, regions, branches, providers and profiles: one set of statements for all five."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, LiteralString, TypeVar

from psycopg import sql

from wardops.core.database import ReadSession, WriteSession
from wardops.core.http import Window
from wardops.inventory.listing import Conditions, Source, count_and_page, order_by
from wardops.inventory.places.kinds import Branch, Place, Profile, Provider, Region, Site

Kind = TypeVar("Kind", bound=Place)

# The row's transaction is its version: no column to keep, and each write changes it.
_VERSION: LiteralString = "t.xmin::text AS version"


@dataclass(frozen=True, slots=True)
class Table(Generic[Kind]):
    """One kind of place: its rows, its sortable columns, and what can hold on to it."""

    name: LiteralString
    word: str
    row: type[Kind]
    columns: LiteralString
    joins: LiteralString
    sortable: Mapping[str, LiteralString]
    searched: LiteralString
    users: Mapping[str, LiteralString] = field(default_factory=dict)
    """Word → tables and condition of the rows that refer to `%(id)s`."""
    scope: str = ""
    """Column within which names are unique; empty for all rows."""

    @property
    def source(self) -> Source:
        """Where lists of it read."""
        return Source(
            sql.SQL(self.columns + ", " + _VERSION),
            sql.SQL(self.name + " t " + self.joins),
            sql.SQL("t.id"),
        )


_COMMON: dict[str, LiteralString] = {"id": "t.id", "name": "t.name"}

SITES = Table(
    name="sites",
    word="site",
    row=Site,
    columns="t.id, t.name, t.description",
    joins="",
    sortable=_COMMON,
    searched="t.name || ' ' || t.description",
    users={
        "device": "devices WHERE site_id = %(id)s",
        "link": "links WHERE site_id = %(id)s",
    },
)
REGIONS = Table(
    name="regions",
    word="region",
    row=Region,
    columns="t.id, t.name, t.code, c.branch_count, c.device_count",
    joins="""CROSS JOIN LATERAL (
        SELECT count(DISTINCT b.id)::int AS branch_count, count(d.id)::int AS device_count
        FROM branches b LEFT JOIN devices d ON d.branch_id = b.id WHERE b.region_id = t.id) c""",
    sortable={
        **_COMMON,
        "code": "t.code",
        "branch_count": "c.branch_count",
        "device_count": "c.device_count",
    },
    searched="t.name || ' ' || t.code",
    users={"branch": "branches WHERE region_id = %(id)s"},
)
BRANCHES = Table(
    name="branches",
    word="branch",
    row=Branch,
    columns="""t.id, t.name, t.code, t.region_id, r.name AS region_name, t.city, t.address,
        t.latitude, t.longitude, t.contact, c.device_count, c.status_counts""",
    joins="""JOIN regions r ON r.id = t.region_id
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(n), 0)::int AS device_count,
                coalesce(jsonb_object_agg(status, n), '{}') AS status_counts
            FROM (SELECT shown_state(s) AS status, count(*) AS n
                FROM devices d JOIN target_status s ON s.target_id = d.id
                WHERE d.branch_id = t.id GROUP BY 1) x) c""",
    sortable={
        **_COMMON,
        "code": "t.code",
        "city": "t.city",
        "region": "r.name",
        "device_count": "c.device_count",
    },
    searched="t.name || ' ' || t.code || ' ' || t.city || ' ' || t.address || ' ' || r.name",
    users={
        "device": "devices WHERE branch_id = %(id)s",
        "link": "links WHERE branch_id = %(id)s",
    },
    scope="region_id",
)
PROVIDERS = Table(
    name="providers",
    word="provider",
    row=Provider,
    columns="t.id, t.name, t.contact, t.phone, c.link_count",
    joins="""CROSS JOIN LATERAL (
        SELECT count(*)::int AS link_count FROM links l WHERE l.provider_id = t.id) c""",
    sortable={**_COMMON, "link_count": "c.link_count"},
    searched="t.name || ' ' || t.contact || ' ' || t.phone",
    users={"link": "links WHERE provider_id = %(id)s"},
)
PROFILES = Table(
    name="profiles",
    word="profile",
    row=Profile,
    columns="t.id, t.name, t.description, t.ping_cadence_ms",
    joins="",
    sortable={**_COMMON, "ping_cadence_s": "t.ping_cadence_ms"},
    searched="t.name || ' ' || t.description",
    users={
        "device": "devices WHERE profile_id = %(id)s",
        "link": "links WHERE profile_id = %(id)s",
    },
)


def find(
    session: ReadSession,
    table: Table[Kind],
    window: Window,
    *,
    q: str = "",
    region_id: int | None = None,
) -> tuple[list[Kind], int]:
    """One page, and the number of all that match; `region_id` is for branches."""
    conditions = Conditions()
    conditions.add_given("t.region_id = %(region_id)s", region_id=region_id)
    if q:
        conditions.parts.append(sql.SQL("strpos(lower(" + table.searched + "), lower(%(q)s)) > 0"))
        conditions.values["q"] = q
    order = order_by(table.sortable, window, default="name", last="t.id")
    return count_and_page(session, table.row, table.source, conditions, (order, window))


def one(session: ReadSession, table: Table[Kind], number: int) -> Kind | None:
    """One of them."""
    statement = sql.SQL("SELECT {} FROM {} WHERE t.id = %s")
    source = table.source
    return session.row(table.row, statement.format(source.columns, source.tables), (number,))


def lock(session: WriteSession, table: Table[Kind], number: int) -> None:
    """Let nobody else change it until the transaction ends."""
    statement = sql.SQL("SELECT id FROM {} WHERE id = %s FOR UPDATE")
    session.value(statement.format(sql.Identifier(table.name)), (number,))


def insert(session: WriteSession, table: Table[Kind], values: Mapping[str, object]) -> int | None:
    """Add one; its id, or None when the name is taken."""
    number = session.value(
        sql.SQL("INSERT INTO {} ({}) VALUES ({}) ON CONFLICT DO NOTHING RETURNING id").format(
            sql.Identifier(table.name),
            sql.SQL(", ").join(map(sql.Identifier, values)),
            sql.SQL(", ").join(map(sql.Placeholder, values)),
        ),
        dict(values),
    )
    return None if number is None else int(number)


def update(
    session: WriteSession, table: Table[Kind], number: int, values: Mapping[str, object]
) -> None:
    """Replace the columns named in `values`."""
    columns = sql.SQL(", ").join(
        sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder(name)) for name in values
    )
    statement = sql.SQL("UPDATE {} SET {} WHERE id = %(id)s")
    session.execute(statement.format(sql.Identifier(table.name), columns), {**values, "id": number})


def name_taken(
    session: ReadSession, table: Table[Kind], values: Mapping[str, object], *, but: int
) -> bool:
    """True when another row than `but` has the name, within the table's scope."""
    within = sql.SQL(" AND {} = {}").format(
        sql.Identifier(table.scope), sql.Placeholder(table.scope)
    )
    statement = sql.SQL("SELECT exists (SELECT FROM {} WHERE name = %(name)s AND id <> %(but)s{})")
    return bool(
        session.value(
            statement.format(sql.Identifier(table.name), within if table.scope else sql.SQL("")),
            {**values, "but": but},
        )
    )


def exists(session: ReadSession, table: Table[Kind], number: int) -> bool:
    """True when there is one with this id."""
    statement = sql.SQL("SELECT exists (SELECT FROM {} WHERE id = %s)")
    return bool(session.value(statement.format(sql.Identifier(table.name)), (number,)))


def uses(session: ReadSession, table: Table[Kind], number: int) -> dict[str, int]:
    """How many rows of each kind refer to it, by the kind's word."""
    counts = sql.SQL(", ").join(
        sql.SQL("(SELECT count(*) FROM {})").format(sql.SQL(where))
        for where in table.users.values()
    )
    row = session.tuples(sql.SQL("SELECT {}").format(counts), {"id": number})[0]
    return {word: count for word, count in zip(table.users, row, strict=True) if count}


def delete(session: WriteSession, table: Table[Kind], number: int) -> bool:
    """Remove one; False when there was none."""
    statement = sql.SQL("DELETE FROM {} WHERE id = %s")
    return session.execute(statement.format(sql.Identifier(table.name)), (number,)) == 1


def default_site(session: ReadSession) -> int:
    """The site of targets that name none: the first there was."""
    return int(session.value("SELECT min(id) FROM sites"))


def count_rows(session: ReadSession, table: Table[Kind]) -> int:
    """How many there are."""
    statement = sql.SQL("SELECT count(*) FROM {}")
    return int(session.value(statement.format(sql.Identifier(table.name))))


def names(session: ReadSession, table: Table[Kind]) -> Sequence[tuple[int, str]]:
    """Ids and names of all."""
    statement = sql.SQL("SELECT id, name FROM {}").format(sql.Identifier(table.name))
    return [(number, name) for number, name in session.tuples(statement)]


def branch_names(session: ReadSession) -> Sequence[tuple[int, int, str]]:
    """Id, region and name of all branches."""
    rows = session.tuples("SELECT id, region_id, name FROM branches")
    return [(number, region, name) for number, region, name in rows]
