"""A device: as it is written, and as it is read together with its present state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

import orjson

from wardops.inventory.checks import Scalar
from wardops.inventory.listing import Named, named

TYPES = (
    "router",
    "switch",
    "core_router",
    "access_point",
    "atm",
    "payment_terminal",
    "video_recorder",
    "access_controller",
    "ups",
    "server",
    "other",
)


@dataclass(frozen=True, slots=True)
class DeviceValues:
    """What people decide about a device. `site_id` 0 is the first site."""

    name: str
    ip: str
    type: str = "other"
    vendor: str = ""
    model: str = ""
    serial: str = ""
    enabled: bool = True
    tags: Sequence[str] = ()
    custom: Mapping[str, Scalar] = field(default_factory=dict)
    notes: str = ""
    parent_id: int | None = None
    branch_id: int | None = None
    site_id: int = 0
    profile_id: int | None = None

    def same_as(self, other: DeviceValues) -> bool:
        """True when storing one after the other changes nothing; 1 and true differ here."""
        return self == other and _json(self.custom) == _json(other.custom)


def _json(custom: Mapping[str, Scalar]) -> bytes:
    return orjson.dumps(dict(custom), option=orjson.OPT_SORT_KEYS)


FIELDS = tuple(DeviceValues.__dataclass_fields__)


class Device(NamedTuple):
    """A device with its names and the state that is shown; round trips in milliseconds.

    A tuple because lists make thousands of them, and a frozen dataclass costs ten times as much.
    """

    id: int
    name: str
    ip: str
    type: str
    vendor: str
    model: str
    serial: str
    enabled: bool
    tags: list[str]
    custom: dict[str, Scalar]
    notes: str
    parent_id: int | None
    parent_name: str | None
    branch_id: int | None
    branch_name: str | None
    region_id: int | None
    region_name: str | None
    site_id: int
    site_name: str
    profile_id: int | None
    profile_name: str | None
    status: str
    status_since: datetime
    down_since: datetime | None
    last_checked_at: datetime | None
    rtt_ms: float | None
    loss_ratio: float | None
    reason: str
    flapping: bool
    in_maintenance: bool
    created_at: datetime
    updated_at: datetime
    version: int

    @property
    def parent(self) -> Named | None:
        """The device it is reached through."""
        return named(self.parent_id, self.parent_name)

    @property
    def branch(self) -> Named | None:
        """The branch it stands in."""
        return named(self.branch_id, self.branch_name)

    @property
    def region(self) -> Named | None:
        """The region of its branch."""
        return named(self.region_id, self.region_name)

    @property
    def site(self) -> Named:
        """The site whose workers probe it."""
        return Named(self.site_id, self.site_name)

    @property
    def profile(self) -> Named | None:
        """The profile that sets its cadence."""
        return named(self.profile_id, self.profile_name)


@dataclass(frozen=True, slots=True)
class DeviceFilter:
    """Which devices are wanted; all conditions hold together, None and empty ask for nothing."""

    statuses: Sequence[str] = ()
    types: Sequence[str] = ()
    vendors: Sequence[str] = ()
    region_id: int | None = None
    branch_id: int | None = None
    site_id: int | None = None
    parent_id: int | None = None
    tag: str = ""
    enabled: bool | None = None
    flapping: bool | None = None
    q: str = ""
    """Part of name, address, serial, branch or tag, in any case."""


@dataclass(frozen=True, slots=True)
class Facet:
    """How many devices have one value."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class RegionFacet:
    """How many devices stand in one region."""

    id: int
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """How the devices of a filter fall into statuses, types, vendors and regions."""

    status: list[Facet]
    type: list[Facet]
    vendor: list[Facet]
    region: list[RegionFacet]
