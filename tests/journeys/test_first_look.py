"""What a newcomer sees after `make run`."""

import re
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import EMAILS, PASSWORD, PHONE, assert_accessible, assert_fits

pytestmark = pytest.mark.browser


def test_the_terminal_says_where_and_as_whom(province):
    assert f"ready {province.url}" in province.terminal
    for email in EMAILS.values():
        assert re.search(rf"{re.escape(email)}\s+{PASSWORD}", province.terminal)


def test_the_first_page_is_light_and_says_what_this_is(province, visit):
    page = visit(on=PHONE, language="vi")
    weights: list[int] = []
    page.on("response", lambda answer: weights.append(len(answer.body())))

    page.goto("/")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_accessible(page)
    assert_fits(page)


def test_health_can_be_asked_without_an_account(province):
    for path in ("/healthz", "/readyz"):
        with urllib.request.urlopen(f"{province.url}{path}", timeout=5) as answer:  # noqa: S310 - ours
            assert answer.status == 200


def test_a_stranger_is_led_to_sign_in_and_back(visit):
    page = visit()

    page.goto("/learning")

    expect(page).to_have_url(re.compile(r"/sign-in\?next="))


@pytest.mark.parametrize("account", list(EMAILS))
def test_every_role_is_at_home_on_a_phone(visit, account):
    page = visit(account, on=PHONE, language="vi")

    page.goto("/")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_accessible(page)
    assert_fits(page)


def test_the_keyboard_reaches_the_content_first(visit):
    page = visit("learner")
    page.goto("/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"
