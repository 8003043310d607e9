"""The simulated bank: what it consists of, the same for the same seed.

The mix of devices is that of a real bank of 128 branches. Every address lies in 127.0.0.0/8,
where the kernel itself answers pings: 127.10.<branch>.<host> for devices, 127.20.<branch>.<n>
for the far ends of links.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from wardops.lab.geography import TOWNS, Town

PROVIDERS = ("Kolkhi Net", "Iveria Telecom")
TWO_UPLINKS = 93
TAG = "demo"

MIX = {
    "router": 229,
    "payment_terminal": 178,
    "switch": 134,
    "access_point": 116,
    "video_recorder": 106,
    "atm": 87,
    "access_controller": 22,
    "ups": 24,
}
TYPE_TAGS = {
    "atm": ("cash", "24h"),
    "payment_terminal": ("cash",),
    "video_recorder": ("security",),
    "access_controller": ("security",),
    "router": ("network",),
    "core_router": ("network", "core"),
    "switch": ("network",),
}
STREETS = (
    "Rustaveli Avenue",
    "Chavchavadze Street",
    "Aghmashenebeli Street",
    "Tamar Mepe Street",
    "Kostava Street",
    "Gamsakhurdia Street",
)
MODELS = {
    "router": (("Cisco", "ISR 1111"), ("MikroTik", "RB4011"), ("Huawei", "AR651")),
    "core_router": (("Cisco", "ASR 1001-X"),),
    "switch": (("Cisco", "C9200L-24T"), ("HP", "2530-24G"), ("Huawei", "S5735-L24")),
    "access_point": (("Ubiquiti", "U6 Lite"), ("Aruba", "AP-505")),
    "video_recorder": (("Hikvision", "DS-7616NI"), ("Dahua", "NVR4216")),
    "atm": (("NCR", "SelfServ 84"), ("Diebold Nixdorf", "CS 280")),
    "payment_terminal": (("Verifone", "V400m"), ("Ingenico", "Desk 3500")),
    "access_controller": (("ZKTeco", "inBio 460"),),
    "ups": (("APC", "Smart-UPS 1500"), ("Eaton", "5PX 1500")),
    "server": (("Dell", "PowerEdge R750"),),
}
PREFIX = {
    "router": "rtr",
    "core_router": "core",
    "switch": "sw",
    "access_point": "ap",
    "video_recorder": "nvr",
    "atm": "atm",
    "payment_terminal": "pos",
    "access_controller": "acs",
    "ups": "ups",
    "server": "srv",
}


@dataclass(frozen=True, slots=True)
class SimulatedBranch:
    """A branch; `number` counts from 1 and stands in its addresses."""

    number: int
    name: str
    town: Town
    latitude: float
    longitude: float

    address: str

    @property
    def contact(self) -> str:
        """Whom to call; numbers of no real subscriber."""
        return f"Branch manager, +995 555 00 {self.number:04d}"

    @property
    def code(self) -> str:
        """A short name."""
        return f"B{self.number:03d}"


@dataclass(frozen=True, slots=True)
class SimulatedDevice:
    """A device; `parent` is the name of the device it is reached through."""

    name: str
    ip: str
    type: str
    vendor: str
    model: str
    serial: str
    branch: int
    parent: str | None

    @property
    def tags(self) -> tuple[str, ...]:
        """Marks it as simulated, and what it is for."""
        return (TAG, *TYPE_TAGS.get(self.type, ()))


@dataclass(frozen=True, slots=True)
class SimulatedLink:
    """An uplink of a branch."""

    name: str
    branch: int
    provider: str
    role: str
    probe_address: str
    circuit_id: str
    bandwidth_mbps: int


@dataclass(frozen=True, slots=True)
class Bank:
    """All of it."""

    branches: tuple[SimulatedBranch, ...]
    devices: tuple[SimulatedDevice, ...]
    links: tuple[SimulatedLink, ...]


def simulate_bank(seed: int = 7) -> Bank:
    """The bank of `seed`."""
    chance = random.Random(seed)  # noqa: S311  a simulation, no secret
    branches = tuple(_branches(chance))
    return Bank(branches, tuple(_devices(branches, chance)), tuple(_links(branches, chance)))


def _branches(chance: random.Random) -> Iterator[SimulatedBranch]:
    number = 0
    for town in TOWNS:
        for index in range(1, town.branches + 1):
            number += 1
            name = f"{town.name_ka} {index}" if number % 2 else f"{town.name} {index}"
            if number == 1:
                name = "სათაო ოფისი"
            spread = 0.06 if town.branches > 5 else 0.02
            yield SimulatedBranch(
                number=number,
                name=name,
                town=town,
                latitude=round(town.latitude + chance.uniform(-spread, spread), 5),
                longitude=round(town.longitude + chance.uniform(-spread, spread), 5),
                address=f"{chance.choice(STREETS)} {chance.randint(1, 120)}, {town.name}",
            )


def _types(branches: tuple[SimulatedBranch, ...], chance: random.Random) -> list[list[str]]:
    """The types of each branch's devices: one router and one switch each, the rest by chance."""
    types = [["router", "switch"] for _ in branches]
    rest = {**MIX, "router": MIX["router"] - len(branches), "switch": MIX["switch"] - len(branches)}
    for kind, count in rest.items():
        for index in _spread(len(branches), count, chance):
            types[index].append(kind)
    types[0] += ["core_router", "core_router", "server", "server"]
    return types


def _spread(places: int, count: int, chance: random.Random) -> Iterator[int]:
    while count > 0:
        turn = list(range(places))
        chance.shuffle(turn)
        yield from turn[:count]
        count -= places


def _devices(
    branches: tuple[SimulatedBranch, ...], chance: random.Random
) -> Iterator[SimulatedDevice]:
    serial = 100_000
    for branch, types in zip(branches, _types(branches, chance), strict=True):
        counts: dict[str, int] = {}
        for host, kind in enumerate(sorted(types, key=list(PREFIX).index), start=1):
            counts[kind] = counts.get(kind, 0) + 1
            serial += chance.randint(1, 40)
            vendor, model = chance.choice(MODELS[kind])
            yield SimulatedDevice(
                name=f"{PREFIX[kind]}-{branch.code.lower()}-{counts[kind]}",
                ip=f"127.10.{branch.number}.{host}",
                type=kind,
                vendor=vendor,
                model=model,
                serial=f"{vendor[:2].upper()}{serial}",
                branch=branch.number,
                parent=_parent(branch, kind),
            )


def _parent(branch: SimulatedBranch, kind: str) -> str | None:
    if kind == "core_router":
        return None
    if kind == "router":
        return f"core-b001-{branch.number % 2 + 1}"
    return f"rtr-{branch.code.lower()}-1"


def _links(branches: tuple[SimulatedBranch, ...], chance: random.Random) -> Iterator[SimulatedLink]:
    for branch in branches:
        main = PROVIDERS[branch.number % 2]
        other = PROVIDERS[(branch.number + 1) % 2]
        pairs = [("primary", main), ("backup", other)]
        for index, (role, provider) in enumerate(pairs[: 2 if branch.number <= TWO_UPLINKS else 1]):
            yield SimulatedLink(
                name=f"{branch.code} {provider}",
                branch=branch.number,
                provider=provider,
                role=role,
                probe_address=f"127.20.{branch.number}.{index + 1}",
                circuit_id=f"{provider[:2].upper()}-{branch.number:04d}-{chance.randint(100, 999)}",
                bandwidth_mbps=chance.choice((20, 50, 100, 200)),
            )
