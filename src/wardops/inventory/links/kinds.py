"""A link: one branch's uplink to one provider."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from wardops.inventory.listing import Named, named

ROLES = ("primary", "backup")


@dataclass(frozen=True, slots=True)
class LinkValues:
    """What people decide about a link. `site_id` 0 is the first site."""

    name: str
    branch_id: int
    provider_id: int
    probe_address: str
    role: str = "primary"
    source_address: str | None = None
    site_id: int = 0
    profile_id: int | None = None
    enabled: bool = True
    circuit_id: str = ""
    bandwidth_mbps: int | None = None


FIELDS = tuple(LinkValues.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its names and the state that is shown; round trips in milliseconds."""

    id: int
    name: str
    branch_id: int
    branch_name: str
    region_id: int
    region_name: str
    provider_id: int
    provider_name: str
    role: str
    probe_address: str
    source_address: str | None
    site_id: int
    site_name: str
    profile_id: int | None
    profile_name: str | None
    enabled: bool
    circuit_id: str
    bandwidth_mbps: int | None
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
    def branch(self) -> Named:
        """The branch it connects."""
        return Named(self.branch_id, self.branch_name)

    @property
    def region(self) -> Named:
        """The region of its branch."""
        return Named(self.region_id, self.region_name)

    @property
    def provider(self) -> Named:
        """Who sells it."""
        return Named(self.provider_id, self.provider_name)

    @property
    def site(self) -> Named:
        """The site whose workers probe it."""
        return Named(self.site_id, self.site_name)

    @property
    def profile(self) -> Named | None:
        """The profile that sets its cadence."""
        return named(self.profile_id, self.profile_name)


@dataclass(frozen=True, slots=True)
class LinkFilter:
    """Which links are wanted; all conditions hold together."""

    statuses: Sequence[str] = ()
    branch_id: int | None = None
    provider_id: int | None = None
    region_id: int | None = None
    role: str = ""
    q: str = ""
    """Part of name, address, circuit, branch or provider, in any case."""
