"""What a page must not do, and the types of the fixtures of this folder."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
OpenPage = Callable[..., Page]
Faults = Callable[[str], AbstractContextManager[None]]


@dataclass
class Complaints:
    """What the pages of one test did that they must not do."""

    host: str
    found: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()

    def watch(self, page: Page) -> None:
        """Note errors and requests to other hosts."""
        page.on("pageerror", lambda error: self.found.append(f"error: {error}"))
        page.on("console", lambda message: self._said(message.type, message.text))
        page.on("request", lambda request: self._asked(request.url))

    def _said(self, kind: str, text: str) -> None:
        known = any(part in text for part in self.expected)
        if kind in ("error", "warning") and not known:
            self.found.append(f"console {kind}: {text}")

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.host:
            self.found.append(f"request to another host: {url}")
