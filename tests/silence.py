"""Silence that is real: packets to addresses of the simulation are dropped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from wardops.lab import Firewall


@contextmanager
def silent(*addresses: str) -> Iterator[None]:
    """Addresses that do not answer inside the block."""
    firewall = Firewall()
    firewall.drop(addresses)
    try:
        yield
    finally:
        firewall.restore(addresses)
