"""Devices as lists and pages show them: each a statement or two, whatever is asked for."""

from __future__ import annotations

from wardops.inventory.devices.reading.store import SORTABLE, all_devices, facets, find, one

__all__ = ["SORTABLE", "all_devices", "facets", "find", "one"]
