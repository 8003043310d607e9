"""Devices in and out as files: CSV and JSON, checked row by row, written all or not at all."""

from __future__ import annotations

from wardops.inventory.files.export import export_devices
from wardops.inventory.files.imports import import_devices
from wardops.inventory.files.parsing import Format
from wardops.inventory.files.report import Creates, ImportReport

__all__ = [
    "Creates",
    "Format",
    "ImportReport",
    "export_devices",
    "import_devices",
]
