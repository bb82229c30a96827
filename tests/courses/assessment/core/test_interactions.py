from dataclasses import replace

import pytest
from hypothesis import given

from courses.assessment.core.interactions import (
    ACTIVITY_TYPE,
    LONGEST_NAME,
    definition,
    response_text,
)
from courses.assessment.core.items import Option
from courses.assessment.core.scoring import ResponseInvalid
from tests.courses.assessment.core import examples
from tests.courses.assessment.core.examples import MATCH, MULTIPLE, NUMBER, ORDER, SINGLE, TEXT


@pytest.mark.parametrize(
    ("item", "kind", "correct", "components"),
    [
        (SINGLE, "choice", ["b"], {"choices"}),
        (MULTIPLE, "choice", ["a[,]c"], {"choices"}),
        (TEXT, "fill-in", ["{case_matters=false}Hà Nội"], set()),
        (NUMBER, "numeric", ["3.1[:]3.3"], set()),
        (ORDER, "sequencing", ["a[,]b[,]c[,]d"], {"choices"}),
        (MATCH, "matching", ["x[.]p[,]y[.]q[,]z[.]q"], {"source", "target"}),
    ],
)
def test_the_definition_is_what_xapi_calls_it(item, kind, correct, components):
    written = definition(item)

    assert written["type"] == ACTIVITY_TYPE
    assert written["description"] == item.prompt
    assert written["interactionType"] == kind
    assert written["correctResponsesPattern"] == correct
    fixed = {"type", "name", "description", "interactionType", "correctResponsesPattern"}
    assert written.keys() - fixed == components


def test_a_question_is_named_by_its_words():
    prompt = {"vi": "Gas **nào** `cháy` được?", "en": "Which gas " * 20, "fr": "```\nx\n```"}

    name = definition(replace(SINGLE, prompt=prompt))["name"]

    assert name["vi"] == "Gas nào cháy được?"
    assert len(name["en"]) <= LONGEST_NAME
    assert name["en"].endswith(" …")
    assert "fr" not in name  # a question of code alone has no words


def test_components_carry_their_words_in_every_language():
    assert definition(SINGLE)["choices"][0] == {
        "id": "a",
        "description": {"vi": "Phương án a", "en": "Option a"},
    }


def test_components_have_no_marks_that_only_a_page_understands():
    options = (
        Option(id="a", text={"vi": "Dùng `margin` và **không** gì khác"}),
        Option(id="b", text={"vi": "```\nx\n```"}),
    )

    first, second = definition(replace(SINGLE, options=options))["choices"]

    assert first["description"] == {"vi": "Dùng margin và không gì khác"}
    assert second["description"] == {"vi": "```\nx\n```"}


@pytest.mark.parametrize(
    ("item", "response", "text"),
    [
        (SINGLE, "a", "a"),
        (SINGLE, None, ""),
        (MULTIPLE, ["c", "a"], "a[,]c"),
        (TEXT, "Hà Nội", "Hà Nội"),
        (TEXT, "a[,]b", "a[, ]b"),
        (NUMBER, "3,25 V", "3.25"),
        (NUMBER, "1e3", "1000"),
        (NUMBER, "about three", "about three"),
        (ORDER, ["b", "a", "d", "c"], "b[,]a[,]d[,]c"),
        (MATCH, {"y": "s", "x": "p"}, "x[.]p[,]y[.]s"),
    ],
)
def test_an_answer_is_written_as_xapi_wants_it(item, response, text):
    assert response_text(item, response) == text


def test_what_the_form_cannot_have_sent_is_not_recorded():
    with pytest.raises(ResponseInvalid):
        response_text(ORDER, ["a"])


@given(examples.items())
def test_the_right_answer_reads_like_the_pattern(item):
    pattern = definition(item)["correctResponsesPattern"][0]
    written = response_text(item, examples.right_answer(item))

    match item.kind:
        case "text-entry":
            assert pattern.partition("}")[2] == written
        case "numeric":
            assert "[:]" in pattern
        case _:
            assert pattern == written
