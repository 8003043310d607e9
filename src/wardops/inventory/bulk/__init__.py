"""Many devices in one transaction and a handful of statements: added, changed or removed.

Each answers a report that tells every row. Mode `all` writes nothing when a row is faulty, mode
`each` writes the rows that are good. A dry run writes nothing and tells the same.
"""

from __future__ import annotations

from wardops.inventory.bulk.changing import DeviceChanges, change_devices
from wardops.inventory.bulk.choosing import Chosen
from wardops.inventory.bulk.creating import create_devices
from wardops.inventory.bulk.deleting import delete_devices
from wardops.inventory.bulk.report import BulkReport, How, Mode

__all__ = [
    "BulkReport",
    "Chosen",
    "DeviceChanges",
    "How",
    "Mode",
    "change_devices",
    "create_devices",
    "delete_devices",
]
