"""Finding, filtering, adding and importing devices."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from browser.watching import Complaints, OpenPage

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("language", "width"), [("en", 1440), ("ka", 390)])
def test_a_device_is_found_by_keyboard(open_page: OpenPage, language: str, width: int) -> None:
    page = open_page("/", language=language, width=width)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("atm-b002-1")
    expect(page.get_by_role("option").first).to_contain_text("atm-b002-1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("atm-b002-1")


def test_j_and_enter_open_a_row(open_page: OpenPage) -> None:
    page = open_page("/devices?q=atm-b002")
    expect(page.get_by_role("link", name="atm-b002-1", exact=True)).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("atm-b002")


def test_filters_live_in_the_address_and_come_back(open_page: OpenPage) -> None:
    page = open_page("/devices")
    page.get_by_role("search").get_by_role("button", name="Type").click()
    page.get_by_role("menuitemcheckbox", name="ATM").click()
    page.wait_for_url("**/devices?type=atm")
    page.reload()
    cells = page.get_by_role("row").filter(has_text="ATM")
    expect(cells.first).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Switch")).to_have_count(0)


def test_a_menu_that_is_clicked_before_its_code_came_opens_when_it_comes(
    open_page: OpenPage,
) -> None:
    page = open_page("/")
    held: list[Route] = []
    page.route("**/assets/filter-choices-*.js", lambda route: held.append(route))
    page.goto("/devices")
    page.get_by_role("search").get_by_role("button", name="Type").click()
    expect(page.get_by_role("menuitemcheckbox", name="ATM")).to_have_count(0)
    for route in held:
        route.continue_()
    expect(page.get_by_role("menuitemcheckbox", name="ATM")).to_be_visible()


def test_a_refused_device_says_why_at_its_field(
    open_page: OpenPage, complaints: Complaints
) -> None:
    complaints.expected = ("422 (Unprocessable Entity)",)
    page = open_page("/devices")
    page.get_by_role("button", name="Add", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("new")
    dialog.get_by_label("Address", exact=True).fill("not an address")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_label("Address", exact=True)).to_have_attribute("aria-invalid", "true")


def test_an_import_is_looked_at_before_it_is_done(open_page: OpenPage) -> None:
    page = open_page("/devices")
    page.get_by_role("button", name="Import").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Rows").fill("name,ip\nimported-1,127.99.0.10\nimported-2,nonsense")
    dialog.get_by_role("button", name="Check").click()
    expect(dialog).to_contain_text("Nothing is written")
    dialog.get_by_label("Rows").fill("name,ip\nimported-1,127.99.0.10")
    dialog.get_by_role("button", name="Check").click()
    dialog.get_by_role("button", name="Apply 1 change").click()
    expect(dialog).to_have_count(0)
    page.goto("/devices?q=imported-1")
    expect(page.get_by_role("link", name="imported-1")).to_be_visible()
