"""The one retry policy: named transient errors only, exponential backoff with full jitter."""

from __future__ import annotations

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
