"""Makes addresses silent for real: nftables drops what arrives for them on this host.

The drop is on input, so the sender sees silence. Nothing else gives that: a drop on output is
EPERM to the sender, a blackhole route EINVAL, an unreachable one EHOSTUNREACH (all measured).
"""

from __future__ import annotations

import errno
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from wardops.core.errors import InvalidInput, WardError
from wardops.lab import nftables

TABLE = "wardops_demo"
CHAIN = "input"
PER_MESSAGE = 2000
PLAYGROUND: tuple[IPv4Network | IPv6Network, ...] = (
    ip_network("127.0.0.0/8"),
    ip_network("2001:db8::/32"),
)
"""Loopback, and the documentation prefix of RFC 3849, which is local in a namespace of ours."""
OURS = ip_network("127.0.0.0/24")
"""Where the stores and servers of this machine listen."""


class FirewallRefused(WardError):
    """This host or user does not let us silence addresses."""

    code = "firewall_refused"
    title = "Nothing can be made silent"


class Firewall:
    """A table of our own with one set per family and share of loss; no other rule is touched."""

    def losses(self) -> dict[str, int]:
        """Percent of packets lost, by address, for all addresses that lose any."""
        found: dict[str, int] = {}
        with _explained():
            for name in _set_names():
                percent = int(name.partition("_")[0].removeprefix("loss"))
                for address in _members(name):
                    found[address] = max(percent, found.get(address, 0))
        return found

    def drop(self, addresses: Collection[str], *, percent: int = 100) -> None:
        """Lose `percent` of what is sent to these addresses. Raises FirewallRefused."""
        if not 1 <= percent <= 100:
            raise InvalidInput(f"A loss of {percent} % is not possible.", hint="From 1 to 100.")
        refuse_strangers(addresses)
        with _explained():
            present = set(_set_names())
            for version, name, packed in _by_set(addresses, percent):
                if name not in present:
                    nftables.send(_new_set(name, version=version, percent=percent))
                _send_elements(name, packed, nftables.NEW_ELEMENTS)

    def restore(self, addresses: Collection[str], *, percent: int = 100) -> None:
        """Take one share of loss off these addresses; those that do not have it stay as they are.

        Raises FirewallRefused.
        """
        with _explained():
            present = set(_set_names())
            for _, name, packed in _by_set(addresses, percent):
                if name in present:
                    # Only what is there can be deleted: add and delete, in one transaction.
                    _send_elements(name, packed, nftables.NEW_ELEMENTS, nftables.DEL_ELEMENTS)

    def clear(self) -> None:
        """Remove our table: everything answers again. Raises FirewallRefused."""
        with _explained():
            try:
                nftables.send([(nftables.DEL_TABLE, nftables.table(TABLE))])
            except OSError as error:
                if error.errno != errno.ENOENT:
                    raise

    def check(self) -> None:
        """Raises FirewallRefused where nothing could be made silent.

        Makes and removes a table of another name, since reading may need no rights.
        """
        trial = nftables.table(f"{TABLE}_trial")
        with _explained():
            nftables.send([(nftables.NEW_TABLE, trial), (nftables.DEL_TABLE, trial)])


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FirewallRefused(
            f"This user cannot change nftables on this host: {error.strerror or error}.",
            hint="It takes root (CAP_NET_ADMIN) and a kernel with nf_tables. Without them the "
            "simulated bank still answers real pings and everything else works, but nothing can "
            "be made silent.",
        ) from error


def refuse_strangers(addresses: Collection[str]) -> None:
    """Raises InvalidInput for an address that is not of the simulation's networks."""
    for address in addresses:
        try:
            parsed = ip_address(address)
        except ValueError:
            raise InvalidInput(f"{address!r} is not an address.") from None
        if parsed in OURS or not any(parsed in network for network in PLAYGROUND):
            raise InvalidInput(
                f"{address} is not an address of the simulation.",
                hint="Only 127.0.1.0 to 127.255.255.255 and 2001:db8::/32 can be made silent.",
            )


def _by_set(addresses: Collection[str], percent: int) -> Iterator[tuple[int, str, Sequence[bytes]]]:
    parsed = [ip_address(address) for address in dict.fromkeys(addresses)]
    for version in (4, 6):
        packed = [each.packed for each in parsed if each.version == version]
        if packed:
            yield version, f"loss{percent}_v{version}", packed


def _new_set(name: str, *, version: int, percent: int) -> list[nftables.Message]:
    rule = nftables.drop_rule(TABLE, CHAIN, name, version=version, percent=percent)
    return [
        (nftables.NEW_TABLE, nftables.table(TABLE)),
        (nftables.NEW_CHAIN, nftables.input_chain(TABLE, CHAIN)),
        (nftables.NEW_SET, nftables.address_set(TABLE, name, version=version)),
        (nftables.NEW_RULE, rule),
    ]


def _send_elements(name: str, packed: Sequence[bytes], *kinds: int) -> None:
    for start in range(0, len(packed), PER_MESSAGE):
        some = nftables.elements(TABLE, name, packed[start : start + PER_MESSAGE])
        nftables.send([(kind, some) for kind in kinds])


def _set_names() -> list[str]:
    return [
        _string(found[2]) for found in nftables.dump(nftables.GET_SET) if _string(found[1]) == TABLE
    ]


def _members(name: str) -> Iterator[str]:
    wanted = nftables.set_name(TABLE, name)
    for part in nftables.dump(nftables.GET_ELEMENTS, wanted):
        for _, element in nftables.attributes_of(part.get(3, b"")):
            key = dict(nftables.attributes_of(element))[1]
            yield str(ip_address(dict(nftables.attributes_of(key))[1]))


def _string(value: bytes) -> str:
    return value.rstrip(b"\0").decode()
