"""Signing in and out."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from running_ward import ADMIN_PASSWORD

pytestmark = pytest.mark.browser


def sign_in(page: Page, password: str) -> None:
    page.get_by_label("User name").fill("admin")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_a_page_asks_to_sign_in_and_comes_back(nobody: Page) -> None:
    nobody.goto("/devices?status=up&q=atm")
    expect(nobody.get_by_role("heading", name="Sign in")).to_be_visible()
    sign_in(nobody, ADMIN_PASSWORD)
    expect(nobody.get_by_role("heading", name="Devices")).to_be_visible()
    assert nobody.url.endswith("/devices?status=up&q=atm")


def test_a_wrong_password_is_told_in_words(nobody: Page) -> None:
    nobody.goto("/login")
    sign_in(nobody, "not the password")
    expect(nobody.get_by_role("alert")).to_contain_text("password is wrong")


def test_signing_out_ends_the_session(nobody: Page) -> None:
    nobody.goto("/login")
    sign_in(nobody, ADMIN_PASSWORD)
    nobody.get_by_role("button", name="account").click()
    nobody.get_by_role("menuitem", name="Sign out").click()
    expect(nobody.get_by_role("heading", name="Sign in")).to_be_visible()
    nobody.goto("/devices")
    expect(nobody.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_return_path_never_leads_to_another_host(nobody: Page) -> None:
    nobody.goto("/login?return=//example.org/")
    sign_in(nobody, ADMIN_PASSWORD)
    expect(nobody.get_by_role("heading", name="Overview")).to_be_visible()
