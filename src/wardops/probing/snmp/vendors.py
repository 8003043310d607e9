"""Who makes a device, by the enterprise number in its sysObjectID.

Numbers are those of IANA's registry of private enterprises, of vendors a branch network has.
"""

from __future__ import annotations

from wardops.probing.snmp.ber import Oid

_ENTERPRISES: Oid = (1, 3, 6, 1, 4, 1)
_VENDORS = {
    9: "Cisco",
    11: "HP",
    43: "3Com",
    171: "D-Link",
    191: "NCR",
    253: "Xerox",
    311: "Microsoft",
    318: "APC",
    343: "Intel",
    367: "Ricoh",
    476: "Vertiv",
    534: "Eaton",
    674: "Dell",
    890: "Zyxel",
    1916: "Extreme Networks",
    1991: "Brocade",
    2011: "Huawei",
    2636: "Juniper",
    3097: "WatchGuard",
    3375: "F5",
    3902: "ZTE",
    4413: "Broadcom",
    4526: "Netgear",
    6486: "Alcatel-Lucent",
    6876: "VMware",
    8072: "Net-SNMP",
    10002: "Ubiquiti",
    11863: "TP-Link",
    12356: "Fortinet",
    14823: "Aruba",
    14988: "MikroTik",
    25053: "Ruckus",
    25461: "Palo Alto Networks",
    25506: "H3C",
    30065: "Arista",
    39165: "Hikvision",
    41112: "Ubiquiti",
    47196: "Aruba",
}


def vendor_of(object_id: Oid) -> str:
    """The vendor's name, empty for one that is not known here."""
    length = len(_ENTERPRISES)
    if object_id[:length] != _ENTERPRISES or len(object_id) == length:
        return ""
    return _VENDORS.get(object_id[length], "")
