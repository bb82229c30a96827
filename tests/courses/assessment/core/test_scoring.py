from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from courses.assessment.core.items import AcceptedAnswer
from courses.assessment.core.scoring import (
    Outcome,
    ResponseInvalid,
    Verdict,
    parse_number,
    score,
)
from tests.courses.assessment.core import examples
from tests.courses.assessment.core.examples import MATCH, MULTIPLE, NUMBER, ORDER, SINGLE, TEXT


@pytest.mark.parametrize(
    ("item", "response", "scaled"),
    [
        (SINGLE, "b", 1),
        (SINGLE, "a", 0),
        (MULTIPLE, ["c", "a"], 1),
        (MULTIPLE, ["a"], 1 / 2),
        (MULTIPLE, ["a", "b"], 1 / 2 - 1 / 3),
        (MULTIPLE, ["b", "d"], 0),
        (MULTIPLE, ["a", "b", "c", "d", "e"], 0),
        (replace(MULTIPLE, partial=False), ["a"], 0),
        (replace(MULTIPLE, correct=tuple("abcde")), ["a"], 1 / 5),
        (TEXT, "hà nội", 1),
        (TEXT, "  Hà   Nội ", 1),
        (TEXT, "thăng long", 0.5),
        (TEXT, "Ha Noi", 0),
        (replace(TEXT, fold_accents=True), "Ha Noi", 1),
        (replace(TEXT, fold_case=False), "hà nội", 0),
        (NUMBER, "3.2", 1),
        (NUMBER, "3,3", 1),
        (NUMBER, "3.1 V", 1),
        (NUMBER, "3.31", 0),
        (NUMBER, "three", 0),
        (replace(NUMBER, value=-200.0, tolerance=0.05, relative=True), "-210", 1),
        (replace(NUMBER, value=-200.0, tolerance=0.05, relative=True), "-210.1", 0),
        (ORDER, ["a", "b", "c", "d"], 1),
        (ORDER, ["b", "a", "c", "d"], 2 * 5 / 6 - 1),
        (ORDER, ["d", "c", "b", "a"], 0),
        (replace(ORDER, partial=False), ["b", "a", "c", "d"], 0),
        (MATCH, {"x": "p", "y": "q", "z": "q"}, 1),
        (MATCH, {"x": "p", "y": "s"}, 1 / 3),
        (replace(MATCH, partial=False), {"x": "p", "y": "q", "z": "s"}, 0),
    ],
)
def test_an_answer_earns_what_the_rule_says(item, response, scaled):
    outcome = score(item, response)

    assert outcome.scaled == pytest.approx(scaled)
    assert outcome.correct is (scaled == 1)


def test_feedback_is_for_what_was_chosen_then_for_the_verdict():
    assert score(SINGLE, "a").feedback == ("option.a", "incorrect", "explanation")
    assert score(SINGLE, "b").feedback == ("correct", "explanation")
    assert score(MULTIPLE, ["a"]) == Outcome(0.5, Verdict.PARTIAL, ())


@pytest.mark.parametrize("item", examples.ALL)
@pytest.mark.parametrize("nothing", [None, "", [], {}])
def test_no_answer_is_unanswered(item, nothing):
    outcome = score(item, nothing)

    assert (outcome.scaled, outcome.verdict) == (0, Verdict.UNANSWERED)
    assert not outcome.correct


@pytest.mark.parametrize(
    ("item", "response", "code"),
    [
        (SINGLE, ["b"], "response-shape"),
        (SINGLE, "z", "option-unknown"),
        (MULTIPLE, "a", "response-shape"),
        (MULTIPLE, {"a": "b"}, "response-shape"),
        (MULTIPLE, 7, "response-shape"),
        (MULTIPLE, ["a", "z"], "option-unknown"),
        (MULTIPLE, [["a"]], "option-unknown"),
        (MULTIPLE, ["a", "a"], "option-repeated"),
        (TEXT, ["Hà Nội"], "response-shape"),
        (NUMBER, 3.2, "response-shape"),
        (ORDER, ["a", "b"], "order-incomplete"),
        (ORDER, ["a", "b", "c", "z"], "option-unknown"),
        (MATCH, ["x", "p"], "response-shape"),
        (MATCH, {"w": "p"}, "option-unknown"),
        (MATCH, {"x": "w"}, "option-unknown"),
        (MATCH, {"x": ["p"]}, "option-unknown"),
    ],
)
def test_what_the_form_cannot_have_sent_is_refused(item, response, code):
    with pytest.raises(ResponseInvalid) as refusal:
        score(item, response)

    assert refusal.value.code == code
    assert all(isinstance(value, str) for value in refusal.value.values.values())


@given(examples.answered_items())
def test_every_answer_scores_between_nothing_and_all(answered):
    item, response = answered

    outcome = score(item, response)

    assert 0 <= outcome.scaled <= 1
    assert outcome.correct is (outcome.scaled == 1)


@given(examples.items())
def test_the_right_answer_earns_everything(item):
    assume(item.kind != "numeric" or len(repr(item.value)) <= 40)

    assert score(item, examples.right_answer(item)).correct


@given(examples.items("multiple-choice"))
def test_ticking_everything_never_pays(item):
    assume(len(item.correct) < len(item.options))

    assert score(item, [option.id for option in item.options]).scaled == 0


@pytest.mark.parametrize("spelling", ["hoà", "hòa", "hoa\u0300", "ho\u0300a"])
def test_old_and_new_tone_placement_are_the_same_word(spelling):
    item = replace(TEXT, answers=(AcceptedAnswer(text="hòa"),))

    assert score(item, spelling).correct
    assert not score(item, "hóa").correct


def test_tolerant_items_forgive_every_mark_and_the_barred_d():
    item = replace(TEXT, answers=(AcceptedAnswer(text="Đường dây"),), fold_accents=True)

    assert score(item, "duong DAY").correct
    assert score(replace(item, fold_case=False), "Duong day").correct
    assert not score(item, "dong day").correct


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1 234.5", "1234.5"),
        ("1.234", "1.234"),
        ("−5", "-5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1e3", "1000"),
        ("+2,5e-2", "0.025"),
    ],
)
def test_numbers_are_read_as_people_here_write_them(text, number):
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["", "abc", "1.2.3", "1,2,3", "--1", "NaN", "Infinity", "0x10", "٣", "1e9999", "9" * 41]
)
def test_what_is_no_number_is_none(text):
    assert parse_number(text) is None


@given(st.text())
@example("1" * 5000)
def test_reading_a_number_never_fails(text):
    number = parse_number(text)

    assert number is None or number.is_finite()
