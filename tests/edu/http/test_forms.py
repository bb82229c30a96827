"""What a form says of answers that do not fit, in both languages."""

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import DateField, IntegerField, RadioField, SelectMultipleField

from courses.grading.forms import MarkForm
from edu.http.forms import Form, TextField, at_most, option, required


class Questions(Form):
    name = TextField("Name", [required(), at_most(5)])
    day = DateField("Day")
    how_many = IntegerField("How many")
    colour = RadioField("Colour", choices=[option("red"), option("green")])
    sizes = SelectMultipleField("Sizes", choices=[option("s"), option("m")])


WRONG = MultiDict(
    [
        ("name", "Nguyễn"),
        ("day", "2026-02-30"),
        ("how_many", "many"),
        ("colour", "blue"),
        ("sizes", "s"),
        ("sizes", "huge"),
    ]
)
SAID = {
    "en": {
        "name": ["At most 5 characters, please."],
        "day": ["Please give a day that exists."],
        "how_many": ["Please give a whole number."],
        "colour": ["Please choose one of those offered."],
        "sizes": ["Please choose among those offered."],
    },
    "vi": {
        "name": ["Nhiều nhất 5 ký tự."],
        "day": ["Hãy nhập một ngày có thật."],
        "how_many": ["Hãy nhập một số nguyên."],
        "colour": ["Hãy chọn một trong các mục đã cho."],
        "sizes": ["Hãy chọn trong các mục đã cho."],
    },
}


@pytest.fixture
def form(app, monkeypatch):
    """`form(Questions, answers, language)`: filled in by a reader of that language."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)

    def filled(kind, answers, language="en"):
        with app.test_request_context(f"/?lang={language}", base_url="http://portal.test"):
            made = kind(formdata=MultiDict(answers))
            made.validate()
            return made, {name: [str(one) for one in found] for name, found in made.errors.items()}

    return filled


@pytest.mark.parametrize("language", ["en", "vi"])
def test_an_answer_that_does_not_fit_is_told_in_our_words(form, language):
    _, errors = form(Questions, WRONG, language)

    assert errors == SAID[language]


@pytest.mark.parametrize(("typed", "mark"), [("8,5", "8.5"), ("8.5", "8.5"), ("10", "10")])
def test_a_mark_may_be_typed_with_a_comma(form, typed, mark):
    made, errors = form(MarkForm, {"value": typed})

    assert str(made.value.data) == mark
    assert "value" not in errors


def test_a_mark_beyond_the_scale_is_refused(form):
    _, errors = form(MarkForm, {"value": "10,5"})

    assert errors["value"] == ["A mark lies between 0 and 10."]


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("A\0n", "An"),
        ("A\x1b[2Jn", "A[2Jn"),
        ("\u202eAn", "An"),
        ("A\u2066n", "An"),
        ("é\u0301\u200d", "é\u0301\u200d"),
        ("A\tn\n", "A\tn\n"),
    ],
)
def test_what_is_no_letter_is_not_read(form, sent, read):
    made, _errors = form(Questions, {"name": sent})

    assert made.name.data == read
