"""Rows for tests: each makes what it needs beneath it, and answers the new id."""

from __future__ import annotations

from itertools import count
from typing import Any

from wardops import inventory
from wardops.core.database import WriteSession
from wardops.inventory import DeviceValues, LinkValues

_numbers = count(1)


def _address(number: int) -> str:
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def make_region(session: WriteSession, **overrides: object) -> int:
    """A region with a name of its own."""
    values = {"name": f"Region {next(_numbers)}", **overrides}
    return inventory.create_place(session, inventory.REGIONS, values).id


def make_branch(session: WriteSession, **overrides: object) -> int:
    """A branch; in a new region unless `region_id` is given."""
    values = {"name": f"Branch {next(_numbers)}", **overrides}
    if "region_id" not in values:
        values["region_id"] = make_region(session)
    return inventory.create_place(session, inventory.BRANCHES, values).id


def make_provider(session: WriteSession, **overrides: object) -> int:
    """A provider with a name of its own."""
    values = {"name": f"Provider {next(_numbers)}", **overrides}
    return inventory.create_place(session, inventory.PROVIDERS, values).id


def make_device(session: WriteSession, **overrides: Any) -> int:
    """A device with an address of its own, without branch or parent unless given."""
    number = next(_numbers)
    values = {"name": f"device-{number}", "ip": _address(number), **overrides}
    return inventory.create_device(session, DeviceValues(**values), allow_loopback=True).id


def make_link(session: WriteSession, **overrides: Any) -> int:
    """A link; of a new branch and a new provider unless given."""
    number = next(_numbers)
    values = {"name": f"link-{number}", "probe_address": _address(number), **overrides}
    if "branch_id" not in values:
        values["branch_id"] = make_branch(session)
    if "provider_id" not in values:
        values["provider_id"] = make_provider(session)
    return inventory.create_link(session, LinkValues(**values), allow_loopback=True).id
