"""What the tests of the simulated bank play in."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from lab_network import Namespace

from wardops.lab import Bank, simulate_bank


@pytest.fixture
def namespace() -> Iterator[Namespace]:
    """A namespace with loopback up and 2001:db8::/32 as local addresses."""
    if os.geteuid() != 0:
        pytest.skip("needs root: makes network namespaces")
    made = Namespace()
    yield made
    made.close()


@pytest.fixture(scope="session")
def bank() -> Bank:
    """The simulated bank."""
    return simulate_bank()
