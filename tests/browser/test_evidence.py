"""The answer to "why?": of a device that answers, and of an incident."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from browser.watching import Faults, OpenPage

pytestmark = pytest.mark.browser

DETECTED_MS = 40_000
SILENT = "atm-b009-1"


def test_e_tells_why_a_device_is_shown_as_it_is(open_page: OpenPage) -> None:
    page = open_page("/devices?q=atm-b002-1")
    page.get_by_role("link", name="atm-b002-1", exact=True).click()
    expect(page.get_by_role("button", name="Why?")).to_be_visible()
    page.keyboard.press("e")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("It answers its checks.")
    expect(dialog).to_contain_text("1 of 1 packets were answered.")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_e_tells_why_of_an_incident_and_the_palette_names_it_in_georgian(
    open_page: OpenPage, silent: Faults
) -> None:
    page = open_page("/incidents", language="ka")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    with silent(SILENT):
        row = page.get_by_role("link", name=re.compile(SILENT))
        expect(row).to_be_visible(timeout=DETECTED_MS)
        row.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(f"{SILENT} გათიშულია")
        page.keyboard.press("e")
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("დასადასტურებლად გაგზავნილ არც ერთ პაკეტს არ უპასუხა.")
        expect(dialog).to_contain_text("პასუხი მოვიდა 0 პაკეტზე")
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        page.keyboard.press("Control+k")
        expect(page.get_by_role("combobox")).to_be_focused()
        page.keyboard.type(SILENT)
        expect(page.get_by_role("option", name=f"{SILENT} გათიშულია").first).to_be_visible()
