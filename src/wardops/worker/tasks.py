"""The tasks, thin: each names one job and hands the child over.

A task that fails for a passing reason is left to its next turn. Anything else is a fault of
ours: it goes to the dead letters at once, where it is counted and shown.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog
from celery import Celery
from celery.exceptions import SoftTimeLimitExceeded

from wardops import access, alerting, operations, state
from wardops.core import stream
from wardops.core.clock import now
from wardops.core.database import TRANSIENT
from wardops.core.log import hide_secrets, without_secrets
from wardops.core.redis import TRANSIENT as REDIS_TRANSIENT
from wardops.core.resilience import retried
from wardops.flow import ShardKey
from wardops.worker.child import Child
from wardops.worker.probe import probe_shard
from wardops.worker.rounds import announce_states
from wardops.worker.schedule import PROBE_TASK

log = structlog.get_logger()

Job = Callable[..., None]


def register(app: Celery, child: Callable[[], Child]) -> None:
    """Give `app` all tasks; `child` answers what the running process holds."""
    for name, job in JOBS.items():
        app.task(name=name)(_guarded(name, job, child))


def _guarded(name: str, job: Job, child: Callable[[], Child]) -> Callable[..., None]:
    @wraps(job)
    def run(**arguments: Any) -> None:
        here = child()
        here.begin(name)
        try:
            job(here, **arguments)
        except (*TRANSIENT, *REDIS_TRANSIENT, SoftTimeLimitExceeded) as error:
            log.warning("task_left_to_next_turn", task=name, error=type(error).__name__)
        except Exception as error:  # noqa: BLE001  the dead letters take whatever comes
            _bury(here, name, arguments, error)
        finally:
            here.end()

    return run


def _bury(child: Child, task: str, arguments: dict[str, Any], error: Exception) -> None:
    text = without_secrets(f"{type(error).__name__}: {error}")[:500]
    detail = without_secrets("".join(traceback.format_exception(error)))[-8000:]
    arguments = dict(hide_secrets(None, "", dict(arguments)))
    log.error("task_failed", task=task, error=text, detail=detail)
    try:
        with child.database.transaction() as session:
            operations.bury(session, task=task, arguments=arguments, error=text, detail=detail)
    except TRANSIENT as away:
        log.error("dead_letter_not_kept", task=task, error=type(away).__name__)


def _probe(child: Child, site: str, cadence_ms: int, index: int, version: int, slot: int) -> None:
    probe_shard(child, ShardKey(site, cadence_ms, index), version=version, slot_ms=slot)


@retried(*TRANSIENT)
def _reconcile(child: Child) -> None:
    with child.database.transaction() as session:
        done = alerting.reconcile(session, now=now())
    if done.recovered or done.split or done.opened:
        stream.wake(child.redis)
        log.info("reconciled", recovered=done.recovered, split=done.split, opened=done.opened)


@retried(*TRANSIENT)
def _settle_flapping(child: Child) -> None:
    with child.database.transaction() as session:
        calm = state.settle_flapping(session, limits=child.limits)
        announce_states(session, calm)


@retried(*TRANSIENT)
def _keep_history(child: Child) -> None:
    state.keep_history(child.database, child.settings, now=now())


@retried(*TRANSIENT)
def _prune_access(child: Child) -> None:
    with child.database.transaction() as session:
        access.prune(session, now())


JOBS: dict[str, Job] = {
    PROBE_TASK: _probe,
    "alert.reconcile": _reconcile,
    "alert.settle_flapping": _settle_flapping,
    "maintenance.keep_history": _keep_history,
    "maintenance.prune_access": _prune_access,
}
