"""Regions, branches, providers, links, cadences and sites: added, changed and deleted by hand."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.watching import Complaints, OpenPage
from running_ward import Ward

pytestmark = pytest.mark.browser

CLIENT = {"X-Ward-Client": "web"}


def add(page: Page) -> Locator:
    """Press Add; the form."""
    page.get_by_role("button", name="Add", exact=True).first.click()
    return page.get_by_role("dialog")


def save(form: Locator) -> None:
    form.get_by_role("button", name="Save").click()
    expect(form).to_have_count(0)


def make(page: Page, kind: str, **values: object) -> int:
    """Add one without the form; its id."""
    answer = page.request.post(f"/api/v1/{kind}", data=values, headers=CLIENT)
    assert answer.ok, answer.text()
    return int(answer.json()["id"])


def test_region_branch_provider_and_link_are_added_by_hand(open_page: OpenPage) -> None:
    page = open_page("/regions")
    form = add(page)
    expect(form.get_by_label("Name")).to_be_focused()
    form.get_by_label("Name").fill("Hand Region")
    save(form)
    page.get_by_role("link", name="Hand Region").click()
    expect(page.get_by_text("No branches in this region yet")).to_be_visible()

    form = add(page)
    expect(form.get_by_label("Region")).to_have_value(page.url.rsplit("/", 1)[1])
    form.get_by_label("Name").fill("Hand Branch")
    form.get_by_label("Latitude").fill("41,7151")
    form.get_by_label("Longitude").fill("44.8271")
    save(form)
    page.goto("/providers")
    form = add(page)
    form.get_by_label("Name").fill("Hand Telecom")
    form.get_by_label("Phone").fill("+995 555 000 111")
    save(form)

    page.goto("/branches?q=Hand")
    page.get_by_role("link", name="Hand Branch").click()
    expect(page.get_by_text("41.7151, 44.8271")).to_be_visible()
    form = add(page)
    form.get_by_label("Name").fill("Hand uplink")
    form.get_by_label("Provider").select_option("Hand Telecom")
    form.get_by_label("Address checked").fill("127.99.7.1")
    form.get_by_label("Bandwidth").fill("50")
    save(form)
    card = page.get_by_role("link", name="Hand Telecom")
    expect(card).to_contain_text("127.99.7.1")
    card.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hand uplink")
    expect(page.get_by_text("50 Mbit/s")).to_be_visible()


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "There is one with this name already."), ("ka", "ასეთი სახელი უკვე არსებობს.")],
)
def test_a_refusal_is_told_at_its_field(
    open_page: OpenPage, complaints: Complaints, language: str, told: str
) -> None:
    complaints.expected = ("409 (Conflict)",)
    page = open_page("/providers", language=language)
    make(page, "providers", name=f"Taken {language}")
    page.get_by_role("main").get_by_role("button").first.click()
    form = page.get_by_role("dialog")
    name = form.locator("[name=name]")
    name.fill(f"Taken {language}")
    name.press("Enter")
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(form.get_by_text(told)).to_be_visible()


def test_what_hangs_on_a_region_is_named_and_led_to(open_page: OpenPage) -> None:
    page = open_page("/")
    region = make(page, "regions", name="Held Region")
    make(page, "branches", name="Held Branch", region_id=region)
    page.goto(f"/regions/{region}")
    page.get_by_role("button", name="Delete").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Delete")).to_have_count(0)
    dialog.get_by_role("link", name="1 branch").click()
    page.get_by_role("link", name="Held Branch").click()
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Branches")
    page.goto(f"/regions/{region}")
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Regions")
    expect(page.get_by_role("link", name="Held Region")).to_have_count(0)


def test_a_delete_that_the_server_refuses_says_why(
    open_page: OpenPage, complaints: Complaints
) -> None:
    complaints.expected = ("409 (Conflict)",)
    page = open_page("/sites")
    page.get_by_role("button", name="Delete main?").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Delete").click()
    expect(dialog.get_by_role("alert")).to_contain_text("is used by")
    expect(dialog.get_by_role("button", name="Delete")).to_have_count(0)


@pytest.mark.parametrize(
    ("way", "description"), [("Overwrite with mine", "mine"), ("Load theirs", "theirs")]
)
def test_a_change_of_somebody_else_is_not_written_over_unasked(
    open_page: OpenPage, complaints: Complaints, way: str, description: str
) -> None:
    complaints.expected = ("412 (Precondition Failed)",)
    page = open_page("/")
    name = f"Cadence for {description}"
    number = make(page, "profiles", name=name, ping_cadence_s=2)
    page.goto(f"/cadences?q={name}")
    page.get_by_role("button", name=f"Edit {name}").click()
    form = page.get_by_role("dialog")
    form.get_by_label("Description").fill("mine")
    theirs = {"description": "theirs"}
    page.request.patch(f"/api/v1/profiles/{number}", data=theirs, headers=CLIENT)
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("alert")).to_contain_text("somebody else changed it")
    expect(form.get_by_label("Description")).to_have_value("mine")
    form.get_by_role("button", name=way).click()
    if description == "theirs":
        expect(form.get_by_label("Description")).to_have_value("theirs")
        form.get_by_role("button", name="Save").click()
    expect(form).to_have_count(0)
    stored = page.request.get(f"/api/v1/profiles/{number}").json()
    assert stored["description"] == description


def test_a_viewer_is_offered_no_change(
    open_page: OpenPage, chromium: Browser, stack: Ward, complaints: Complaints
) -> None:
    admin = open_page("/regions")
    expect(admin.get_by_role("button", name="Add", exact=True)).to_be_visible()
    login = {"username": "looker", "password": "only ever looks at it"}
    admin.request.post("/api/v1/users", data={**login, "role": "viewer"}, headers=CLIENT)
    context = chromium.new_context(base_url=stack.address)
    assert context.request.post("/api/v1/auth/login", data=login).ok
    page = context.new_page()
    complaints.watch(page)
    for path in ("/regions", "/regions/1", "/providers", "/branches/1", "/links", "/sites"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        changing = (
            page.get_by_role("button")
            .filter(has_text="Add")
            .or_(
                page.get_by_role("button", name="Edit").or_(
                    page.get_by_role("button", name="Delete")
                )
            )
        )
        expect(changing).to_have_count(0)
    context.close()


def test_a_list_goes_on_past_its_first_page(open_page: OpenPage) -> None:
    page = open_page("/links?sort=name")
    total = page.request.get("/api/v1/links?limit=1").json()["total"]
    assert total > 100
    expect(page.get_by_text(f"{total} rows")).to_be_visible()
    last = page.request.get("/api/v1/links?limit=1&sort=-name").json()["items"][0]["name"]
    page.get_by_role("region", name="Links").evaluate("list => list.scrollTo(0, 1e7)")
    expect(page.get_by_role("link", name=last)).to_be_visible()
    page.get_by_role("columnheader", name="Link").get_by_role("button").click()
    page.wait_for_url("**/links?sort=-name")
