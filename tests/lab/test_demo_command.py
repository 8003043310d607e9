"""`ward demo` as people type it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from lab_network import Namespace


def _ward(namespace: Namespace, folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "wardops.cli", "demo", *line.split(), "--data", str(folder)]
    return namespace.run(
        subprocess.run, command, capture_output=True, text=True, timeout=60, check=False
    )


def test_fault_goes_on_is_listed_and_goes_off(namespace: Namespace, tmp_path: Path) -> None:
    assert _ward(namespace, tmp_path, "fault device atm-b001-1 sw-b002-1 on").returncode == 0
    assert namespace.answers("127.10.2.3") == 0
    listed = json.loads(_ward(namespace, tmp_path, "fault list --json").stdout)
    assert [(row["kind"], row["name"]) for row in listed] == [
        ("device", "atm-b001-1"),
        ("device", "sw-b002-1"),
    ]
    assert "answers again" in _ward(namespace, tmp_path, "fault device sw-b002 off").stdout
    assert namespace.answers("127.10.2.3") == 1


def test_fault_for_a_time_ends_by_itself(namespace: Namespace, tmp_path: Path) -> None:
    done = _ward(namespace, tmp_path, "fault branch B040 on --for 0.1s --loss 30%")
    assert "loses 30 %" in done.stdout
    assert json.loads(_ward(namespace, tmp_path, "fault list --json").stdout) == []


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("fault device atm-b on", 1, "Did you mean"),
        ("fault device atm-b001-1 on --loss 200", 2, "from 1% to 100%"),
        ("fault device atm-b001-1 on --for soon", 2, "30s, 5m"),
    ],
)
def test_mistake_is_told_with_the_way_out(
    namespace: Namespace, tmp_path: Path, line: str, code: int, told: str
) -> None:
    done = _ward(namespace, tmp_path, line)
    assert (done.returncode, told in done.stderr) == (code, True)
    assert namespace.tables() == ""


def test_one_round_of_the_scenario_leaves_nothing_behind(
    namespace: Namespace, tmp_path: Path
) -> None:
    done = _ward(namespace, tmp_path, "scenario --once --speed 5000 --minutes 3")
    assert done.returncode == 0
    status = json.loads(_ward(namespace, tmp_path, "status --json").stdout)[0]
    assert (status["devices"], status["faults"], status["addresses_in_fault"]) == (900, 0, 0)
    assert (tmp_path / "demo" / "faults.log").read_bytes().count(b'"act":"on"') >= 1
