"""Chromium on the real stack; a page that complains or calls another host fails its test."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    StorageState,
    expect,
    sync_playwright,
)

from browser.watching import Complaints, Faults, OpenPage
from running_ward import ADMIN_PASSWORD, Ward

CHROMIUM = os.environ.get("WARD_CHROMIUM", "/usr/bin/chromium")
# Chromium must not look for updates or call home: only the pages may ask for anything.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 15_000


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the run."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def signed_in(chromium: Browser, stack: Ward) -> StorageState:
    """The cookies of an administrator."""
    context = chromium.new_context(base_url=stack.address)
    answer = context.request.post(
        "/api/v1/auth/login", data={"username": "admin", "password": ADMIN_PASSWORD}
    )
    assert answer.ok, answer.text()
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def complaints(stack: Ward) -> Iterator[Complaints]:
    """Fails the test when its pages complained."""
    seen = Complaints(host=urlsplit(stack.address).netloc)
    yield seen
    assert seen.found == []


@pytest.fixture
def open_page(
    chromium: Browser, stack: Ward, signed_in: StorageState, complaints: Complaints
) -> Iterator[OpenPage]:
    """Open a path as the administrator, in a width, a language and a theme."""
    contexts: list[BrowserContext] = []

    def opened(path: str, *, width: int = 1440, language: str = "en", theme: str = "light") -> Page:
        context = chromium.new_context(
            base_url=stack.address,
            storage_state=signed_in,
            viewport={"width": width, "height": 900},
            timezone_id="Asia/Tbilisi",
        )
        contexts.append(context)
        context.request.patch(
            "/api/v1/me",
            data={"language": language, "theme": theme},
            headers={"X-Ward-Client": "web"},
        )
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        complaints.watch(page)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def nobody(chromium: Browser, stack: Ward, complaints: Complaints) -> Iterator[Page]:
    """A page of somebody who is not signed in."""
    # The browser itself reports every refusal, and being refused is what these tests are about.
    complaints.expected = ("401 (Unauthorized)",)
    context = chromium.new_context(base_url=stack.address)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    complaints.watch(page)
    yield page
    context.close()


@pytest.fixture
def silent(stack: Ward) -> Faults:
    """Make a device of the simulated bank silent for as long as the block lasts."""

    def switch(name: str, to: str) -> None:
        command = [sys.executable, "-m", "wardops.cli", "demo", "fault", "device", name, to]
        subprocess.run([*command, "--data", str(stack.data)], check=True, capture_output=True)

    @contextmanager
    def lasting(name: str) -> Iterator[None]:
        switch(name, "on")
        try:
            yield
        finally:
            switch(name, "off")

    return lasting
