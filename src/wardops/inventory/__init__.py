"""What there is to watch: sites, regions, branches, providers, profiles, devices, links.

In: what people and files say of their network, checked. Out: pages and items for the API, and
the targets that scheduling cuts into shards. Every write raises the plan version by trigger.
"""

from __future__ import annotations

from wardops.inventory.devices import SORTABLE as DEVICE_SORTABLE
from wardops.inventory.devices import (
    Device,
    DeviceFilter,
    DeviceValues,
    Facets,
    change_device,
    create_device,
    delete_device,
    device_facets,
    find_devices,
    get_device,
    insert_devices,
)
from wardops.inventory.files import (
    Creates,
    Format,
    ImportReport,
    RowReport,
    export_devices,
    import_devices,
)
from wardops.inventory.links import SORTABLE as LINK_SORTABLE
from wardops.inventory.links import (
    Link,
    LinkFilter,
    LinkValues,
    change_link,
    create_link,
    delete_link,
    find_links,
    get_link,
    insert_links,
)
from wardops.inventory.places import (
    BRANCHES,
    PROFILES,
    PROVIDERS,
    REGIONS,
    SITES,
    Branch,
    Place,
    Profile,
    Provider,
    Region,
    Site,
    Table,
    change_place,
    create_place,
    delete_place,
    find_places,
    get_place,
)
from wardops.inventory.targets import plan_version, targets_to_probe

__all__ = [
    "BRANCHES",
    "DEVICE_SORTABLE",
    "LINK_SORTABLE",
    "PROFILES",
    "PROVIDERS",
    "REGIONS",
    "SITES",
    "Branch",
    "Creates",
    "Device",
    "DeviceFilter",
    "DeviceValues",
    "Facets",
    "Format",
    "ImportReport",
    "Link",
    "LinkFilter",
    "LinkValues",
    "Place",
    "Profile",
    "Provider",
    "Region",
    "RowReport",
    "Site",
    "Table",
    "change_device",
    "change_link",
    "change_place",
    "create_device",
    "create_link",
    "create_place",
    "delete_device",
    "delete_link",
    "delete_place",
    "device_facets",
    "export_devices",
    "find_devices",
    "find_links",
    "find_places",
    "get_device",
    "get_link",
    "get_place",
    "import_devices",
    "insert_devices",
    "insert_links",
    "plan_version",
    "targets_to_probe",
]
