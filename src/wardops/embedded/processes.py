"""Starting child processes so that none outlives us, and finding those of an earlier run."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import psutil

from wardops.embedded.places import Account

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True)
LARGEST_LOG = 10 << 20


def spawn(
    command: Sequence[str],
    *,
    log: Path,
    env: Mapping[str, str] | None = None,
    account: Account | None = None,
    death_signal: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a process in a session of its own; it gets `death_signal` when we are killed."""
    parent = os.getpid()

    def prepare() -> None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(death_signal))
        if os.getppid() != parent:  # killed between fork and here
            os._exit(1)

    rotate(log)
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(env) if env is not None else None,
            cwd="/" if account else None,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
            start_new_session=True,
            preexec_fn=prepare,
        )


def rotate(log: Path) -> None:
    """Keep one older file of a log that grew large; the writer keeps its open file."""
    if not log.exists() or log.stat().st_size < LARGEST_LOG:
        return
    older = log.with_suffix(".log.1")
    older.write_bytes(log.read_bytes())
    os.truncate(log, 0)


def last_lines(log: Path, count: int = 5) -> list[str]:
    """The end of a log."""
    if not log.exists():
        return []
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 8192))
        return file.read().decode(errors="replace").splitlines()[-count:]


def note_process(folder: Path, name: str, pid: int) -> None:
    """Remember a child, so that the next start can find it if we are killed."""
    started = psutil.Process(pid).create_time()
    half = folder / f"{name}.half"
    half.write_text(f"{pid} {started}")
    half.replace(folder / f"{name}.pid")  # a reader finds the old file or the new one


def end_leftovers(folder: Path) -> list[str]:
    """End children of an earlier run that are still there; their names."""
    found: dict[str, psutil.Process] = {}
    for file in sorted(folder.glob("*.pid")):
        pid, _, started = file.read_text().partition(" ")
        try:
            process = psutil.Process(int(pid))
            if abs(process.create_time() - float(started)) < 1:  # not a new owner of the number
                found[file.stem] = process
        except (psutil.Error, ValueError):
            continue
        finally:
            file.unlink()
    for process in found.values():
        _signal(process, signal.SIGTERM)
    _, alive = psutil.wait_procs(list(found.values()), timeout=10)
    for process in alive:
        kill_session(process.pid)
    psutil.wait_procs(alive, timeout=5)
    return list(found)


def kill_session(leader: int) -> None:
    """Kill a process that `spawn` started, and its children that stayed in its group."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return


def _signal(process: psutil.Process, number: signal.Signals) -> None:
    try:
        process.send_signal(number)
    except psutil.Error:
        return
