"""Links: adding, changing, removing and listing the branches' uplinks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from wardops.core.database import ReadSession, WriteSession
from wardops.core.errors import Conflict, FieldFault, NotFound, Outdated
from wardops.inventory.checks import Faults
from wardops.inventory.links import store
from wardops.inventory.links.kinds import Link, LinkFilter, LinkValues
from wardops.inventory.links.store import SORTABLE
from wardops.inventory.links.store import find as find_links
from wardops.inventory.links.validation import check_references, clean
from wardops.inventory.places import default_site

__all__ = [
    "SORTABLE",
    "Link",
    "LinkFilter",
    "LinkValues",
    "change_link",
    "create_link",
    "delete_link",
    "find_links",
    "get_link",
    "insert_links",
]


def get_link(session: ReadSession, link_id: int) -> Link:
    """One link with its state, or NotFound."""
    found = store.one(session, link_id)
    if found is None:
        raise NotFound(f"There is no link {link_id}.")
    return found


def create_link(session: WriteSession, values: LinkValues, *, allow_loopback: bool = False) -> Link:
    """Add a link. Raises InvalidInput, or Conflict when name or address is taken."""
    if not values.site_id:
        values = replace(values, site_id=default_site(session))
    cleaned = _checked(session, 0, values, allow_loopback=allow_loopback)
    return get_link(session, store.insert(session, [cleaned])[0])


def change_link(
    session: WriteSession,
    link_id: int,
    changes: Mapping[str, Any],
    *,
    version: int | None = None,
    allow_loopback: bool = False,
) -> Link:
    """Replace the fields that `changes` name; nothing happens when they hold already.

    Raises NotFound, Outdated when `version` is not the newest, InvalidInput, Conflict.
    """
    before = store.lock(session, link_id)
    if before is None:
        raise NotFound(f"There is no link {link_id}.")
    values, newest = before
    if version is not None and version != newest:
        raise Outdated(
            f"Somebody changed {values.name} in the meantime: it is at version {newest}, "
            f"this change was made from version {version}.",
            hint="Read it again, then repeat the change.",
        )
    cleaned = _checked(session, link_id, replace(values, **changes), allow_loopback=allow_loopback)
    if cleaned != values:
        store.update(session, link_id, cleaned)
    return get_link(session, link_id)


def delete_link(session: WriteSession, link_id: int) -> None:
    """Remove a link and its state, or NotFound."""
    if not store.delete(session, link_id):
        raise NotFound(f"There is no link {link_id}.")


def insert_links(session: WriteSession, links: Sequence[LinkValues]) -> list[int]:
    """Add many links in one statement, for seeding; their ids, in order.

    Values must be good already; what the database refuses is raised as it comes.
    """
    site = default_site(session)
    return store.insert(
        session, [each if each.site_id else replace(each, site_id=site) for each in links]
    )


def _checked(
    session: ReadSession, link_id: int, values: LinkValues, *, allow_loopback: bool
) -> LinkValues:
    faults = Faults()
    cleaned = clean(faults, values, allow_loopback=allow_loopback)
    faults.refuse("The link")
    found = store.references(session, link_id, cleaned)
    check_references(faults, cleaned, found)
    faults.refuse("The link")
    if found.namesake:
        raise Conflict(
            f"The branch has a link named {cleaned.name} already.",
            faults=[FieldFault("name", "is taken")],
        )
    if found.holder_id is not None:
        raise Conflict(
            f"{cleaned.probe_address} is the address of {found.holder_name} "
            f"(link {found.holder_id}).",
            hint="An address is watched once per site.",
            faults=[FieldFault("probe_address", f"belongs to {found.holder_name}")],
        )
    return cleaned
