"""The one retry policy and the one breaker.

Retries are for named transient errors only, with exponential backoff and full jitter. The breaker
saves everybody the wait for a part that is known to be away.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import structlog
from tenacity import (
    RetryCallState,
    retry,
    retry_if_exception_type,
    stop_after_attempt,
    wait_random_exponential,
)

P = ParamSpec("P")
R = TypeVar("R")

log = structlog.get_logger()


def retried(
    *errors: type[Exception], attempts: int = 3, base_s: float = 0.1, cap_s: float = 5.0
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Try again on `errors`, up to `attempts` times; the last error goes to the caller.

    Waits are drawn from [0, min(cap, base * 2^n)) seconds (full jitter), so that workers that
    failed together do not come back together. Any other error passes at once.
    """
    return retry(
        retry=retry_if_exception_type(errors),
        stop=stop_after_attempt(attempts),
        wait=wait_random_exponential(multiplier=base_s, max=cap_s),
        before_sleep=_told,
        reraise=True,
    )


def _told(state: RetryCallState) -> None:
    error = state.outcome.exception() if state.outcome else None
    log.warning(
        "retried", attempt=state.attempt_number, error=type(error).__name__, detail=str(error)
    )


class Breaker:
    """Opens when a part failed, and lets one attempt through each `pause_s` seconds."""

    def __init__(self, *, pause_s: float) -> None:
        self._pause_s = pause_s
        self._closed_again_at = 0.0

    @property
    def is_open(self) -> bool:
        """True while it is not worth trying."""
        return time.monotonic() < self._closed_again_at

    def failed(self) -> None:
        """The part is away: leave it alone for a while."""
        self._closed_again_at = time.monotonic() + self._pause_s
