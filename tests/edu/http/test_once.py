"""What is shown a single time."""

import pytest
from flask import session

from edu.http.once import keep_once, take_once


@pytest.fixture(autouse=True)
def _a_request(app):
    with app.test_request_context("/", base_url="http://portal.test"):
        yield


def test_what_is_kept_can_be_taken_once():
    keep_once("key:1", "bí mật")

    assert take_once("key:1") == "bí mật"
    assert take_once("key:1") is None
    assert not session


def test_each_page_takes_its_own():
    keep_once("key:1", "one")
    keep_once("key:2", "two")

    assert take_once("key:2") == "two"
    assert take_once("key:3") is None
    assert take_once("key:1") == "one"


def test_what_was_not_kept_leaves_the_session_alone():
    take_once("key:1")

    assert not session.modified
