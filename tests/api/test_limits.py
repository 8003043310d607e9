"""How often one client may ask."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from redis import Redis
from running_api import Api, ClientFor, serving

from wardops.access import Limiter
from wardops.core.errors import TooMany
from wardops.core.redis import open_redis
from wardops.core.secrets import Secret
from wardops.core.settings import Settings

pytestmark = pytest.mark.finding(25)

FEW = 60


@pytest.fixture
def api_settings(settings: Settings, redis: Redis) -> Settings:
    return settings.model_copy(update={"rate_per_minute": FEW})


@pytest.fixture
def without_redis(settings: Settings) -> Iterator[Api]:
    away = {"redis_url": Secret("redis://127.0.0.1:1/0"), "rate_per_minute": FEW}
    with serving(settings.model_copy(update=away)) as api:
        yield api


def refusals(client: httpx.Client, times: int, path: str = "/auth/state") -> list[httpx.Response]:
    return [a for a in (client.get(path) for _ in range(times)) if a.status_code == 429]


def test_client_that_asks_too_often_is_told_when_to_come_back(anonymous: httpx.Client) -> None:
    refused = refusals(anonymous, 2 * FEW)
    assert len(refused) >= FEW
    assert refused[0].json()["code"] == "rate_limited"
    assert 0 < int(refused[0].headers["retry-after"]) <= 60


def test_one_user_does_not_use_up_the_limit_of_another(client_for: ClientFor) -> None:
    assert refusals(client_for("viewer"), 2 * FEW, "/me")
    assert not refusals(client_for("admin"), 3, "/me")


def test_guessing_tokens_is_counted_for_the_address(api: Api) -> None:
    codes = []
    for number in range(2 * FEW):
        with api.client(headers={"Authorization": f"Bearer ward_guess{number}"}) as guesser:
            codes.append(guesser.get("/me").status_code)
    assert codes[0] == 401
    assert codes[-1] == 429


def test_health_is_never_refused(anonymous: httpx.Client) -> None:
    assert not refusals(anonymous, 2 * FEW, "/health/live")


def test_limits_hold_within_a_process_while_redis_is_away(without_redis: Api) -> None:
    with without_redis.client() as client:
        assert len(refusals(client, 2 * FEW)) >= FEW


def test_limit_is_shared_by_processes(settings: Settings, redis: Redis) -> None:
    other = open_redis(settings, name="other")
    first, second = Limiter(redis), Limiter(other)
    for limiter in (first, second):
        limiter.take("k", limit=2, window_s=60, told="no")
    with pytest.raises(TooMany):
        first.take("k", limit=2, window_s=60, told="no")
    second.give_back("k")
    second.give_back("k")
    first.take("k", limit=2, window_s=60, told="no")
    assert 0 < redis.ttl("ward:limit:k") <= 60
    other.close()


def test_giving_back_what_was_not_taken_is_no_credit(redis: Redis) -> None:
    limiter = Limiter(redis)
    limiter.give_back("fresh")
    assert not redis.exists("ward:limit:fresh")
