"""One `ward up` for the tests that leave it as they found it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from running_ward import Ward, running_ward


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ward]:
    """A running instance."""
    with running_ward(tmp_path_factory.mktemp("ward") / "data") as running:
        yield running
