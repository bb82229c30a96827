"""Which language a page speaks: the link's, the cookie's, the account's, the browser's, ours."""

import pytest

from edu.i18n import force_locale, gettext, local, locale, words
from edu.settings import Settings
from tests.factories import a_person

WELDING = {"vi": "Hàn", "en": "Welding"}


@pytest.fixture
def word(speaking, reader):
    """`word(link=…, cookie=…, account=…, browser=…)`: what the page says to that reader."""

    def said(link="", cookie="", account=None, browser="") -> str:
        client = speaking.test_client()
        if cookie:
            client.set_cookie("lang", cookie)
        reader.locale = account
        headers = {"Accept-Language": browser} if browser else {}
        return client.get(f"/?lang={link}" if link else "/", headers=headers).text

    return said


def test_vietnamese_is_the_language_of_first_resort(word, monkeypatch):
    monkeypatch.delenv("EDU_DEFAULT_LOCALE", raising=False)

    assert word() == "Lưu"
    assert Settings().default_locale == "vi"


def test_the_browser_is_asked_of_a_stranger(word):
    assert word(browser="en-GB,en;q=0.9") == "Save"
    assert word(browser="vi-VN,vi;q=0.9,en;q=0.5") == "Lưu"


def test_a_browser_of_another_language_gets_vietnamese(word):
    assert word(browser="ko-KR") == "Lưu"


def test_the_account_comes_before_the_browser(word):
    assert word(account="en", browser="vi") == "Save"


def test_the_cookie_comes_before_the_account(word):
    assert word(cookie="en", account="vi") == "Save"


def test_the_link_comes_before_everything(word):
    assert word(link="en", cookie="vi", account="vi", browser="vi") == "Save"


@pytest.mark.parametrize("nonsense", ["de", "EN", "vi_VN", "../vi"])
def test_a_language_that_we_do_not_speak_is_as_none_chosen(word, nonsense):
    assert word(link=nonsense, cookie=nonsense, account="en") == "Save"


def test_a_choice_by_link_is_kept_for_the_pages_that_follow(client):
    client.delete_cookie("lang", domain="portal.test")

    first, second = client.get("/?lang=vi"), client.get("/")

    assert '<html lang="vi"' in first.text
    assert '<html lang="vi"' in second.text


def test_a_choice_by_link_holds_for_somebody_signed_in(as_user):
    browser = as_user(a_person())

    browser.get("/?lang=vi")

    assert '<html lang="vi"' in browser.get("/account").text


def test_where_nobody_reads_it_is_vietnamese(speaking):
    with speaking.app_context():
        assert locale() == "vi"


def test_a_letter_is_written_in_its_readers_language(speaking):
    with speaking.app_context(), force_locale("en"):
        assert (locale(), gettext("Save")) == ("en", "Save")


def test_a_language_map_is_read_in_the_readers_language(in_english):
    assert local(WELDING) == "Welding"
    assert local(WELDING, "vi") == "Hàn"


@pytest.mark.parametrize(
    ("text", "shown"),
    [({"vi": "Hàn"}, "Hàn"), ({"fr": "Soudage"}, "Soudage"), ({}, ""), (None, "")],
)
def test_a_language_map_without_the_readers_language_gives_the_next_best(in_english, text, shown):
    assert local(text) == shown


def test_an_empty_text_is_left_out_of_a_language_map():
    assert words("Hàn", "") == {"vi": "Hàn"}
