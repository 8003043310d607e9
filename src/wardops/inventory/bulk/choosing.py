"""Which devices a bulk write is about: named by their ids, or by a filter of the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wardops.core.database import WriteSession
from wardops.core.errors import Conflict, FieldFault, InvalidInput
from wardops.inventory.bulk import store
from wardops.inventory.checks import Faults
from wardops.inventory.devices import store as devices
from wardops.inventory.devices.kinds import DeviceFilter, DeviceValues
from wardops.inventory.devices.rows import Row

MAX_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class Chosen:
    """Ids or a filter, one of the two; `expected` is how many devices the caller means by it."""

    ids: Sequence[int] | None = None
    where: DeviceFilter | None = None
    expected: int | None = None


def rows_of(session: WriteSession, chosen: Chosen) -> list[Row]:
    """The devices as rows, unchanged so far and kept from others' changes.

    A row's number is its place among the ids, from 1. Raises InvalidInput for too many or an
    unclear choice, Conflict when a filter matches another number than is expected.
    """
    by_filter = _matching(session, chosen)
    ids = list(chosen.ids or ()) if by_filter is None else by_filter
    if len(ids) > MAX_ROWS:
        raise too_many("ids", f"{len(ids)} ids")
    found = devices.lock(session, ids)
    if by_filter is not None:  # what went away since is not meant any more
        ids = [number for number in ids if number in found]
    seen: dict[int, int] = {}
    rows = []
    for place, number in enumerate(ids, start=1):
        faults = Faults()
        first = seen.setdefault(number, place)
        if number not in found:
            faults.note("id", f"there is no device {number}")
        elif first != place:
            faults.note("id", f"device {number} is in row {first} already")
        values = found[number].values if number in found else DeviceValues(name="", ip="")
        rows.append(Row(place, number, values, values, faults))
    return rows


def too_many(field: str, what: str) -> InvalidInput:
    """The refusal of more rows than one request takes."""
    hint = f"At most {MAX_ROWS} in one request; send several, or import a file for more."
    return InvalidInput("That is too much at once.", faults=[FieldFault(field, what, hint)])


def _matching(session: WriteSession, chosen: Chosen) -> list[int] | None:
    if (chosen.ids is None) == (chosen.where is None):
        fault = FieldFault("ids", "either these or a filter are needed", "Send one of the two.")
        raise InvalidInput("It is not clear which devices are meant.", faults=[fault])
    if chosen.where is None:
        return None
    if chosen.expected is None and store.means_all(chosen.where):
        hint = "Say with `expected` how many these are, if they are meant."
        fault = FieldFault("filter", "an empty filter means all devices", hint)
        raise InvalidInput("It is not clear which devices are meant.", faults=[fault])
    ids = store.matching(session, chosen.where, most=MAX_ROWS + 1)
    if len(ids) > MAX_ROWS:
        raise too_many("filter", f"matches more than {MAX_ROWS} devices")
    if chosen.expected not in (None, len(ids)):
        raise Conflict(
            f"The filter matches {len(ids)} devices now, not {chosen.expected}.",
            hint="Look at the list again, then repeat.",
            faults=[FieldFault("expected", f"{len(ids)} devices match")],
        )
    return ids
