"""What a newcomer sees after `make run`."""

import re
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import EMAILS, PASSWORD

pytestmark = pytest.mark.browser


def test_the_terminal_says_where_and_as_whom(province):
    assert f"ready {province.url}" in province.terminal
    for email in EMAILS.values():
        assert re.search(rf"{re.escape(email)}\s+{PASSWORD}", province.terminal)


def test_health_can_be_asked_without_an_account(province):
    for path in ("/healthz", "/readyz"):
        with urllib.request.urlopen(f"{province.url}{path}", timeout=5) as answer:  # noqa: S310 - ours
            assert answer.status == 200


def test_a_stranger_is_led_to_sign_in_and_back(visit):
    page = visit()

    page.goto("/learning")

    expect(page).to_have_url(re.compile(r"/sign-in\?next="))


def test_the_keyboard_reaches_the_content_first(visit):
    page = visit("learner")
    page.goto("/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"
