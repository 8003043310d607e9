"""Many devices at once, from the list."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Locator, Page, StorageState, expect

from browser.watching import OpenPage
from running_ward import Ward

pytestmark = [pytest.mark.browser, pytest.mark.finding(16)]


@pytest.fixture
def api(stack: Ward, signed_in: StorageState) -> Iterator[httpx.Client]:
    """The API as the administrator."""
    cookies = {each["name"]: each["value"] for each in signed_in["cookies"]}
    headers = {"X-Ward-Client": "web"}
    with httpx.Client(
        base_url=f"{stack.address}/api/v1/devices/", cookies=cookies, headers=headers
    ) as client:
        yield client


@pytest.fixture
def rows(api: httpx.Client) -> Iterator[list[int]]:
    """Three devices of a name of their own; the first is the parent of the second."""
    devices = [{"name": f"bulk-row-{n}", "ip": f"127.99.7.{n}"} for n in (1, 2, 3)]
    made = api.post("bulk/create", json={"devices": devices}).raise_for_status().json()
    ids = [row["id"] for row in made["rows"]]
    api.patch(str(ids[1]), json={"parent_id": ids[0]}).raise_for_status()
    yield ids
    api.post("bulk/delete", json={"ids": ids, "mode": "each"}).raise_for_status()


def bar(page: Page) -> Locator:
    return page.get_by_role("region", name="Actions")


def chosen(page: Page, count: int) -> None:
    expect(bar(page)).to_contain_text(f"{count} selected")


def test_rows_are_chosen_by_keyboard_and_changed_together(
    open_page: OpenPage, api: httpx.Client, rows: list[int]
) -> None:
    page = open_page("/devices?q=bulk-row&sort=name")
    expect(page.get_by_role("link", name="bulk-row-3")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("x")
    chosen(page, 1)
    everything = page.get_by_role("checkbox", name="Select all 3 rows")
    everything.focus()
    page.keyboard.press("Space")
    chosen(page, 3)
    expect(everything).to_be_checked()
    expect(page).to_have_url(re.compile("selected=all"))

    bar(page).get_by_role("button", name="Edit").press("Enter")
    dialog = page.get_by_role("dialog", name="Edit 3 devices")
    dialog.get_by_label("Branch").select_option(index=2)
    dialog.get_by_label("Tags to add").fill("night, moved")
    dialog.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_text("3 devices changed")).to_be_visible()
    expect(bar(page)).to_have_count(0)
    device = api.get(str(rows[2])).json()
    assert device["tags"] == ["night", "moved"]
    assert device["branch"] is not None


def test_a_stretch_is_paused_and_shown_so(open_page: OpenPage, rows: list[int]) -> None:
    page = open_page("/devices?q=bulk-row&sort=name")
    boxes = page.get_by_role("checkbox", name=re.compile(r"^Select row \d"))
    boxes.nth(0).click()
    boxes.nth(2).click(modifiers=["Shift"])
    chosen(page, len(rows))
    bar(page).get_by_role("button", name="Pause").click()
    dialog = page.get_by_role("dialog", name="Pause 3 devices?")
    dialog.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("cell", name="Paused")).to_have_count(3)
    chosen(page, 3)


@pytest.mark.parametrize("width", [1440, 390])
def test_a_deletion_names_the_count_and_what_stands_against_it(
    open_page: OpenPage, rows: list[int], width: int
) -> None:
    page = open_page("/devices?q=bulk-row&sort=name", width=width)
    boxes = page.get_by_role("checkbox", name=re.compile(r"^Select row \d"))
    boxes.nth(0).click()
    boxes.nth(2).click()
    bar(page).get_by_role("button", name="Delete").click()
    dialog = page.get_by_role("dialog", name="Delete 2 devices?")
    dialog.get_by_role("button", name="Delete").click()
    expect(dialog.get_by_role("alert")).to_contain_text("is the parent of 1 device that stays")
    dialog.get_by_role("button", name="Only the other one").click()
    expect(page.get_by_role("link", name="bulk-row-3")).to_have_count(0)

    boxes.nth(0).click()
    bar(page).get_by_role("button", name="Select all 2").click()
    chosen(page, 2)
    bar(page).get_by_role("button", name="Delete").click()
    page.get_by_role("dialog", name="Delete 2 devices?").get_by_role(
        "button", name="Delete"
    ).click()
    expect(page.get_by_text("No devices match")).to_be_visible()
    assert len(rows) == 3


def test_another_filter_ends_the_choice_of_all(open_page: OpenPage, rows: list[int]) -> None:
    page = open_page("/devices?q=bulk-row&selected=all")
    chosen(page, len(rows))
    page.get_by_role("searchbox").fill("bulk-row-1")
    expect(page.get_by_role("link", name="bulk-row-2")).to_have_count(0)
    expect(bar(page)).to_have_count(0)
