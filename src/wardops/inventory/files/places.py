"""Names of regions, branches and profiles into ids; new names get ids below zero for now."""

from __future__ import annotations

from dataclasses import dataclass, field

from wardops.inventory import checks
from wardops.inventory.checks import Faults


@dataclass(slots=True)
class Places:
    """What there is by name, and what the file adds to it."""

    sites: dict[str, int]
    regions: dict[str, int]
    profiles: dict[str, int]
    branches: dict[tuple[int, str], int]
    """By region and name."""
    new_regions: dict[int, str] = field(default_factory=dict)
    new_profiles: dict[int, str] = field(default_factory=dict)
    new_branches: dict[int, tuple[int, str]] = field(default_factory=dict)
    by_name: dict[str, list[int]] = field(init=False)
    """Branches of a name, in all regions."""
    region_names: dict[int, str] = field(init=False)

    def __post_init__(self) -> None:
        self.by_name = {}
        for (_, name), number in self.branches.items():
            self.by_name.setdefault(name, []).append(number)
        self.region_names = {number: name for name, number in self.regions.items()}

    def site(self, faults: Faults, name: object) -> int:
        """The site of that name; sites are not made by files, since workers stand there."""
        known = self.sites.get(str(name).strip())
        if known is None:
            faults.note("site", f"there is no site {str(name)[:60]!r}", "Add it first.")
        return known or 0

    def profile(self, faults: Faults, name: object) -> int | None:
        """The profile of that name, a new one if there is none; None for no name."""
        clean = checks.text(faults, "profile", name, most=100)
        if not clean:
            return None
        if clean not in self.profiles:
            self.profiles[clean] = number = -1 - len(self.new_profiles)
            self.new_profiles[number] = clean
        return self.profiles[clean]

    def branch(self, faults: Faults, region: str | None, name: str) -> int | None:
        """The branch of that name, in `region` if that is named; None for no name."""
        name = checks.text(faults, "branch", name)
        region = checks.text(faults, "region", region or "")
        if not name:
            if region:
                faults.note("branch", "is empty", "A device is in a region through its branch.")
            return None
        if region:
            return self._branch_in(self._region(region), name)
        found = self.by_name.get(name, [])
        if len(found) == 1:
            return found[0]
        why = f"{len(found)} regions have one" if found else "there is no such branch yet"
        faults.note("region", f"is needed for the branch {name}: {why}")
        return None

    def _region(self, name: str) -> int:
        if name not in self.regions:
            self.regions[name] = number = -1 - len(self.new_regions)
            self.new_regions[number] = name
            self.region_names[number] = name
        return self.regions[name]

    def _branch_in(self, region: int, name: str) -> int:
        key = (region, name)
        if key not in self.branches:
            self.branches[key] = number = -1 - len(self.new_branches)
            self.new_branches[number] = key
            self.by_name.setdefault(name, []).append(number)
        return self.branches[key]
