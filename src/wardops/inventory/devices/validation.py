"""Is a device good? Pure: what it says of itself first, what it refers to second."""

from __future__ import annotations

from wardops.inventory import checks
from wardops.inventory.checks import Faults
from wardops.inventory.devices.kinds import TYPES, DeviceValues
from wardops.inventory.devices.store import References

MAX_ID = 2**63 - 1


def clean(faults: Faults, values: DeviceValues, *, allow_loopback: bool) -> DeviceValues:
    """The values as they are stored; what is wrong with them is noted in `faults`."""
    return DeviceValues(
        name=checks.text(faults, "name", values.name, required=True),
        ip=checks.address(faults, "ip", values.ip, allow_loopback=allow_loopback),
        type=checks.choice(faults, "type", values.type, TYPES),
        vendor=checks.text(faults, "vendor", values.vendor),
        model=checks.text(faults, "model", values.model),
        serial=checks.text(faults, "serial", values.serial),
        enabled=bool(values.enabled),
        tags=checks.tags(faults, "tags", values.tags),
        custom=checks.custom(faults, "custom", values.custom),
        notes=checks.prose(faults, "notes", values.notes),
        parent_id=values.parent_id,
        branch_id=values.branch_id,
        site_id=values.site_id,
        profile_id=values.profile_id,
    )


def check_references(faults: Faults, values: DeviceValues, found: References) -> None:
    """Note what the device refers to and must not; a taken address is not a fault of the input."""
    for name in ("site", "branch", "profile"):
        if not getattr(found, name):
            number = getattr(values, f"{name}_id")
            faults.note(f"{name}_id", f"there is no {name} {number}")
    if found.is_cycle:
        faults.note(
            "parent_id",
            "is reached through this device itself",
            "A chain of parents must end at a device without one.",
        )
    elif values.parent_id is not None and found.parent_site_id is None:
        faults.note("parent_id", f"there is no device {values.parent_id}")
    elif found.parent_site_id not in (None, values.site_id):
        faults.note(
            "parent_id", "stands at another site", "Workers of one site probe both or neither."
        )
    if found.children_elsewhere:
        faults.note(
            "site_id",
            f"{found.children_elsewhere} devices of another site are reached through this one",
            "Give them another parent first.",
        )
