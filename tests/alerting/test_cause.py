"""What is to blame, on drawn graphs.

core (1) ── router A (2) ── switch (3), atm (4)   branch 10, link 20
         └─ router B (5) ── atm (6)               branch 11
ups (7), alone in branch 12                       server (8), in no branch
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from observations import a_target
from wardops.alerting import find_causes, witnesses_of
from wardops.flow import Cause, CauseKind, Shard, TargetKind
from wardops.scheduling import cut

BANK = [
    a_target(1, branch=1, cadence_ms=3000),
    a_target(2, branch=10, parent=1, cadence_ms=3000),
    a_target(3, branch=10, parent=2),
    a_target(4, branch=10, parent=2),
    a_target(5, branch=11, parent=1, cadence_ms=3000),
    a_target(6, branch=11, parent=5),
    a_target(7, branch=12, parent=1),
    a_target(8),
    a_target(9, branch=1),
    a_target(20, branch=10, kind=TargetKind.LINK, cadence_ms=3000),
    a_target(21, branch=12, kind=TargetKind.LINK, cadence_ms=3000),
]
EVERYTHING = {t.target_id for t in BANK}
DEVICES = {t.target_id for t in BANK if t.kind is TargetKind.DEVICE}


def blame(*silent: int, size: int = 1000) -> dict[int, str]:
    """The cause told of each silent target, each judged by the shard it is probed in."""
    told: dict[int, str] = {}
    for shard in cut(BANK, version=1, shard_size=size):
        rows = np.flatnonzero(np.isin(shard.ids, silent))
        asked = {w.target_id for w in witnesses_of(shard, rows)} | set(shard.ids[rows].tolist())
        causes = find_causes(shard, rows, asked & set(silent))
        told |= {number: cause.key for number, cause in causes.items()}
    return told


@pytest.mark.parametrize(
    ("silent", "causes"),
    [
        ([4], {4: "device:4"}),
        ([3, 4], {3: "device:3", 4: "device:4"}),
        ([2, 3, 4], dict.fromkeys([2, 3, 4], "branch:10")),
        ([2, 3, 4, 20], dict.fromkeys([2, 3, 4, 20], "branch:10")),
        ([2], {2: "device:2"}),
        ([2, 4], {2: "device:2", 4: "device:2"}),
        ([20], {20: "link:20"}),
        ([4, 20], {4: "device:4", 20: "link:20"}),
        ([7], {7: "device:7"}),
        ([7, 21], {7: "device:7", 21: "link:21"}),
        ([8], {8: "device:8"}),
        ([1, 2, 3, 4], dict.fromkeys([1, 2, 3, 4], "device:1")),
        ([1, 2, 3, 4, 5, 6, 7], dict.fromkeys([1, 2, 3, 4, 5, 6, 7], "device:1")),
        ([1, 9, 2, 3, 4], dict.fromkeys([1, 9, 2, 3, 4], "branch:1")),
        ([2, 3, 4, 5, 6], {**dict.fromkeys([2, 3, 4], "branch:10"),
                           **dict.fromkeys([5, 6], "branch:11")}),
    ],
)  # fmt: skip
def test_the_highest_silent_thing_is_to_blame(silent: list[int], causes: dict[int, str]) -> None:
    assert blame(*silent) == causes


@given(st.sets(st.sampled_from(sorted(EVERYTHING))), st.integers(1, 12))
def test_the_cause_does_not_depend_on_the_cut(silent: set[int], size: int) -> None:
    assert blame(*silent, size=size) == blame(*silent)
    assert set(blame(*silent)) == silent


@given(st.sets(st.sampled_from(sorted(EVERYTHING)), min_size=1))
def test_only_what_is_silent_is_blamed(silent: set[int]) -> None:
    for key in blame(*silent).values():
        kind, number = key.split(":")
        members = {t.target_id for t in BANK if t.branch_id == int(number)} & DEVICES
        assert (members <= silent) if kind == "branch" else int(number) in silent


def test_nobody_is_asked_when_nobody_is_silent() -> None:
    shard = cut(BANK, version=1, shard_size=1000)[0]
    assert witnesses_of(shard, np.array([], dtype=np.int64)) == []


def test_witnesses_are_few_however_large_the_bank() -> None:
    many = [a_target(n, branch=n // 10 + 100, parent=1) for n in range(100, 5000)]
    shard = cut([*BANK, *many], version=1, shard_size=10_000)[1]
    row = np.flatnonzero(shard.ids == 4)
    assert {w.target_id for w in witnesses_of(shard, row)} == {1, 2, 3, 9}


def test_a_circle_of_parents_ends() -> None:
    circle = [a_target(1, parent=2), a_target(2, parent=1)]
    shard: Shard = cut(circle, version=1, shard_size=10)[0]
    causes = find_causes(shard, np.array([0, 1]), {1, 2})
    assert set(causes.values()) <= {Cause(CauseKind.DEVICE, 1), Cause(CauseKind.DEVICE, 2)}
