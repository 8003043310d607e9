"""Runs the real `ward up` in a folder of its own."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

ADMIN_PASSWORD = "correct horse battery"
SERVICES = ("api", "scheduler", "worker-probe", "worker-core", "postgres", "valkey")


@dataclass(frozen=True, slots=True)
class Ward:
    """A `ward up` that was started."""

    process: subprocess.Popen[bytes]
    data: Path
    port: int

    @property
    def address(self) -> str:
        """Where it serves."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def output(self) -> str:
        """What it told so far."""
        return (self.data.parent / f"{self.data.name}.out").read_text()

    def pid(self, name: str) -> int:
        """The process of a part."""
        return int((self.data / "run" / f"{name}.pid").read_text().split()[0])

    def healthy(self) -> bool:
        """True when it says so itself."""
        try:
            answer = httpx.get(f"{self.address}/api/v1/health", trust_env=False, timeout=2)
        except httpx.HTTPError:
            return False
        return answer.status_code == 200

    def wait_ready(self, within_s: float = 90) -> None:
        """Wait for the line that tells the address."""
        deadline = time.monotonic() + within_s
        while "WARD OPS is ready" not in self.output:
            assert self.process.poll() is None, self.output
            assert time.monotonic() < deadline, self.output
            time.sleep(0.05)

    def processes(self) -> list[psutil.Process]:
        """It, its parts and theirs."""
        root = psutil.Process(self.process.pid)
        return [root, *root.children(recursive=True)]

    def stop(self) -> int:
        """Stop it as Ctrl-C does; the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


def free_port() -> int:
    """A port that nobody listens on, and that the kernel gives to no outgoing connection."""
    outgoing = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    while True:
        port = secrets.choice(range(10_240, outgoing))
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def start_ward(data: Path, *arguments: str, port: int | None = None) -> Ward:
    """Start `ward up` and do not wait."""
    port = port or free_port()
    ours = {k: v for k, v in os.environ.items() if not k.startswith(("WARD_", "DATABASE_URL"))}
    environment = {**ours, "WARD_ADMIN_PASSWORD": ADMIN_PASSWORD}
    command = [sys.executable, "-m", "wardops.cli", "up"]
    with (data.parent / f"{data.name}.out").open("wb") as output:
        process = subprocess.Popen(
            [*command, "--data", str(data), "--port", str(port), *arguments],
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd=data.parent,
        )
    return Ward(process, data, port)


@contextmanager
def running_ward(data: Path, *arguments: str) -> Iterator[Ward]:
    """A `ward up` that is ready, stopped at the end."""
    ward = start_ward(data, *arguments)
    try:
        ward.wait_ready()
        yield ward
    finally:
        ward.stop()
