"""The script `ward`: what it prepares, and what it leaves alone. Python and npm are stand-ins."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
NPM = """#!/bin/sh
echo "$*" >> "$CALLS"
[ "$2" = "--silent" ] && mkdir -p dist && echo built > dist/index.html
exit 0
"""
NODE = "#!/bin/sh\necho true\n"
PYTHON = '#!/bin/sh\necho "python $*" >> "$CALLS"\n'


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A checkout whose environment is made, with stand-ins that write down how they are called."""
    root = tmp_path / "a project"
    root.mkdir()
    shutil.copy(PROJECT / "ward", root / "ward")
    (root / "pyproject.toml").write_text("[project]\n")
    for lock in ("run", "dev", "node"):
        (root / "requirements").mkdir(exist_ok=True)
        (root / "requirements" / f"{lock}.lock").write_text(lock)
    (root / "src" / "wardops").mkdir(parents=True)
    (root / "src" / "wardops" / "api.py").write_text("first = 1\n")
    (root / "frontend" / "src").mkdir(parents=True)
    (root / "frontend" / "package.json").write_text("{}")
    (root / "frontend" / "src" / "main.ts").write_text("first\n")
    program(root / ".venv" / "bin" / "python", PYTHON)
    for name, text in (("npm", NPM), ("node", NODE), ("uv", "#!/bin/sh\nexit 0\n")):
        program(tmp_path / "programs" / name, text)
    return root


@pytest.fixture
def run(project: Path, tmp_path: Path) -> Callable[[str], list[str]]:
    """Runs `ward` with one word; what the stand-ins were called with."""

    def called(word: str) -> list[str]:
        calls = tmp_path / "calls"
        calls.write_text("")
        path = f"{tmp_path / 'programs'}:/usr/bin:/bin"
        subprocess.run(
            [str(project / "ward"), word],
            check=True,
            env={**os.environ, "PATH": path, "CALLS": str(calls)},
            timeout=60,
        )
        return calls.read_text().splitlines()

    return called


def built(calls: list[str]) -> bool:
    return "run --silent build" in calls


@pytest.mark.finding(21)
def test_a_change_of_the_backend_builds_no_web_app(
    project: Path, run: Callable[[str], list[str]]
) -> None:
    assert built(run("up"))
    assert not built(run("up"))
    (project / "src" / "wardops" / "api.py").write_text("second = 2\n")
    (project / "pyproject.toml").write_text("[project]\nname = 'other'\n")
    again = run("up")
    assert not built(again)
    assert again[-1] == "python -m wardops.cli up"


@pytest.mark.finding(21)
def test_a_change_of_the_web_app_builds_it_and_installs_no_python(
    project: Path, run: Callable[[str], list[str]]
) -> None:
    run("up")
    (project / "frontend" / "src" / "main.ts").write_text("second\n")
    calls = run("up")
    assert built(calls)
    assert not any(call.startswith("python -c") for call in calls)


def test_a_command_that_shows_no_page_builds_nothing(run: Callable[[str], list[str]]) -> None:
    assert not built(run("status"))


def test_a_web_app_that_cannot_be_built_stops_the_start(
    project: Path, run: Callable[[str], list[str]], tmp_path: Path
) -> None:
    program(tmp_path / "programs" / "npm", "#!/bin/sh\nexit 1\n")
    with pytest.raises(subprocess.CalledProcessError):
        run("up")
    assert not (project / ".venv" / ".ward-web").exists()
