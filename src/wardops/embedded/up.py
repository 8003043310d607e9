"""`ward up`: the whole product on one machine, started, watched and stopped together."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

import httpx

from wardops import access
from wardops.core import schema
from wardops.core.clock import now
from wardops.core.database import Database, check_connection_budget
from wardops.core.errors import StartRefused
from wardops.core.secrets import Secret
from wardops.core.settings import Settings
from wardops.embedded.instance import Instance, write_instance
from wardops.embedded.places import Places
from wardops.embedded.postgres import EmbeddedPostgres
from wardops.embedded.processes import last_lines
from wardops.embedded.services import Services
from wardops.embedded.supervisor import Part, Report, Supervisor
from wardops.embedded.valkey import EmbeddedValkey
from wardops.state import make_ahead

STORES = 0
READY_WITHIN_S = 60.0


@dataclass(frozen=True, slots=True)
class UpOptions:
    """What the command line adds to the settings."""

    seed: Callable[[Database], str] | None = None
    """Fills the inventory before anything is probed; answers what it did."""
    extra: dict[str, list[str]] | None = None
    """Further processes by name: arguments of the ward command."""
    environment: dict[str, str] | None = None
    """Settings for the child processes only."""


def up(settings: Settings, options: UpOptions, *, report: Report) -> None:
    """Start everything, keep it running, stop it on SIGINT or SIGTERM.

    Raises StartRefused when something is in the way; nothing is left running then.
    """
    places = Places(settings.data_dir.resolve())
    places.make()
    stop = threading.Event()
    _stop_on_signals(stop)
    with _only_one(places):
        _check_port(settings)
        supervisor = Supervisor(places, report=report)
        supervisor.clear_leftovers()
        try:
            stores = _start_stores(settings, places, supervisor, report)
            instance = stores.write()
            services = _start_services(settings, options, instance, supervisor, report)
            if _wait_healthy(settings, supervisor, stop):
                _tell_address(settings, instance, report)

            def look() -> None:
                if stores.moved():
                    services.move(stores.write())
                services.look()

            supervisor.watch(stop, look=look)
        finally:
            report("stopping")
            supervisor.stop_all()
            report("stopped")


@contextmanager
def _only_one(places: Places) -> Iterator[None]:
    """Hold the data directory's lock; a second instance is refused."""
    with (places.run / "lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            raise StartRefused(
                f"An instance runs on {places.data} already (process {file.read() or '?'}).",
                hint="Stop that one, or choose another folder with --data.",
            ) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _check_port(settings: Settings) -> None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise StartRefused(
                f"Cannot listen on {settings.host} port {settings.port}: {error.strerror}.",
                hint="Choose another one with --port, or end what uses it.",
            ) from error


@dataclass
class _Stores:
    """Where the stores are; the embedded Valkey may have to move when its port is taken."""

    places: Places
    address: str
    database_url: Secret
    redis_url: Secret
    valkey: EmbeddedValkey | None

    def moved(self) -> bool:
        """True when Valkey was started again on another port than the last that was written."""
        return self.valkey is not None and self.valkey.url.reveal() != self.redis_url.reveal()

    def write(self) -> Instance:
        """Tell commands where the stores are now."""
        if self.valkey is not None:
            self.redis_url = self.valkey.url
        return write_instance(
            self.places, address=self.address, database=self.database_url, redis=self.redis_url
        )


def _start_stores(
    settings: Settings, places: Places, supervisor: Supervisor, report: Report
) -> _Stores:
    postgres = EmbeddedPostgres(places, bin_override=settings.postgres_bin)
    valkey = EmbeddedValkey(places)
    database_url, redis_url = settings.database_url, settings.redis_url
    database_part = redis_part = None
    if not redis_url:
        redis_part = supervisor.add(Part("valkey", valkey.start, layer=STORES))
    if not database_url:
        report("starting PostgreSQL")
        postgres.prepare()
        if not postgres.cluster.is_relative_to(places.data):
            report(f"its cluster is in {postgres.cluster}: its user cannot enter {places.data}")
        database_part = supervisor.add(
            Part("postgres", postgres.start, layer=STORES, stop_signal=signal.SIGINT)
        )
        database_url = postgres.url
    if redis_part is not None and redis_part.process is not None:
        valkey.wait_ready(redis_part.process)
    if database_part is not None and database_part.process is not None:
        postgres.wait_ready(database_part.process)
    return _Stores(
        places,
        address=f"http://{_in_url(settings.host)}:{settings.port}",
        database_url=database_url,
        redis_url=redis_url,
        valkey=valkey if redis_part else None,
    )


def _start_services(
    settings: Settings,
    options: UpOptions,
    instance: Instance,
    supervisor: Supervisor,
    report: Report,
) -> Services:
    report("bringing the database up to date")
    schema.upgrade(instance.database_url)
    filled = settings.model_copy(
        update={
            "database_url": Secret(instance.database_url),
            "redis_url": Secret(instance.redis_url),
        }
    )
    _prepare_database(filled, options, report)
    report("starting the services")
    services = Services(settings, supervisor, instance, environment=options.environment or {})
    services.start(options.extra or {})
    return services


def _prepare_database(settings: Settings, options: UpOptions, report: Report) -> None:
    database = Database.open(settings, name="up")
    try:
        check_connection_budget(database, settings)
        make_ahead(database, today=now().date())
        if options.seed is not None:
            report(options.seed(database))
        if settings.admin_password:
            with database.transaction() as session:
                access.ensure_administrator(session, settings.admin_password)
    finally:
        database.close()


def _wait_healthy(settings: Settings, supervisor: Supervisor, stop: threading.Event) -> bool:
    url = f"http://{_in_url(settings.host)}:{settings.port}/api/v1/health"
    deadline = time.monotonic() + READY_WITHIN_S
    with httpx.Client(timeout=5, trust_env=False) as client:
        while not stop.is_set() and time.monotonic() < deadline:
            try:
                if client.get(url).json().get("status") in ("healthy", "degraded"):
                    return True
            except (httpx.HTTPError, ValueError):
                pass  # not listening yet
            supervisor.tend()
            stop.wait(0.1)
    if stop.is_set():
        return False
    lines = "\n".join(last_lines(settings.data_dir / "log" / "api.log"))
    raise StartRefused(f"The services were not ready within {READY_WITHIN_S:g} s.", hint=lines)


def _in_url(host: str) -> str:
    """The listening address as this machine reaches it."""
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  compared, not bound
    return f"[{near}]" if ":" in near else near


def _tell_address(settings: Settings, instance: Instance, report: Report) -> None:
    report(f"WARD OPS is ready: {instance.address}")
    filled = settings.model_copy(update={"database_url": Secret(instance.database_url)})
    database = Database.open(filled, name="up")
    try:
        with database.transaction() as session:
            if access.needs_setup(session):
                token = access.issue_setup_token(session).reveal()
                report(f"Set the first password here, once: {instance.address}/setup?token={token}")
    finally:
        database.close()


def _stop_on_signals(stop: threading.Event) -> None:
    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
