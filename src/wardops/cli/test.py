"""`ward test`: every check, phase by phase, each named and timed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from wardops.core.errors import StartRefused

PROJECT = Path(__file__).parents[3]
CHROMIUM = Path("/usr/bin/chromium")
# What pytest exits with when no test was selected.
_NOTHING_COLLECTED = 5
SOURCES = ("src", "tests", "benchmarks")


@dataclass(frozen=True, slots=True)
class Phase:
    """One check: a name and the command that makes it."""

    name: str
    command: tuple[str, ...]
    folder: Path = PROJECT
    chosen: bool = False
    """True when the caller has narrowed the tests down."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a phase ended; `left_out` says why it did not run."""

    name: str
    seconds: float
    passed: bool
    left_out: str = ""


def _tool(name: str, *arguments: str) -> tuple[str, ...]:
    return (str(Path(sys.executable).parent / name), *arguments)


def _npm(script: str) -> Phase:
    return Phase(f"web {script}", ("npm", "run", "--silent", script), PROJECT / "frontend")


def phases(kind: str, arguments: Sequence[str]) -> list[Phase]:
    """The phases of one kind of run. Raises StartRefused for a kind there is not."""
    checks = [
        Phase("lint", _tool("ruff", "check", *SOURCES)),
        Phase("format", _tool("ruff", "format", "--check", *SOURCES)),
        Phase("types", _tool("mypy")),
        Phase("imports", _tool("lint-imports")),
        Phase("openapi", (sys.executable, "-m", "wardops.api.openapi", "--check")),
    ]

    def tests(name: str, marker: str, *options: str) -> Phase:
        command = (sys.executable, "-m", "pytest", "-q", "-m", marker, *options, *arguments)
        return Phase(name, command, chosen=bool(arguments))

    web = [_npm(script) for script in ("lint", "typecheck", "generate:check", "test")]
    unit = tests("unit", "not integration and not browser and not faults")
    # By file, since only one at a time may make the addresses of the simulated bank silent.
    shared_out = ("-n", "2", "--dist", "loadfile")
    integration = tests("integration", "integration and not faults", *shared_out)
    browser = tests("browser", "browser")
    faults = tests("faults", "faults")
    kinds = {
        "": [*checks, *web, unit, integration, browser],
        "lint": checks,
        "web": web,
        "unit": [unit],
        "integration": [integration],
        "browser": [browser],
        "faults": [faults],
        "all": [*checks, *web, unit, integration, browser, faults],
    }
    if kind not in kinds:
        raise StartRefused(
            f"There is no kind of test {kind!r}.", hint=f"Kinds: {', '.join(filter(None, kinds))}."
        )
    return kinds[kind]


def test(
    kind: Annotated[str, typer.Argument(help="unit, integration, browser, faults, all …")] = "",  # noqa: PT028
    arguments: Annotated[
        list[str] | None, typer.Argument(help="Further arguments for pytest.")
    ] = None,  # noqa: PT028  a command, not a test
) -> None:
    """Run the checks; without a kind, all that fit into a quarter of an hour."""
    if kind.startswith("-"):
        kind, arguments = "", [kind, *(arguments or [])]
    outcomes = [_run(phase) for phase in phases(kind, arguments or [])]
    _tell(outcomes)
    sys.exit(0 if all(outcome.passed for outcome in outcomes) else 1)


def _run(phase: Phase) -> Outcome:
    sys.stdout.write(f"\n=== {phase.name}\n")
    sys.stdout.flush()
    if reason := _missing(phase):
        sys.stdout.write(f"left out: {reason}\n")
        return Outcome(phase.name, 0, passed=not os.environ.get("CI"), left_out=reason)
    began = time.monotonic()
    node = PROJECT / ".venv" / "node" / "bin"
    path = f"{os.environ.get('PATH', '')}:{node}"
    code = subprocess.run(
        phase.command, cwd=phase.folder, check=False, env={**os.environ, "PATH": path}
    ).returncode
    seconds = time.monotonic() - began
    if "pytest" in phase.command and code == _NOTHING_COLLECTED:
        # Rightly so when somebody asked for one test; otherwise the tests have gone missing.
        return Outcome(phase.name, seconds, passed=phase.chosen, left_out="no test was selected")
    return Outcome(phase.name, seconds, passed=code == 0)


def _missing(phase: Phase) -> str:
    """What the machine lacks for a phase; empty when nothing."""
    if phase.folder.name == "frontend" and not (phase.folder / "node_modules").is_dir():
        return "the web app's packages are not installed: run ./ward up once, or npm ci"
    if phase.name == "browser" and not CHROMIUM.exists():
        if os.geteuid() == 0 and (apt := shutil.which("apt-get")):
            for words in (["update", "-qq"], ["install", "-qq", "-y", "chromium"]):
                subprocess.run([apt, *words], check=False)
        if not CHROMIUM.exists():
            return "there is no Chromium: apt-get install chromium"
    return ""


def _tell(outcomes: Sequence[Outcome]) -> None:
    table = Table("phase", "result", "seconds")
    for outcome in outcomes:
        result = "passed" if outcome.passed else "FAILED"
        if outcome.left_out:
            result = f"{'left out' if outcome.passed else 'FAILED'}: {outcome.left_out}"
        table.add_row(outcome.name, result, f"{outcome.seconds:.1f}")
    Console(width=100).print(table)
