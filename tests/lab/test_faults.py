"""Faults are remembered and written down."""

from __future__ import annotations

import time
from pathlib import Path

import orjson
from lab_network import Namespace

from wardops.lab import PLAYER, Bank, Faults, Firewall, Subject, SubjectKind, find_subject


def _faults(folder: Path) -> Faults:
    return Faults(Firewall(), folder)


def _lines(folder: Path) -> list[dict[str, object]]:
    return [orjson.loads(line) for line in (folder / "faults.log").read_bytes().splitlines()]


def test_each_act_is_written_with_both_clocks(namespace: Namespace, tmp_path: Path) -> None:
    subject = Subject(SubjectKind.DEVICE, "atm", ("127.10.1.1",))
    before = (time.time_ns(), time.monotonic())
    namespace.run(_faults(tmp_path).switch_on, subject)
    namespace.run(_faults(tmp_path).switch_off, subject)
    after = (time.time_ns(), time.monotonic())
    on, off = _lines(tmp_path)
    assert (on["act"], off["act"]) == ("on", "off")
    assert on["subject"] == {"kind": "device", "name": "atm", "addresses": ["127.10.1.1"]}
    stamps = [(line["wall_ns"], line["monotonic_s"]) for line in (on, off)]
    # The clock of the product has microseconds.
    assert before[0] - 1000 <= stamps[0][0] <= stamps[1][0] <= after[0]  # type: ignore[operator]
    assert before[1] <= stamps[0][1] <= stamps[1][1] <= after[1]  # type: ignore[operator]


def test_fault_outlasts_the_process_that_made_it(
    namespace: Namespace, tmp_path: Path, bank: Bank
) -> None:
    subject = find_subject(bank, SubjectKind.BRANCH, "B040")
    namespace.run(_faults(tmp_path).switch_on, subject)
    found = namespace.run(_faults(tmp_path).active)
    assert [fault.subject for fault in found] == [subject]


def test_fault_that_the_kernel_forgot_is_not_told(
    namespace: Namespace, tmp_path: Path, bank: Bank
) -> None:
    namespace.run(_faults(tmp_path).switch_on, find_subject(bank, SubjectKind.BRANCH, "B040"))
    namespace.run(Firewall().clear)
    assert namespace.run(_faults(tmp_path).active) == []


def test_device_stays_silent_when_the_fault_of_its_branch_ends(
    namespace: Namespace, tmp_path: Path, bank: Bank
) -> None:
    branch = find_subject(bank, SubjectKind.BRANCH, "B040")
    device = Subject(SubjectKind.DEVICE, "one of it", branch.addresses[:1])
    faults = _faults(tmp_path)
    namespace.run(faults.switch_on, device)
    namespace.run(faults.switch_on, branch)
    assert namespace.run(faults.switch_off, branch) == 1
    assert namespace.answers(device.addresses[0]) == 0
    assert namespace.answers(branch.addresses[1]) == 1
    assert namespace.run(faults.switch_off, device) == 1
    assert namespace.answers(device.addresses[0]) == 1


def test_what_the_scenario_left_on_is_taken_back_and_no_more(
    namespace: Namespace, tmp_path: Path
) -> None:
    faults = _faults(tmp_path)
    by_hand = Subject(SubjectKind.DEVICE, "atm", ("127.10.1.1",))
    namespace.run(faults.switch_on, by_hand)
    namespace.run(faults.switch_on, Subject(SubjectKind.DEVICE, "pos", ("127.10.1.2",)), by=PLAYER)
    namespace.run(faults.take_back, PLAYER)
    assert [fault.subject for fault in namespace.run(faults.active)] == [by_hand]


def test_clear_ends_all_faults(namespace: Namespace, tmp_path: Path, bank: Bank) -> None:
    faults = _faults(tmp_path)
    namespace.run(faults.switch_on, find_subject(bank, SubjectKind.PROVIDER, "Kolkhi"), percent=30)
    namespace.run(faults.clear)
    assert namespace.run(faults.active) == []
    assert _lines(tmp_path)[-1]["act"] == "clear"
