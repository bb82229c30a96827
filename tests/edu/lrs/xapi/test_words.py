"""Refusals speak the reader's language, at every door."""

import pytest

from edu.i18n import force_locale
from edu.lrs.core.problems import Rule
from edu.lrs.xapi.problems import WORDS
from tests.edu.lrs.xapi.conftest import a_statement


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_is_wrong_is_said_in_the_readers_language(either, language):
    either.headers = {"Accept-Language": language}
    with force_locale(language):
        expected = str(WORDS[Rule.MISSING])
    wrong = a_statement(verb={})

    whole = either.ask("POST", "/statements", json=[wrong])
    part = either.ask("POST", "/statements?partial=true", json=[wrong])

    assert whole.json["message"] == expected
    assert part.json["refused"][0]["message"] == expected
