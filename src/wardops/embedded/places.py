"""Where things lie in a data directory, and who owns them.

PostgreSQL refuses to run as root, so root starts it as another user. That user must be able to
reach the cluster and the binaries; where the path does not let it, both lie elsewhere.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import secrets
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from wardops.core.errors import StartRefused

ELSEWHERE = Path("/var/lib/wardops")
# The longest path of a Unix socket is 107 bytes; PostgreSQL adds `/.s.PGSQL.5432`.
LONGEST_SOCKET_FOLDER = 90


@dataclass(frozen=True, slots=True)
class Account:
    """The user a store runs as; None where it is the caller."""

    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one instance."""

    data: Path

    @property
    def run(self) -> Path:
        """Locks, pids, passwords: readable by the owner only."""
        return self.data / "run"

    @property
    def logs(self) -> Path:
        """One file per process."""
        return self.data / "log"

    def make(self) -> None:
        """Make the folders."""
        self.data.mkdir(parents=True, exist_ok=True)
        self.logs.mkdir(exist_ok=True)
        self.run.mkdir(exist_ok=True)
        self.run.chmod(0o700)

    def for_account(self, account: Account | None, name: str) -> Path:
        """A folder that `account` owns and reaches: in the data directory if it can be."""
        folder = self.data / name
        if account is not None and not reaches(account, self.data):
            folder = self.elsewhere / name
        folder.mkdir(parents=True, exist_ok=True)
        if account is not None and folder.stat().st_uid != account.uid:
            os.chown(folder, account.uid, account.gid)
        return folder

    @property
    def elsewhere(self) -> Path:
        """Where this instance keeps what cannot lie in the data directory.

        Named by a mark inside of that, not by its path: who deletes the directory and starts
        again gets a new cluster, not an old one whose password is gone.
        """
        mark = self.run / "elsewhere"
        if not mark.exists():
            mark.write_text(secrets.token_hex(6))
        return ELSEWHERE / mark.read_text()

    def sockets(self, account: Account | None) -> Path:
        """A folder for Unix sockets whose path is short enough."""
        folder = self.for_account(account, "sockets")
        if len(str(folder.resolve())) <= LONGEST_SOCKET_FOLDER:
            return folder.resolve()
        mark = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:12]
        short = Path("/tmp") / f"ward-{os.getuid()}-{mark}"  # noqa: S108  mode 0700, owned by us
        short.mkdir(mode=0o700, exist_ok=True)
        if account is not None:
            os.chown(short, account.uid, account.gid)
        elif short.stat().st_uid != os.getuid():
            raise PermissionError(f"{short} belongs to somebody else")
        return short


def store_account() -> Account | None:
    """The user for the stores when we are root, else None: the caller itself."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise PermissionError("root needs a user `postgres` or `nobody` to run PostgreSQL as")


def reaches(account: Account, path: Path) -> bool:
    """True when the user may enter `path` and all folders above it."""
    done = subprocess.run(
        ["/usr/bin/env", "test", "-x", str(path.resolve())],
        user=account.uid,
        group=account.gid,
        extra_groups=[],
        check=False,
    )
    return done.returncode == 0


def reachable_copy(account: Account | None, folder: Path) -> Path:
    """`folder`, or a copy of it where `account` can reach it."""
    if account is None or reaches(account, folder):
        return folder
    copy = ELSEWHERE / f"{folder.name}-{int(folder.stat().st_mtime)}"
    if not copy.is_dir():
        half = copy.with_suffix(".half")
        shutil.copytree(folder, half, symlinks=True, dirs_exist_ok=True)
        half.rename(copy)
    return copy


def wheel_folder(package: str) -> Path:
    """Where a wheel lies, found without importing it: importing has effects we do not want."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise StartRefused(
            f"The wheel `{package}` is not installed.",
            hint="Install wardops[embedded], or point DATABASE_URL and REDIS_URL at servers.",
        )
    return Path(next(iter(spec.submodule_search_locations)))
