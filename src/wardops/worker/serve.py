"""Starts a worker or a scheduler and keeps it until it is told to stop."""

from __future__ import annotations

import signal
import socket
import threading
import warnings
from types import FrameType

import structlog
from celery import Celery, signals
from celery.platforms import SecurityWarning

from wardops.core.database import Database
from wardops.core.errors import StartRefused
from wardops.core.log import configure_logging
from wardops.core.redis import open_redis
from wardops.core.settings import Settings
from wardops.worker.app import create_celery, queue_names
from wardops.worker.child import POOL_PATIENCE_S, Child
from wardops.worker.schedule import check_schedule
from wardops.worker.scheduler import Scheduler
from wardops.worker.tasks import JOBS, register

log = structlog.get_logger()


class _Children:
    """Makes and ends what each forked child holds."""

    def __init__(self, settings: Settings, *, worker: str, queues: tuple[str, ...]) -> None:
        self._settings = settings
        self._worker = worker
        self._queues = queues
        self._child: Child | None = None

    def start(self, **_: object) -> None:
        configure_logging(self._settings, process=f"worker-{self._worker}")
        self._child = Child.start(self._settings, worker=self._worker, queues=self._queues)

    def stop(self, **_: object) -> None:
        if self._child is not None:
            self._child.close()

    def here(self) -> Child:
        if self._child is None:
            raise StartRefused("This process is not a worker child.")
        return self._child


def serve_worker(settings: Settings, *, queues: tuple[str, ...], processes: int) -> None:
    """Run a prefork worker for `queues` until SIGTERM (warm) or SIGQUIT (at once)."""
    unknown = sorted(set(queues) - set(queue_names(settings).values()))
    if unknown:
        raise StartRefused(
            f"There is no queue {', '.join(unknown)}.",
            hint=f"Queues of this site: {', '.join(queue_names(settings).values())}.",
        )
    name = queues[0].partition(".")[0]
    app = checked_app(settings)
    children = _Children(settings, worker=f"{name}@{socket.gethostname()}", queues=queues)
    register(app, children.here)
    signals.worker_process_init.connect(children.start, weak=False)
    signals.worker_process_shutdown.connect(children.stop, weak=False)
    warnings.filterwarnings("ignore", category=SecurityWarning)  # only JSON is taken, never pickle
    log.info("worker_starting", queues=queues, processes=processes)
    app.Worker(
        hostname=f"{name}@{socket.gethostname()}",
        queues=list(queues),
        concurrency=processes,
        pool="prefork",
        optimization="fair",
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
        loglevel=settings.log_level.upper(),
        quiet=True,
    ).start()


def serve_scheduler(settings: Settings) -> None:
    """Run a scheduler until SIGTERM or SIGINT."""
    app = checked_app(settings)
    stop = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    # It uses its one connection alone: waiting longer would only make every slot late.
    patient = settings.model_copy(update={"pool_timeout_s": POOL_PATIENCE_S})
    database = Database.open(patient, name="scheduler", size=1)
    redis = open_redis(settings, name="scheduler", connections=4)
    try:
        Scheduler(app, settings, database, redis).run(stop)
    finally:
        database.close()
        redis.close()
        app.close()


def checked_app(settings: Settings) -> Celery:
    """The application, once every schedule entry is known to have a task and a queue."""
    check_schedule(JOBS, queue_names(settings).values())
    return create_celery(settings)
