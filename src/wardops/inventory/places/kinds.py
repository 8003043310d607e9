"""What sites, regions, branches, providers and profiles are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from wardops.inventory.listing import Named


@dataclass(frozen=True, slots=True)
class Site:
    """Where probe workers stand."""

    id: int
    name: str
    description: str
    version: str


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the country."""

    id: int
    name: str
    code: str
    branch_count: int
    device_count: int
    version: str


@dataclass(frozen=True, slots=True)
class Branch:
    """An office, with the number of its devices in each status."""

    id: int
    name: str
    code: str
    region_id: int
    region_name: str
    city: str
    address: str
    latitude: float | None
    longitude: float | None
    contact: str
    device_count: int
    status_counts: dict[str, int]
    version: str

    @property
    def region(self) -> Named:
        """The region it lies in."""
        return Named(self.region_id, self.region_name)


@dataclass(frozen=True, slots=True)
class Provider:
    """Who sells the links."""

    id: int
    name: str
    contact: str
    phone: str
    link_count: int
    version: str


@dataclass(frozen=True, slots=True)
class Profile:
    """How often a target is pinged, in milliseconds."""

    id: int
    name: str
    description: str
    ping_cadence_ms: int
    version: str

    @property
    def ping_cadence_s(self) -> float:
        """The cadence in seconds."""
        return self.ping_cadence_ms / 1000


class Place(Protocol):
    """What they have in common; `version` changes with every write of the row."""

    @property
    def id(self) -> int:
        """Its number."""
        ...

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def version(self) -> str:
        """Which state of the row this is."""
        ...
