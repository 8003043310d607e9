"""The services of one machine: started with the addresses of the stores, and told new ones."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from wardops.core.secrets import Secret
from wardops.core.settings import Settings
from wardops.embedded.hangs import HangGuard
from wardops.embedded.instance import Instance
from wardops.embedded.processes import spawn
from wardops.embedded.supervisor import Part, Supervisor

SERVICES = 1
"""The layer above the stores."""


class Services:
    """The API, the scheduler, the workers, and what the command line adds."""

    def __init__(
        self,
        settings: Settings,
        supervisor: Supervisor,
        instance: Instance,
        *,
        environment: Mapping[str, str],
    ) -> None:
        """`environment` holds settings for these processes only."""
        self._settings = settings
        self._supervisor = supervisor
        self._parts: list[Part] = []
        inherited = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        self._environment = {
            **inherited,
            **environment,
            "WARD_DATA_DIR": str(settings.data_dir.resolve()),
            "WARD_HOST": settings.host,
            "WARD_PORT": str(settings.port),
        }
        self._guard = self._tell(instance)

    def start(self, extra: Mapping[str, list[str]]) -> None:
        """Start ours and those of `extra`: arguments of the ward command by name."""
        logs = self._settings.data_dir.resolve() / "log"
        for name, arguments in {**_ours(self._settings), **extra}.items():
            part = Part(name, self._starter(name, arguments, logs), layer=SERVICES)
            self._parts.append(self._supervisor.add(part))
            self._guard.watch(part)

    def move(self, instance: Instance) -> None:
        """Start all of them anew, since a store is elsewhere now."""
        self._guard.close()
        self._guard = self._tell(instance)
        for part in self._parts:
            self._guard.watch(part)
            self._supervisor.restart(part, why="has to learn where the stores are now")

    def look(self) -> None:
        """Restart those that hang."""
        self._guard.look()

    def _tell(self, instance: Instance) -> HangGuard:
        self._environment.update(instance.environment())
        known = {"redis_url": Secret(instance.redis_url)}
        return HangGuard(self._settings.model_copy(update=known), self._supervisor)

    def _starter(
        self, name: str, arguments: list[str], logs: Path
    ) -> Callable[[], subprocess.Popen[bytes]]:
        command = [sys.executable, "-m", "wardops.cli", *arguments]
        return lambda: spawn(command, log=logs / f"{name}.log", env=self._environment)


def _ours(settings: Settings) -> dict[str, list[str]]:
    return {
        "api": ["serve", "api"],
        "scheduler": ["serve", "scheduler"],
        "worker-probe": ["serve", "worker", "--queues", f"probe.{settings.site}"],
        "worker-core": ["serve", "worker", "--queues", "alert,maintenance"],
    }
