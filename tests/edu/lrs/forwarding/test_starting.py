"""A new target: nothing leaves before somebody has tried the connection and pressed Start."""

import re

import pytest

from edu.jobs import run_due
from edu.lrs.forwarding import jobs
from edu.lrs.forwarding.models import TargetState
from edu.settings import in_force
from tests.edu.lrs.forwarding.conftest import (
    PAGE,
    add,
    add_and_start,
    once_waited,
    said,
    the_target,
)


@pytest.mark.parametrize("kind", ["lrs", "webhook"])
def test_nothing_is_sent_before_the_start(browser, college, elsewhere, kind):
    first = said("mot")
    shown = add(browser, college, elsewhere, kind).location
    page = browser.get(shown).text
    run_due()
    jobs.keep_flowing()
    run_due()

    assert elsewhere.heard == []
    assert "The target was added." in page
    assert "Nothing is sent yet." in page
    assert ("Give the secret to the program" in page) == (kind == "webhook")
    assert "Not started" in browser.get(PAGE.format(college.code)).text

    browser.post(f"{shown}/resume")
    run_due()

    assert elsewhere.taken == [first]
    page = browser.get(shown).text
    assert "Sending has begun." in page
    assert "Nothing is sent yet." not in page


def test_what_comes_between_adding_and_starting_is_sent(browser, college, elsewhere):
    said("cu")
    shown = add(browser, college, elsewhere, from_the_start="").location
    between = said("moi")

    browser.post(f"{shown}/resume")
    run_due()

    assert elsewhere.taken == [between]


def test_who_is_paused_later_is_not_new_again(browser, college, elsewhere):
    shown = add_and_start(browser, college, elsewhere)
    browser.post(f"{shown}/pause")

    page = browser.get(shown).text

    assert "Nothing is sent yet." not in page
    assert "Resume" in page
    assert the_target(college).state is TargetState.PAUSED


def test_who_is_paused_while_away_is_not_tried_again(browser, college, elsewhere):
    said("mot")
    elsewhere.status = 503
    shown = add_and_start(browser, college, elsewhere)
    run_due()
    assert "We try again at" in browser.get(shown).text

    browser.post(f"{shown}/pause")

    assert "We try again at" not in browser.get(shown).text


def test_a_webhooks_secret_is_shown_once(browser, college, elsewhere):
    shown = add(browser, college, elsewhere, "webhook").location

    first, second = browser.get(shown).text, browser.get(shown).text

    [secret] = set(re.findall(r"whsec_[A-Za-z0-9+/=]+", first))
    assert "The webhook is set up" in first
    assert secret not in second
    assert "The webhook is set up" not in second


def test_each_webhook_shows_its_own_secret(browser, college, elsewhere):
    first = add(browser, college, elsewhere, "webhook").location
    second = add(browser, college, elsewhere, "webhook").location

    secrets = [re.findall("whsec_[^<]+", browser.get(each).text) for each in (second, first)]

    assert [len(each) for each in secrets] == [1, 1]
    assert secrets[0] != secrets[1]


@pytest.mark.parametrize(
    "case",
    [
        ("lrs", 200, "It answers, and takes the key."),
        ("lrs", 403, "whether the key may write is not known."),
        ("lrs", 401, "The test failed. The other side does not accept the key. Answer 401: nein"),
        ("lrs", 404, "The test failed. There is nothing at this address. Answer 404: nein"),
        ("lrs", 500, "The test failed. Answer 500: nein"),
        ("webhook", 200, "It answers."),
        ("webhook", 403, "The test failed. The program does not accept our signature."),
        ("webhook", 308, "The test failed. The address leads elsewhere; give the final one."),
    ],
)
def test_the_test_sends_nobodys_data(browser, college, elsewhere, case):
    kind, status, words = case
    said("mot")
    shown = add(browser, college, elsewhere, kind).location
    elsewhere.status, elsewhere.text = status, "nein"

    browser.post(f"{shown}/test")

    assert words in browser.get(shown).text
    [heard] = elsewhere.heard
    assert b"mot" not in heard.body
    if kind == "webhook":
        assert heard.json["type"] == "test"
        assert "webhook-signature" in heard.headers


def test_a_test_that_leads_elsewhere_or_nowhere_is_told(browser, college, elsewhere, monkeypatch):
    shown = add(browser, college, elsewhere).location
    elsewhere.status, elsewhere.headers = 302, {"Location": f"{elsewhere.url}/2"}
    browser.post(f"{shown}/test")
    assert "The address leads elsewhere; give the final one." in browser.get(shown).text

    monkeypatch.setattr(in_force(), "fetch_also", "")
    browser.post(f"{shown}/test")
    assert "The test failed. The address has an unusual port" in browser.get(shown).text


def test_a_long_answer_does_not_burst_the_message(browser, college, elsewhere):
    shown = add(browser, college, elsewhere).location
    elsewhere.status, elsewhere.text = 500, "nein " * 900

    browser.post(f"{shown}/test")

    assert "The test failed. Answer 500: nein" in browser.get(shown).text


def test_a_secret_that_cannot_be_read_is_told(browser, college, elsewhere, monkeypatch):
    said("mot")
    elsewhere.refuses = {"/mot": 400}
    shown = add_and_start(browser, college, elsewhere)
    run_due()
    letters = re.search(r'action="([^"]+/retry)"', browser.get(shown).text).group(1)
    said("hai")
    monkeypatch.setattr("edu.lrs.forwarding.service._PURPOSE", "another")

    browser.post(f"{shown}/test")
    assert "The test failed. The stored secret cannot be read" in browser.get(shown).text
    browser.post(letters)
    once_waited()

    page = browser.get(shown).text
    assert "Sending has stopped" in page
    assert page.count("The stored secret cannot be read; tell your administrator.") == 2
    assert "Answer 401" not in page
