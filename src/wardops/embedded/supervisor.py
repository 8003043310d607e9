"""Keeps the parts of one machine running: starts, restarts with backoff, stops in order."""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from wardops.embedded.places import Places
from wardops.embedded.processes import (
    end_leftovers,
    kill_session,
    last_lines,
    note_process,
    rotate,
)

log = structlog.get_logger()

LONGEST_WAIT_S = 10.0
HEALTHY_AFTER_S = 60.0
LOOK_EVERY_S = 0.25

Report = Callable[[str], None]


@dataclass
class Part:
    """One process that has to run."""

    name: str
    start: Callable[[], subprocess.Popen[bytes]]
    layer: int
    """Parts of a higher layer need those of the lower ones."""
    stop_signal: signal.Signals = signal.SIGTERM
    stop_within_s: float = 5.0
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    failures: int = 0
    retry_at: float | None = None

    @property
    def alive(self) -> bool:
        """True while the process runs."""
        return self.process is not None and self.process.poll() is None


class Supervisor:
    """Owns the parts; everything happens in the thread that calls it."""

    def __init__(self, places: Places, *, report: Report) -> None:
        self._places = places
        self._report = report
        self._parts: list[Part] = []

    def clear_leftovers(self) -> None:
        """End what a killed run of ours left behind."""
        for name in end_leftovers(self._places.run):
            self._report(f"ended {name}, left over from an earlier run")

    def add(self, part: Part) -> Part:
        """Start a part and watch it from now on."""
        self._parts.append(part)
        self._launch(part)
        return part

    def watch(self, stop: threading.Event, *, look: Callable[[], None]) -> None:
        """Restart what dies until `stop` is set; `look` is called about every five seconds."""
        next_look = time.monotonic() + 5
        while not stop.wait(LOOK_EVERY_S):
            self.tend()
            if time.monotonic() >= next_look:
                next_look = time.monotonic() + 5
                look()
                for part in self._parts:
                    rotate(self._places.logs / f"{part.name}.log")

    def tend(self) -> None:
        """Look after each part once."""
        for part in self._parts:
            self._tend(part)

    def restart(self, part: Part, *, why: str) -> None:
        """End a part that hangs; it is started again like one that died."""
        self._report(f"{part.name} {why}: restarting it")
        if part.process is not None and part.alive:
            kill_session(part.process.pid)

    def stop_all(self) -> None:
        """Stop layer by layer, the last one started first; parts of one layer together."""
        for layer in sorted({part.layer for part in self._parts}, reverse=True):
            parts = [part for part in self._parts if part.layer == layer]
            for part in parts:
                if part.process is not None and part.alive:
                    part.process.send_signal(part.stop_signal)
            for part in parts:
                self._await_end(part)
        for file in self._places.run.glob("*.pid"):
            file.unlink()

    def _await_end(self, part: Part) -> None:
        if part.process is None:
            return
        try:
            part.process.wait(part.stop_within_s)
        except subprocess.TimeoutExpired:
            kill_session(part.process.pid)
            part.process.wait(5)

    def _launch(self, part: Part) -> None:
        part.process = part.start()
        part.started_at = time.monotonic()
        part.retry_at = None
        note_process(self._places.run, part.name, part.process.pid)

    def _tend(self, part: Part) -> None:
        if part.alive:
            if part.failures and time.monotonic() - part.started_at > HEALTHY_AFTER_S:
                part.failures = 0
            return
        if part.retry_at is None:
            self._note_death(part)
        elif time.monotonic() >= part.retry_at:
            self._launch(part)
            self._report(f"{part.name} is started again")

    def _note_death(self, part: Part) -> None:
        if part.process is not None:
            kill_session(part.process.pid)  # children of a worker that died under them
        wait_s = min(LONGEST_WAIT_S, 0.25 * 2 ** min(part.failures, 8))
        part.failures += 1
        part.retry_at = time.monotonic() + wait_s
        code = part.process.returncode if part.process else None
        self._report(f"{part.name} ended with {_told(code)}; again in {wait_s:g} s")
        for line in last_lines(self._places.logs / f"{part.name}.log", 3):
            self._report(f"  {line[:300]}")


def _told(code: int | None) -> str:
    if code is None:
        return "no exit code"
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"
