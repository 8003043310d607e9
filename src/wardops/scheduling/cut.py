"""Cuts all targets into shards: by site and cadence, a branch never split.

Keeping a branch whole lets one worker judge it in one transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import numpy as np

from wardops.flow import ProbeTarget, Shard, ShardKey, Surroundings, TargetKind

Group = tuple[str, int]


def cut(targets: Sequence[ProbeTarget], *, version: int, shard_size: int) -> list[Shard]:
    """Shards of about `shard_size` targets; only a larger branch makes a larger shard."""
    devices = {t.target_id: t for t in targets if t.kind is TargetKind.DEVICE}
    mates: defaultdict[int, list[ProbeTarget]] = defaultdict(list)
    for device in devices.values():
        if device.branch_id:
            mates[device.branch_id].append(device)
    groups: defaultdict[Group, list[ProbeTarget]] = defaultdict(list)
    for target in targets:
        groups[target.site, target.cadence_ms].append(target)
    return [
        _shard(
            ShardKey(site, cadence_ms, index), part, version=version, devices=devices, mates=mates
        )
        for (site, cadence_ms), members in sorted(groups.items())
        for index, part in enumerate(_parts(members, shard_size))
    ]


def _parts(members: Iterable[ProbeTarget], shard_size: int) -> Iterator[list[ProbeTarget]]:
    """Runs of whole branches; targets without a branch stand alone."""
    part: list[ProbeTarget] = []
    ordered = sorted(members, key=lambda t: (t.branch_id, t.target_id))
    for _, branch in groupby(ordered, key=lambda t: t.branch_id or -t.target_id):
        together = list(branch)
        if part and len(part) + len(together) > shard_size:
            yield part
            part = []
        part += together
    if part:
        yield part


def _shard(
    key: ShardKey,
    part: list[ProbeTarget],
    *,
    version: int,
    devices: dict[int, ProbeTarget],
    mates: dict[int, list[ProbeTarget]],
) -> Shard:
    part = sorted(part, key=lambda t: t.target_id)
    return Shard(
        key=key,
        version=version,
        ids=np.array([t.target_id for t in part], dtype=np.int64),
        addresses=tuple(t.address for t in part),
        sources=tuple(t.source for t in part),
        branches=np.array([t.branch_id for t in part], dtype=np.int64),
        parents=np.array([t.parent_id for t in part], dtype=np.int64),
        links=np.array([t.kind is TargetKind.LINK for t in part], dtype=np.bool_),
        surroundings=_surroundings(part, devices, mates),
    )


def _surroundings(
    part: list[ProbeTarget],
    devices: dict[int, ProbeTarget],
    mates: dict[int, list[ProbeTarget]],
) -> Surroundings:
    inside = {t.target_id for t in part}
    found: dict[int, ProbeTarget] = {}
    waiting = list(part)
    for branch in {t.branch_id for t in part}:
        waiting += mates.get(branch, [])
    while waiting:
        target = waiting.pop()
        upstream = devices.get(target.parent_id)
        if upstream is not None and upstream.target_id not in found:
            beside = mates.get(upstream.branch_id, ())
            waiting += [upstream, *(mate for mate in beside if mate.target_id not in found)]
            found[upstream.target_id] = upstream
        if target.kind is TargetKind.DEVICE:
            found[target.target_id] = target
    outside = [found[i] for i in sorted(found.keys() - inside)]
    return Surroundings(
        ids=np.array([t.target_id for t in outside], dtype=np.int64),
        addresses=tuple(t.address for t in outside),
        branches=np.array([t.branch_id for t in outside], dtype=np.int64),
        parents=np.array([t.parent_id for t in outside], dtype=np.int64),
    )
