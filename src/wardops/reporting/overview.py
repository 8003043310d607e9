"""The overview: everything that is not up is counted now; what is up follows from the totals.

Names and totals change only with the inventory, whose version every write raises, so they are
kept under that version. Availability moves by seconds a day; it may be ten seconds old.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any, TypeVar

from wardops.core.database import ReadSession
from wardops.reporting import store
from wardops.reporting.store import Trouble

STATUSES = (
    "up",
    "down",
    "unreachable",
    "flapping",
    "unknown",
    "stale",
    "maintenance",
    "paused",
)
Key = TypeVar("Key")
Counts = dict[str, int]
Entry = dict[str, Any]
_AVAILABILITY_AGE_S = 10
# An inventory that changes between two statements is read again; after that the next look is true.
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Everything on the overview; entries of places and types hold `counts`."""

    totals: Counts
    links: Counts
    regions: list[Entry]
    branches: list[Entry]
    types: list[Entry]
    providers: list[Entry]
    availability: Mapping[str, float | None]
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Ground:
    """The inventory of one version with everything up; its entries are shared, never changed."""

    version: int
    regions: dict[int, Entry]
    branches: dict[int, Entry]
    types: dict[str, Entry]
    providers: dict[int, Entry]


class Overview:
    """Keeps between two looks what has not changed; one for each process, for any threads."""

    def __init__(self) -> None:
        self._ground: _Ground | None = None
        self._availability: tuple[float, Mapping[str, float | None]] | None = None

    def look(self, session: ReadSession) -> Dashboard:
        """The overview as of now. Two statements while the inventory stays as it is."""
        ground, trouble = self._counted(session)
        devices = [each for each in trouble if each.kind == "device"]
        links = [each for each in trouble if each.kind == "link"]
        regions = {number: entry["region_id"] for number, entry in ground.branches.items()}
        types = _after(ground.types, {each: each.type for each in devices})
        providers = _after(ground.providers, {each: each.provider_id for each in links})
        branch_of = {each: each.branch_id for each in devices if each.branch_id in regions}
        region_of = {each: regions[branch] for each, branch in branch_of.items()}
        return Dashboard(
            totals=_sum(types),
            links=_sum(providers),
            regions=_after(ground.regions, region_of),
            branches=_after(ground.branches, branch_of),
            types=types,
            providers=providers,
            availability=self._available(session),
            facts=store.facts(session),
        )

    def _counted(self, session: ReadSession) -> tuple[_Ground, list[Trouble]]:
        """Trouble and the ground it stands on, of one version of the inventory."""
        version, trouble = store.trouble(session)
        ground = self._ground
        for _ in range(_ATTEMPTS):
            if ground is not None and ground.version == version:
                break
            ground = self._ground = _read(session)
            version, trouble = store.trouble(session)
        assert ground is not None  # noqa: S101  the first attempt reads one
        return ground, trouble

    def _available(self, session: ReadSession) -> Mapping[str, float | None]:
        known = self._availability
        if known is None or monotonic() - known[0] > _AVAILABILITY_AGE_S:
            self._availability = known = (monotonic(), store.availability(session))
        return known[1]


def _read(session: ReadSession) -> _Ground:
    found = store.ground(session)
    regions: dict[int, Entry] = {
        number: {"id": number, "name": name, "counts": _calm(0)}
        for number, name in found["regions"]
    }
    for _, _, region, count in found["branches"]:
        counts = regions[region]["counts"]
        counts["all"], counts["up"] = counts["all"] + count, counts["up"] + count
    return _Ground(
        version=found["version"],
        regions=regions,
        branches={
            number: {"id": number, "name": name, "region_id": region, "counts": _calm(count)}
            for number, name, region, count in found["branches"]
        },
        types={name: {"type": name, "counts": _calm(count)} for name, count in found["types"]},
        providers={
            number: {"id": number, "name": name, "counts": _calm(count)}
            for number, name, count in found["providers"]
        },
    )


def _calm(count: int) -> Counts:
    return {"all": count, **dict.fromkeys(STATUSES, 0), "up": count}


def _after(calm: Mapping[Key, Entry], places: Mapping[Trouble, Key | None]) -> list[Entry]:
    """The entries with each trouble counted at its place; those without any are shared."""
    changed: dict[Key, Entry] = {}
    for each, key in places.items():
        if key is None or key not in calm:
            continue
        if key not in changed:
            changed[key] = {**calm[key], "counts": dict(calm[key]["counts"])}
        counts = changed[key]["counts"]
        counts["up"] -= each.targets
        counts[each.status] += each.targets
    return [changed.get(key, entry) for key, entry in calm.items()]


def _sum(entries: list[Entry]) -> Counts:
    total = _calm(0)
    for entry in entries:
        for status, count in entry["counts"].items():
            total[status] += count
    return total
