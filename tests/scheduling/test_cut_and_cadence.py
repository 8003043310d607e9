"""Who is due now: cut, cadences, claims, clock and plans."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from redis import Redis

from observations import a_target
from wardops.core.redis import server_time_ms
from wardops.flow import ProbeTarget, Shard, ShardKey, TargetKind
from wardops.scheduling import (
    DueSlot,
    LogicalClock,
    Plan,
    PlanCache,
    PlanMissing,
    SlotClaims,
    cut,
    due_slots,
    next_due_ms,
)
from wardops.scheduling.plan import decode, encode
from wardops.scheduling.slots import CLOCK


@st.composite
def inventories(draw: st.DrawFn) -> list[ProbeTarget]:
    count = draw(st.integers(0, 40))
    return [
        a_target(
            number,
            branch=draw(st.integers(0, 6)),
            parent=draw(st.integers(0, count)),
            kind=draw(st.sampled_from(TargetKind)),
            site=draw(st.sampled_from(["main", "east"])),
            cadence_ms=draw(st.sampled_from([3000, 5000])),
        )
        for number in range(1, count + 1)
    ]


@given(inventories(), st.integers(1, 15))
def test_every_target_is_in_exactly_one_shard_of_its_site_and_cadence(
    targets: list[ProbeTarget], size: int
) -> None:
    shards = cut(targets, version=1, shard_size=size)
    found = {int(i): shard.key for shard in shards for i in shard.ids}
    assert sorted(found) == [t.target_id for t in targets]
    assert sum(map(len, shards)) == len(targets)
    for target in targets:
        key = found[target.target_id]
        assert (key.site, key.cadence_ms) == (target.site, target.cadence_ms)
    assert all((np.diff(shard.ids) > 0).all() for shard in shards)


@given(inventories(), st.integers(1, 15))
def test_a_branch_is_never_split(targets: list[ProbeTarget], size: int) -> None:
    places = defaultdict(set)
    shards = cut(targets, version=1, shard_size=size)
    for shard in shards:
        for branch in set(shard.branches.tolist()) - {0}:
            places[shard.key.site, shard.key.cadence_ms, branch].add(shard.key.index)
        groups = Counter(b or -i for b, i in zip(shard.branches, shard.ids, strict=True))
        assert len(shard) <= size or len(groups) == 1
    assert all(len(shards) == 1 for shards in places.values())


@given(inventories(), st.integers(1, 15))
def test_surroundings_are_the_rest_of_the_branches_and_all_upstream(
    targets: list[ProbeTarget], size: int
) -> None:
    devices = {t.target_id: t for t in targets if t.kind is TargetKind.DEVICE}
    for shard in cut(targets, version=1, shard_size=size):
        inside = set(shard.ids.tolist())
        known = inside | set(shard.surroundings.ids.tolist())
        branches = set(shard.branches.tolist()) - {0}
        assert {i for i, d in devices.items() if d.branch_id in branches} <= known
        for number in known & devices.keys():
            assert devices[number].parent_id not in devices or devices[number].parent_id in known
        assert inside.isdisjoint(shard.surroundings.ids.tolist())


def same(one: Shard, other: Shard) -> bool:
    return encode(one) == encode(other) and one.sources == other.sources


@given(inventories())
def test_a_shard_comes_back_from_its_json(targets: list[ProbeTarget]) -> None:
    for shard in cut(targets, version=7, shard_size=5):
        assert same(decode(encode(shard)), shard)


KEYS = [(ShardKey("main", 5000, k), 10) for k in range(10)]


def test_shards_are_spread_evenly_over_the_cadence() -> None:
    slots = [due.slot_ms % 5000 for due in due_slots(KEYS, 1_000_000, {})]
    assert sorted(slots) == list(range(0, 5000, 500))


@given(st.integers(10**6, 10**13), st.integers(0, 100_000))
def test_at_most_one_cadence_is_caught_up(now_ms: int, pause_ms: int) -> None:
    before = {due.key: due.slot_ms for due in due_slots(KEYS, now_ms, {})}
    due = due_slots(KEYS, now_ms + pause_ms, before)
    assert len(due) == len({item.key for item in due}) <= len(KEYS)
    for item in due:
        assert before[item.key] < item.slot_ms <= now_ms + pause_ms
        assert item.slot_ms > now_ms + pause_ms - 5000
        assert (item.slot_ms - before[item.key]) % 5000 == 0


@given(st.integers(10**6, 10**13))
def test_the_next_moment_is_when_something_becomes_due(now_ms: int) -> None:
    claimed = {due.key: due.slot_ms for due in due_slots(KEYS, now_ms, {})}
    moment = next_due_ms(KEYS, now_ms)
    assert moment is not None
    assert not due_slots(KEYS, moment - 1, claimed)
    assert due_slots(KEYS, moment, claimed)
    assert next_due_ms([], now_ms) is None


@given(
    st.integers(10**9, 10**12),
    st.lists(
        st.tuples(
            st.integers(0, 20_000),
            st.sampled_from([1000, 3000, 5000, 60_000]),
            st.integers(1, 9),
            st.integers(0, 8),
        ),
        min_size=2,
        max_size=12,
    ),
)
def test_slots_of_a_target_never_fall_when_cadence_or_shards_change_while_it_is_claimed(
    now_ms: int, moves: list[tuple[int, int, int, int]]
) -> None:
    """A slot lies at most one cadence back, so a slower plan never wins over a newer one's past."""
    claimed: dict[ShardKey, int] = {}
    for wait_ms, cadence, count, index in moves:
        now_ms += wait_ms
        key = ShardKey("main", cadence, index % count)
        for due in due_slots([(key, count)], now_ms, claimed):
            assert now_ms - cadence < due.slot_ms <= now_ms
            assert due.slot_ms > claimed.get(key, 0)
            claimed[key] = due.slot_ms


def test_a_slot_is_won_by_exactly_one_of_many_claimers(redis: Redis) -> None:
    due = [DueSlot(key, 5000) for key, _ in KEYS]
    won: list[DueSlot] = []
    start = threading.Barrier(8)

    def claim() -> None:
        start.wait()
        won.extend(SlotClaims(redis).claim(due))

    threads = [threading.Thread(target=claim) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(won) == Counter(due)


def test_an_older_slot_is_not_won(redis: Redis) -> None:
    claims, key = SlotClaims(redis), KEYS[0][0]
    assert claims.claim([DueSlot(key, 5000)])
    assert claims.claim([DueSlot(key, 4000), DueSlot(key, 5000)]) == []
    assert claims.held() == {key: 5000}
    assert claims.claim([]) == []


def test_the_clock_goes_on_when_the_server_s_goes_back(redis: Redis) -> None:
    ahead = server_time_ms(redis) + 3_600_000
    redis.set(CLOCK, ahead)
    clock = LogicalClock(redis)
    readings = [clock.now_ms() for _ in range(50)]
    assert readings == sorted(readings)
    assert readings[0] >= ahead
    assert int(redis.get(CLOCK) or 0) == readings[-1]


def test_the_clock_runs_on_during_the_jump(redis: Redis, wait_until: object) -> None:
    assert callable(wait_until)
    redis.set(CLOCK, server_time_ms(redis) + 3_600_000)
    clock = LogicalClock(redis)
    first = clock.now_ms()
    wait_until(lambda: clock.now_ms() > first + 50)


def test_an_emptied_redis_does_not_take_the_clock_back(redis: Redis) -> None:
    floor = server_time_ms(redis) + 3_600_000
    assert LogicalClock(redis, floor_ms=floor).now_ms() >= floor


def test_without_a_jump_the_clock_is_the_server_s(redis: Redis) -> None:
    clock = LogicalClock(redis)
    before = server_time_ms(redis)
    assert before <= clock.now_ms() <= server_time_ms(redis)


def a_shard(version: int, count: int = 3) -> Shard:
    return cut([a_target(n) for n in range(1, count + 1)], version=version, shard_size=1000)[0]


@pytest.mark.finding(19)
def test_a_plan_is_found_under_its_version_only(redis: Redis) -> None:
    cache, key = PlanCache(redis), a_shard(1).key
    cache.publish(1, [a_shard(1)])
    assert len(cache.shard(key, 1)) == 3
    with pytest.raises(PlanMissing):
        cache.shard(key, 2)
    cache.publish(2, [a_shard(2, count=5)])
    assert len(cache.shard(key, 2)) == 5
    assert cache.holds(2)
    assert not cache.holds(3)


@pytest.mark.finding(19)
def test_older_plans_run_out_and_the_newest_stays(redis: Redis) -> None:
    cache = PlanCache(redis)
    for version in (9, 10):
        cache.publish(version, [a_shard(version)])
    assert 0 < redis.ttl("ward:plan:9") <= 120
    assert redis.ttl("ward:plan:10") == -1


def test_an_emptied_redis_is_noticed(redis: Redis) -> None:
    cache = PlanCache(redis)
    cache.publish(1, [a_shard(1)])
    redis.flushall()
    assert not cache.holds(1)


@pytest.mark.parametrize("devices", [1000, 10_000])
def test_messages_of_a_cycle_go_by_shards_and_not_by_devices(devices: int) -> None:
    targets = [a_target(n, branch=n // 80 + 1) for n in range(1, devices + 1)]
    plan = Plan.of(1, cut(targets, version=1, shard_size=1000))
    assert len(due_slots(plan.shards, 10**12, {})) <= devices / 1000 * 1.1 + 1
    assert plan.counts == (len(plan.keys),) * len(plan.keys)
