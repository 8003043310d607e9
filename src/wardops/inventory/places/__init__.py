"""Sites, regions, branches, providers and profiles: what targets belong to.

inventory.create_place(session, inventory.REGIONS, {"name": "Imereti"})
"""

from __future__ import annotations

from collections.abc import Mapping

from wardops.core.database import ReadSession, WriteSession
from wardops.core.errors import Conflict, FieldFault, InvalidInput, NotFound, Outdated
from wardops.inventory.places import store
from wardops.inventory.places.kinds import Branch, Place, Profile, Provider, Region, Site
from wardops.inventory.places.store import (
    BRANCHES,
    PROFILES,
    PROVIDERS,
    REGIONS,
    SITES,
    Kind,
    Table,
    branch_names,
    default_site,
    names,
)
from wardops.inventory.places.store import find as find_places
from wardops.inventory.places.validation import clean

__all__ = [
    "BRANCHES",
    "PROFILES",
    "PROVIDERS",
    "REGIONS",
    "SITES",
    "Branch",
    "Place",
    "Profile",
    "Provider",
    "Region",
    "Site",
    "Table",
    "branch_names",
    "change_place",
    "create_place",
    "default_site",
    "delete_place",
    "find_places",
    "get_place",
    "in_use",
    "names",
]


def get_place(session: ReadSession, table: Table[Kind], number: int) -> Kind:
    """One of them, or NotFound."""
    found = store.one(session, table, number)
    if found is None:
        raise NotFound(f"There is no {table.word} {number}.")
    return found


def create_place(session: WriteSession, table: Table[Kind], values: Mapping[str, object]) -> Kind:
    """Add one. Raises InvalidInput for faulty values, Conflict when the name is taken."""
    cleaned = clean(table.name, values)
    _refuse_unknown_region(session, cleaned)
    number = store.insert(session, table, cleaned)
    if number is None:
        raise _taken(table, cleaned["name"])
    return get_place(session, table, number)


def change_place(
    session: WriteSession,
    table: Table[Kind],
    number: int,
    values: Mapping[str, object],
    *,
    version: str | None = None,
) -> Kind:
    """Replace what `values` name; with `version`, only if that is still the newest (Outdated)."""
    cleaned = clean(table.name, values)
    store.lock(session, table, number)
    before = get_place(session, table, number)
    if version is not None and version != before.version:
        raise Outdated(
            f"Somebody changed the {table.word} {before.name} in the meantime.",
            hint="Read it again, then repeat the change.",
        )
    if not cleaned:
        return before
    _refuse_unknown_region(session, cleaned)
    named = {
        "name": before.name,
        **({table.scope: getattr(before, table.scope)} if table.scope else {}),
    }
    if store.name_taken(session, table, {**named, **cleaned}, but=number):
        raise _taken(table, {**named, **cleaned}["name"])
    store.update(session, table, number, cleaned)
    return get_place(session, table, number)


def delete_place(session: WriteSession, table: Table[Kind], number: int) -> None:
    """Remove one that nothing refers to, else Conflict that says what does."""
    place = get_place(session, table, number)
    used = store.uses(session, table, number)
    if used:
        raise in_use(f"The {table.word} {place.name}", used)
    if table.name == "sites" and store.count_rows(session, table) == 1:
        raise Conflict(f"{place.name} is the only site.", hint="Add another one first.")
    store.delete(session, table, number)


def in_use(what: str, used: Mapping[str, int]) -> Conflict:
    """The refusal to delete something that others refer to."""
    plural = {"branch": "branches"}
    told = " and ".join(
        f"{count} {word if count == 1 else plural.get(word, word + 's')}"
        for word, count in used.items()
    )
    return Conflict(f"{what} is used by {told}.", hint="Move or delete those first.")


def _refuse_unknown_region(session: ReadSession, values: Mapping[str, object]) -> None:
    region = values.get("region_id")
    if isinstance(region, int) and not store.exists(session, REGIONS, region):
        fault = FieldFault("region_id", f"there is no region {region}")
        raise InvalidInput("What was sent is not valid.", faults=[fault])


def _taken(table: Table[Kind], name: object) -> Conflict:
    where = " in this region" if table.scope else ""
    return Conflict(
        f"There is a {table.word} named {name} already{where}.",
        faults=[FieldFault("name", "is taken")],
    )
