"""What may be written into sites, regions, branches, providers and profiles."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping

from wardops.inventory import checks
from wardops.inventory.checks import Faults

Check = Callable[[Faults, str, object], object]

_SITE_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,30}")


def _name(faults: Faults, name: str, value: object) -> object:
    return checks.text(faults, name, value, required=True)


def _short_name(faults: Faults, name: str, value: object) -> object:
    return checks.text(faults, name, value, most=100, required=True)


def _line(faults: Faults, name: str, value: object) -> object:
    return checks.text(faults, name, value)


def _prose(faults: Faults, name: str, value: object) -> object:
    return checks.prose(faults, name, value, most=2000)


def _site_name(faults: Faults, name: str, value: object) -> object:
    if not isinstance(value, str) or not _SITE_NAME.fullmatch(value):
        faults.note(
            name,
            "is not a name for a site",
            "Up to 31 of a-z, 0-9 and hyphen, beginning with a letter or digit.",
        )
    return value


def _cadence(faults: Faults, name: str, value: object) -> object:
    if not isinstance(value, int) or not 1000 <= value <= 3_600_000:
        faults.note(name, "is not a cadence", "From 1 to 3600 seconds.")
    return value


def _degrees(limit: int) -> Check:
    def check(faults: Faults, name: str, value: object) -> object:
        if value is None:
            return None
        if not isinstance(value, int | float) or not math.isfinite(value) or abs(value) > limit:
            faults.note(name, "is not on the globe", f"Degrees from -{limit} to {limit}.")
        return value

    return check


def _reference(faults: Faults, name: str, value: object) -> object:
    if not isinstance(value, int) or not 0 < value < 2**63:
        faults.note(name, "is not an id")
    return value


RULES: Mapping[str, Mapping[str, Check]] = {
    "sites": {"name": _site_name, "description": _prose},
    "regions": {"name": _name, "code": _line},
    "branches": {
        "name": _name,
        "code": _line,
        "region_id": _reference,
        "city": _line,
        "address": _prose,
        "latitude": _degrees(90),
        "longitude": _degrees(180),
        "contact": _prose,
    },
    "providers": {"name": _name, "contact": _prose, "phone": _line},
    "profiles": {"name": _short_name, "description": _prose, "ping_cadence_ms": _cadence},
}


def clean(kind: str, values: Mapping[str, object]) -> dict[str, object]:
    """The values as they are stored. Raises InvalidInput that names each faulty field."""
    faults = Faults()
    cleaned = {name: RULES[kind][name](faults, name, value) for name, value in values.items()}
    faults.refuse("What was sent")
    return cleaned
