from dataclasses import replace

import pytest

from courses.assessment.core.items import AcceptedAnswer, Option
from courses.assessment.core.translation import with_translation
from tests.courses.assessment.core import examples
from tests.courses.assessment.core.examples import MATCH, MULTIPLE, NUMBER, ORDER, SINGLE, TEXT


def spoken(item, language):
    """The item in one language only, with that language's name for words."""

    def option(one):
        return Option(id=one.id, text={language: f"{one.id} {language}"}, fixed=one.fixed)

    lists = {
        name: tuple(option(one) for one in getattr(item, name))
        for name in ("options", "entries", "sources", "targets")
        if hasattr(item, name)
    }
    return replace(
        item, prompt={language: language}, feedback={"correct": {language: language}}, **lists
    )


@pytest.mark.parametrize("item", examples.ALL)
def test_one_item_speaks_both_languages(item):
    both = with_translation(spoken(item, "vi"), spoken(item, "en"))

    assert both.prompt == {"vi": "vi", "en": "en"}
    assert both.feedback == {"correct": {"vi": "vi", "en": "en"}}
    assert (both.id, both.kind) == (item.id, item.kind)


def test_options_keep_their_ids_and_gain_words():
    both = with_translation(spoken(MATCH, "vi"), spoken(MATCH, "en"))

    assert both.sources[0].text == {"vi": "x vi", "en": "x en"}
    assert both.targets[3].text == {"vi": "s vi", "en": "s en"}
    assert both.pairs == MATCH.pairs


def test_its_own_words_win():
    other = replace(SINGLE, prompt={"vi": "khác", "fr": "autre"})

    assert with_translation(SINGLE, other).prompt == {**SINGLE.prompt, "fr": "autre"}


def test_feedback_of_either_is_kept():
    other = replace(SINGLE, feedback={"option.c": {"en": "No."}})

    both = with_translation(replace(SINGLE, feedback={"correct": {"vi": "Đúng."}}), other)

    assert both.feedback == {"correct": {"vi": "Đúng."}, "option.c": {"en": "No."}}


def test_answers_of_both_languages_count():
    other = replace(TEXT, answers=(AcceptedAnswer(text="Hanoi"), AcceptedAnswer(text="Hà Nội")))

    texts = [answer.text for answer in with_translation(TEXT, other).answers]

    assert texts == ["Hà Nội", "Thăng Long", "Hanoi"]


@pytest.mark.parametrize(
    ("item", "other"),
    [
        (SINGLE, MULTIPLE),
        (SINGLE, replace(SINGLE, correct="a")),
        (SINGLE, replace(SINGLE, options=examples.options("abcd"))),
        (MULTIPLE, replace(MULTIPLE, correct=("a",))),
        (NUMBER, replace(NUMBER, value=4.0)),
        (ORDER, replace(ORDER, entries=examples.options("abc"))),
        (MATCH, replace(MATCH, pairs={"x": "p", "y": "p", "z": "q"})),
    ],
)
def test_two_different_questions_are_not_one(item, other):
    assert with_translation(item, other) is None
