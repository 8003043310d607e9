"""A real `ward up` in a folder of its own, filled with loopback devices, and what it uses."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from wardops import inventory
from wardops.core.database import Database
from wardops.core.secrets import Secret
from wardops.core.settings import Settings
from wardops.embedded import Instance, Places, read_instance
from wardops.inventory import DeviceValues
from wardops.lab import Firewall

PASSWORD = "a-long-benchmark-password"  # noqa: S105  of an instance that lives for minutes
LOUD, SILENT = 100, 200
"""Second byte of the addresses that answer and of those that do not."""
PER_BRANCH = 8


@dataclass(frozen=True, slots=True)
class Usage:
    """What a tree of processes has used so far."""

    cpu_seconds: float
    pss_mib: float
    by_process: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Running:
    """A running instance."""

    process: subprocess.Popen[bytes]
    instance: Instance
    folder: Path

    def database(self) -> Database:
        """Its database; the caller closes it."""
        settings = Settings(database_url=Secret(self.instance.database_url))
        return Database.open(settings, name="benchmark")

    @contextmanager
    def client(self) -> Iterator[httpx.Client]:
        """Signed in as administrator."""
        with httpx.Client(
            base_url=f"{self.instance.address}/api/v1",
            headers={"X-Ward-Client": "web"},
            timeout=30,
            trust_env=False,
        ) as client:
            body = {"username": "admin", "password": PASSWORD}
            client.post("/auth/login", json=body).raise_for_status()
            yield client

    def usage(self) -> Usage:
        """CPU of all its processes, those that ended included, and their proportional memory."""
        cpu, pss, parts = 0.0, 0, {}
        root = psutil.Process(self.process.pid)
        for each in [root, *root.children(recursive=True)]:
            try:
                times = each.cpu_times()
                used = times.user + times.system + times.children_user + times.children_system
                pss += each.memory_full_info().pss
                name = " ".join(each.cmdline()[-4:])[-60:]
            except psutil.Error:
                continue
            cpu += used
            parts[f"{each.pid} {name}"] = used
        return Usage(cpu, pss / 2**20, parts)


@contextmanager
def running(
    folder: Path, *, environment: Mapping[str, str], arguments: Sequence[str] = ()
) -> Iterator[Running]:
    """Start an instance, stop it at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "wardops.cli", "up"]
    command += ["--data", str(folder), "--port", str(port), *arguments]
    inherited = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    env = {**inherited, "WARD_ADMIN_PASSWORD": PASSWORD, **environment}
    with (folder / "up.log").open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env=env)
    try:
        _wait_ready(process, folder)
        instance = read_instance(Places(folder))
        assert instance is not None
        yield Running(process, instance, folder)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _wait_ready(process: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + 120
    while b"is ready" not in (folder / "up.log").read_bytes():
        if process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit((folder / "up.log").read_text())
        time.sleep(0.1)


def add_devices(database: Database, count: int, *, silent_share: float) -> None:
    """Fill the inventory: branches of eight, silent ones spread evenly over them."""
    with database.transaction() as session:
        region = inventory.create_place(session, inventory.REGIONS, {"name": "Benchmark"}).id
        branches = [
            inventory.create_place(
                session, inventory.BRANCHES, {"name": f"Branch {n}", "region_id": region}
            ).id
            for n in range(-(-count // PER_BRANCH))
        ]
    devices = [
        DeviceValues(
            name=f"device-{n}",
            ip=address(n, silent=_is_silent(n, count, silent_share)),
            type="atm",
            branch_id=branches[n // PER_BRANCH],
        )
        for n in range(count)
    ]
    with database.transaction() as session:
        inventory.insert_devices(session, devices)


def address(number: int, *, silent: bool) -> str:
    """The loopback address of a device."""
    high, low = divmod(number, 250)
    third, carry = high % 250, high // 250
    return f"127.{(SILENT if silent else LOUD) + carry}.{third}.{low + 1}"


def _is_silent(number: int, count: int, share: float) -> bool:
    silent = int(count * share)
    return number * silent // count != (number + 1) * silent // count


@contextmanager
def silence(count: int, share: float) -> Iterator[None]:
    """Drop what arrives for those of `count` devices that are silent."""
    silent = [address(n, silent=True) for n in range(count) if _is_silent(n, count, share)]
    firewall = Firewall()
    firewall.drop(silent)
    try:
        yield
    finally:
        firewall.restore(silent)
