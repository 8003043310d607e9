"""What is to blame for a silence: pure reasoning on who is reached through whom.

When a target falls silent, the burst that confirms it also asks its witnesses: the devices of
its branch and everything upstream. So the answer does not depend on who happened to be polled
first: the highest silent device on the way is the cause, or its whole branch, if all of that
is silent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

import numpy as np

from wardops.flow import Cause, CauseKind, Ints, Shard

# A branch of one device has no more to say than the device.
SMALLEST_BRANCH = 2


@dataclass(frozen=True, slots=True)
class Witness:
    """A device that is asked beside the silent ones."""

    target_id: int
    address: str
    branch_id: int
    parent_id: int


def _devices(shard: Shard) -> Iterator[Witness]:
    for row in np.flatnonzero(~shard.links).tolist():
        yield Witness(
            int(shard.ids[row]),
            shard.addresses[row],
            int(shard.branches[row]),
            int(shard.parents[row]),
        )
    around = shard.surroundings
    for row in range(len(around)):
        yield Witness(
            int(around.ids[row]),
            around.addresses[row],
            int(around.branches[row]),
            int(around.parents[row]),
        )


def witnesses_of(shard: Shard, silent: Ints) -> list[Witness]:
    """The devices whose answer tells what made `silent` (rows of the shard) silent.

    Silent devices themselves are not in it: they are asked anyway.
    """
    if not len(silent):
        return []
    known = {device.target_id: device for device in _devices(shard)}
    branches = set(shard.branches[silent].tolist()) - {0}
    asked = set(shard.ids[silent].tolist())
    upstream = _upstream(set(shard.parents[silent].tolist()), known)
    branches |= {known[i].branch_id for i in upstream} - {0}
    wanted = upstream | {d.target_id for d in known.values() if d.branch_id in branches}
    wanted |= _upstream({known[i].parent_id for i in wanted}, known)
    return [known[i] for i in sorted(wanted - asked)]


def _upstream(start: Set[int], known: Mapping[int, Witness]) -> set[int]:
    found: set[int] = set()
    waiting = list(start)
    while waiting:
        device = known.get(waiting.pop())
        if device is not None and device.target_id not in found:
            found.add(device.target_id)
            waiting.append(device.parent_id)
    return found


def find_causes(shard: Shard, suspects: Ints, silent_ids: Set[int]) -> dict[int, Cause]:
    """The cause of each suspect (rows of the shard), by target id.

    `silent_ids` are all devices that did not answer the burst, suspects and witnesses alike;
    known-down devices of the shard belong in it too.
    """
    known = {device.target_id: device for device in _devices(shard)}
    silent_branches = _silent_branches(known, silent_ids)
    causes = {}
    for row in suspects:
        target_id, branch_id = int(shard.ids[row]), int(shard.branches[row])
        if shard.links[row]:
            causes[target_id] = (
                _blame(_any_of(branch_id, known), known, silent_ids, silent_branches)
                if branch_id in silent_branches
                else Cause(CauseKind.LINK, target_id)
            )
        else:
            causes[target_id] = _blame(target_id, known, silent_ids, silent_branches)
    return causes


def _silent_branches(known: Mapping[int, Witness], silent_ids: Set[int]) -> set[int]:
    members: defaultdict[int, set[int]] = defaultdict(set)
    for device in known.values():
        if device.branch_id:
            members[device.branch_id].add(device.target_id)
    return {
        branch
        for branch, ids in members.items()
        if len(ids) >= SMALLEST_BRANCH and ids <= silent_ids
    }


def _any_of(branch_id: int, known: Mapping[int, Witness]) -> int:
    return min(d.target_id for d in known.values() if d.branch_id == branch_id)


def _blame(
    target_id: int,
    known: Mapping[int, Witness],
    silent_ids: Set[int],
    silent_branches: Set[int],
) -> Cause:
    top, seen = target_id, {target_id}
    while (parent := known[top].parent_id) in silent_ids and parent in known:
        if parent in seen:
            break
        seen.add(parent)
        top = parent
    branch = known[top].branch_id
    if branch in silent_branches:
        return Cause(CauseKind.BRANCH, branch)
    return Cause(CauseKind.DEVICE, top)
