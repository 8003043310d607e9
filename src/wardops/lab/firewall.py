"""Makes addresses silent for real: nftables drops what arrives for them on this host.

The drop is on input. On output it would give the sender EPERM, which is not silence.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from pyroute2.netlink.exceptions import NetlinkError
from pyroute2.nftables.expressions import ipv4addr, verdict
from pyroute2.nftables.main import NFTables

from wardops.core.errors import WardError

TABLE = "wardops_demo"
CHAIN = "input"
_FAMILY_IPV4 = 2
_ACCEPT, _DROP = 1, 0
_ENOENT = 2


class FirewallRefused(WardError):
    """This host or user does not let us silence addresses."""

    code = "firewall_refused"


class Firewall:
    """A table of our own; nothing else of the host's rules is touched."""

    def silenced(self) -> set[str]:
        """Addresses that are silent now."""
        with _netlink() as nft:
            return set(_rules(nft))

    def silence(self, addresses: Collection[str]) -> None:
        """Let these loopback addresses be silent. Raises FirewallRefused."""
        _refuse_strangers(addresses)
        with _netlink() as nft:
            nft.table("add", name=TABLE)
            nft.chain("add", table=TABLE, name=CHAIN, hook="input", type="filter", policy=_ACCEPT)
            for address in sorted(set(addresses) - _rules(nft).keys()):
                rule = (ipv4addr(dst=address), verdict(code=_DROP))
                nft.rule("add", table=TABLE, chain=CHAIN, expressions=rule)

    def restore(self, addresses: Collection[str]) -> None:
        """Let these addresses answer again."""
        with _netlink() as nft:
            rules = _rules(nft)
            for address in sorted(set(addresses) & rules.keys()):
                nft.rule("del", table=TABLE, chain=CHAIN, handle=rules[address])

    def clear(self) -> None:
        """Remove our table: everything answers again."""
        with _netlink() as nft:
            try:
                nft.table("del", name=TABLE)
            except NetlinkError as error:
                if error.code != _ENOENT:
                    raise


@contextmanager
def _netlink() -> Iterator[Any]:
    try:
        nft = NFTables(nfgen_family=_FAMILY_IPV4)
        try:
            yield nft
        finally:
            nft.close()
    except (NetlinkError, PermissionError, OSError) as error:
        raise FirewallRefused(
            f"This user cannot change nftables on this host: {error}.",
            hint="Run it as root (CAP_NET_ADMIN). Without it the simulated bank still answers "
            "real pings and everything else works, but nothing can be made silent.",
        ) from error


def _rules(nft: Any) -> dict[str, int]:
    """Handles of our rules by address."""
    found = {}
    for rule in nft.get_rules():
        if rule.get_attr("NFTA_RULE_TABLE") != TABLE:
            continue
        for expression in rule.get_attr("NFTA_RULE_EXPRESSIONS"):
            if expression.get_attr("NFTA_EXPR_NAME") == "cmp":
                data = expression.get_attr("NFTA_EXPR_DATA").get_attr("NFTA_CMP_DATA")
                address = ipaddress.IPv4Address(data.get_attr("NFTA_DATA_VALUE"))
                found[str(address)] = rule.get_attr("NFTA_RULE_HANDLE")
    return found


def _refuse_strangers(addresses: Collection[str]) -> None:
    strangers = [a for a in addresses if not ipaddress.ip_address(a).is_loopback]
    if strangers:
        raise FirewallRefused(f"{strangers[0]} is not an address of the simulated bank.")
