"""The namespace that the tests of probing play in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from icmp_network import Namespace


@pytest.fixture(params=["datagram", "raw"])
def namespace(request: pytest.FixtureRequest) -> Iterator[Namespace]:
    """A namespace with loopback up; the test runs once for each kind of ping socket."""
    if os.geteuid() != 0:
        pytest.skip("needs root: makes network namespaces")
    missing = [tool for tool in ("ip", "nft") if not shutil.which(tool)]
    assert not missing, f"apt-get install iproute2 nftables: {missing} not found"
    made = Namespace(request.param)
    yield made
    made.close()
