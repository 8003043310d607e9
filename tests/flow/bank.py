"""The running simulated bank as a test sees it: over the API, with real silence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from running_ward import ADMIN_PASSWORD, Ward
from wardops.lab import Firewall

Json = dict[str, Any]


@contextmanager
def signed_in(ward: Ward) -> Iterator[httpx.Client]:
    """A client with an administrator's session."""
    with httpx.Client(
        base_url=f"{ward.address}/api/v1",
        headers={"X-Ward-Client": "web"},
        timeout=20,
        trust_env=False,
    ) as client:
        body = {"username": "admin", "password": ADMIN_PASSWORD}
        client.post("/auth/login", json=body).raise_for_status()
        yield client


def device(client: httpx.Client, name: str) -> Json:
    """The device of that name."""
    items = client.get("/devices", params={"q": name, "limit": 20}).raise_for_status().json()
    return next(item for item in items["items"] if item["name"] == name)


def incidents(client: httpx.Client, **wanted: object) -> list[Json]:
    """Incidents that match."""
    answer = client.get("/incidents", params={"limit": 1000, **wanted}).raise_for_status()
    items: list[Json] = answer.json()["items"]
    return items


@contextmanager
def silent(*addresses: str) -> Iterator[None]:
    """Addresses that do not answer inside the block."""
    firewall = Firewall()
    firewall.drop(addresses)
    try:
        yield
    finally:
        firewall.restore(addresses)
