"""What the forms about the record have in common."""

import pytest
from werkzeug.datastructures import MultiDict
from wtforms.validators import Optional

from edu.http.forms import Form, TextField
from edu.lrs.forms import an_iri


class Asks(Form):
    verb = TextField("Verb", [Optional(), an_iri()])


@pytest.fixture
def errors(app, monkeypatch):
    """`errors("completed")`: what is said about that verb."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)

    def said(verb):
        with app.test_request_context("/?lang=en", base_url="http://portal.test"):
            form = Asks(formdata=MultiDict({"verb": verb}))
            form.validate()
            return [str(each) for each in form.verb.errors]

    return said


@pytest.mark.parametrize(
    "verb",
    [
        "",
        "http://adlnet.gov/expapi/verbs/completed",
        " http://adlnet.gov/expapi/verbs/completed ",
        "https://hoc.example/động-từ/xong",
        "urn:uuid:0190a000-0000-7000-8000-000000000000",
    ],
)
def test_a_whole_address_is_taken(errors, verb):
    assert errors(verb) == []


@pytest.mark.parametrize(
    "verb", ["completed", "hoàn thành", "http://hoc.example/hoàn thành", "http:", "adlnet.gov/done"]
)
def test_a_mere_word_is_not(errors, verb):
    [said] = errors(verb)

    assert "whole address, such as http://adlnet.gov/expapi/verbs/completed" in said
