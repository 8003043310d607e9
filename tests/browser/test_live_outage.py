"""An outage, from the first lost packet to the one who takes it on, without a reload."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from browser.watching import Faults, OpenPage

pytestmark = pytest.mark.browser

DETECTED_MS = 40_000
WORDS = {
    "en": {"state": "Acknowledged", "take": "Acknowledge", "opened": "Incident opened"},
    "ka": {"state": "მიღებული", "take": "მიღება", "opened": "ინციდენტი გაიხსნა"},
}


@pytest.mark.parametrize(
    ("language", "width", "device"), [("en", 1440, "atm-b003-1"), ("ka", 390, "atm-b007-1")]
)
def test_an_outage_arrives_live_and_is_acknowledged(
    open_page: OpenPage, silent: Faults, language: str, width: int, device: str
) -> None:
    words = WORDS[language]
    page = open_page("/incidents", language=language, width=width)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    with silent(device):
        row = page.get_by_role("link", name=re.compile(device))
        expect(row).to_be_visible(timeout=DETECTED_MS)
        row.click()
        expect(page.get_by_text(words["opened"])).to_be_visible()
        page.keyboard.press("a")
        expect(page.get_by_text(words["state"], exact=True).first).to_be_visible()
        expect(page.get_by_role("button", name=words["take"], exact=True)).to_have_count(0)


def test_the_wall_shows_an_outage_with_a_counter(open_page: OpenPage, silent: Faults) -> None:
    page = open_page("/wall?chrome=0", theme="dark")
    expect(page.get_by_role("application")).to_be_visible()
    with silent("atm-b008-1"):
        card = page.get_by_role("list", name="Down now").get_by_text("atm-b008-1", exact=True)
        expect(card).to_be_visible(timeout=DETECTED_MS)
    expect(card).to_have_count(0, timeout=DETECTED_MS)
