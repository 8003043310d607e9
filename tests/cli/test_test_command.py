"""`ward test`: a phase in which nothing ran is no proof."""

from __future__ import annotations

import sys

import pytest

from wardops.cli import test as command
from wardops.core.errors import StartRefused

NOTHING = (sys.executable, "-c", "raise SystemExit(5)", "pytest")


@pytest.mark.parametrize(
    ("chosen", "passed"),
    [(False, False), (True, True)],
    ids=["all of them", "those the caller asked for"],
)
def test_a_phase_without_any_test_passes_only_when_the_caller_chose(
    chosen: bool, passed: bool
) -> None:
    outcome = command._run(command.Phase("unit", NOTHING, chosen=chosen))
    assert (outcome.passed, outcome.left_out) == (passed, "no test was selected")


def test_arguments_narrow_down_every_phase_of_pytest() -> None:
    chosen = {phase.name: phase.chosen for phase in command.phases("all", ["-k", "one"])}
    assert [name for name, narrowed in chosen.items() if narrowed] == [
        "unit",
        "integration",
        "browser",
        "faults",
    ]
    assert not any(phase.chosen for phase in command.phases("all", []))


def test_what_a_machine_lacks_fails_in_ci_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_missing", lambda _: "there is no Chromium")
    monkeypatch.delenv("CI", raising=False)
    assert command._run(command.Phase("browser", ("true",))).passed
    monkeypatch.setenv("CI", "true")
    assert not command._run(command.Phase("browser", ("true",))).passed


def test_an_unknown_kind_is_refused_with_those_there_are() -> None:
    with pytest.raises(StartRefused, match=r"integration, browser, faults, all"):
        command.phases("everything", [])
