"""Every page in both themes, wide and narrow: no violation that axe knows, nothing moves."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from browser.watching import ROOT, Complaints, OpenPage
from running_ward import Ward

pytestmark = pytest.mark.browser

PAGES = [
    "/",
    "/wall",
    "/wall?mode=cards",
    "/wall?mode=list",
    "/incidents?state=all",
    "/devices",
    "/devices/{device}",
    "/branches",
    "/branches/{branch}",
    "/links",
    "/links/{link}",
    "/regions",
    "/regions/{region}",
    "/providers",
    "/providers/{provider}",
    "/cadences",
    "/sites",
    "/users",
    "/profile",
    "/nothing-here",
    "/devices/999999999",
]
AXE = (ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
UNTIL_FOUR_SECONDS = "new Promise((done) => setTimeout(done, 4000 - performance.now()))"
WATCH_SHIFTS = """
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (!entry.hadRecentInput && entry.startTime > 1000) window.shifted.push(entry.value);
  }
}).observe({ type: "layout-shift" })
"""


def violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate(
        "(tags) => axe.run(document, { runOnly: tags, resultTypes: ['violations'] })", RULES
    )
    return [
        f"{one['id']}: {node['target']} {node['html'][:200]} {node['failureSummary'][:300]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


@pytest.fixture(scope="session")
def known(chromium: Browser, stack: Ward, signed_in: StorageState) -> dict[str, int]:
    """Some of each thing that has a page of its own."""
    context = chromium.new_context(base_url=stack.address, storage_state=signed_in)
    lists = {
        "device": "devices",
        "branch": "branches",
        "link": "links",
        "region": "regions",
        "provider": "providers",
    }
    ids = {
        name: context.request.get(f"/api/v1/{path}?limit=1").json()["items"][0]["id"]
        for name, path in lists.items()
    }
    context.close()
    return ids


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("theme", "width"), [("light", 1440), ("dark", 1440), ("dark", 390)])
def test_no_violation(
    open_page: OpenPage,
    complaints: Complaints,
    known: dict[str, int],
    path: str,
    theme: str,
    width: int,
) -> None:
    complaints.expected = ("404 (Not Found)",)
    page = open_page(path.format(**known), theme=theme, width=width)
    expect(page.get_by_role("heading").first).to_be_attached()
    expect(page.get_by_text("Loading…")).to_have_count(0)
    assert violations(page) == []
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert overflow <= 0


def test_no_violation_before_signing_in(nobody: Page) -> None:
    nobody.goto("/login")
    expect(nobody.get_by_role("heading", name="Sign in")).to_be_visible()
    assert violations(nobody) == []


@pytest.mark.parametrize("opened", ["Add", "Import"])
def test_no_violation_in_dialogs(open_page: OpenPage, opened: str) -> None:
    page = open_page("/devices", theme="dark")
    page.get_by_role("button", name=opened, exact=True).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("path", ["/regions", "/branches", "/providers", "/links", "/cadences"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_violation_in_a_form_and_its_refusal(
    open_page: OpenPage, complaints: Complaints, path: str, theme: str
) -> None:
    complaints.expected = ("422 (Unprocessable Entity)",)
    page = open_page(path, theme=theme)
    page.get_by_role("button", name="Add", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("path", ["/devices/{device}", "/regions/{region}"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_violation_in_what_a_page_asks_and_explains(
    open_page: OpenPage, known: dict[str, int], path: str, theme: str
) -> None:
    page = open_page(path.format(**known), theme=theme)
    opener = "Why?" if "devices" in path else "Delete"
    page.get_by_role("button", name=opener, exact=True).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_text("Loading…")).to_have_count(0)
    assert violations(page) == []


@pytest.mark.parametrize("path", ["/", "/devices", "/incidents"])
def test_nothing_moves_after_the_first_second(open_page: OpenPage, path: str) -> None:
    page = open_page("/login")
    page.add_init_script(f"window.shifted = []; {WATCH_SHIFTS}")
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.evaluate(UNTIL_FOUR_SECONDS)
    assert page.evaluate("window.shifted.reduce((sum, one) => sum + one, 0)") < 0.01
