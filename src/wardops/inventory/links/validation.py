"""Is a link good? Pure: what it says of itself first, what it refers to second."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_address

from wardops.inventory import checks
from wardops.inventory.checks import Faults
from wardops.inventory.links.kinds import ROLES, LinkValues
from wardops.inventory.links.store import References

MAX_MBPS = 10_000_000


def clean(faults: Faults, values: LinkValues, *, allow_loopback: bool) -> LinkValues:
    """The values as they are stored; what is wrong with them is noted in `faults`."""
    source = values.source_address or None
    if source is not None:
        source = checks.address(faults, "source_address", source, allow_loopback=allow_loopback)
    if values.bandwidth_mbps is not None and not 0 < values.bandwidth_mbps <= MAX_MBPS:
        faults.note("bandwidth_mbps", "is no bandwidth", f"From 1 to {MAX_MBPS} Mbit/s.")
    probe = checks.address(
        faults, "probe_address", values.probe_address, allow_loopback=allow_loopback
    )
    if source and probe and ip_address(source).version != ip_address(probe).version:
        faults.note("source_address", f"{source} and {probe} are of different IP versions")
    return replace(
        values,
        name=checks.text(faults, "name", values.name, required=True),
        probe_address=probe,
        source_address=source,
        role=checks.choice(faults, "role", values.role, ROLES),
        circuit_id=checks.text(faults, "circuit_id", values.circuit_id),
    )


def check_references(faults: Faults, values: LinkValues, found: References) -> None:
    """Note what the link refers to and is not there."""
    for name in ("site", "branch", "provider", "profile"):
        if not getattr(found, name):
            faults.note(f"{name}_id", f"there is no {name} {getattr(values, f'{name}_id')}")
