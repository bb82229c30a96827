import dataclasses
import json

import pytest
from hypothesis import given

from courses.assessment.core.items import ItemInvalid, from_json, to_json
from tests.courses.assessment.core import examples
from tests.courses.assessment.core.examples import MATCH, MULTIPLE, NUMBER, ORDER, SINGLE, TEXT


@given(examples.items())
def test_an_item_survives_json(item):
    assert from_json(json.loads(json.dumps(to_json(item)))) == item


def test_the_json_of_a_choice_is_plain():
    document = to_json(SINGLE)

    assert document["kind"] == "single-choice"
    assert document["options"][1] == {
        "id": "b",
        "text": {"vi": "Phương án b", "en": "Option b"},
        "fixed": False,
    }
    assert document["correct"] == "b"


def changed(item, **values):
    return {**to_json(item), **values}


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ({}, "shape"),
        ({"kind": "essay"}, "shape"),
        ({"kind": {1, 2}}, "shape"),
        (changed(SINGLE, surprise=1), "shape"),
        (changed(SINGLE, options="abc"), "shape"),
        (changed(SINGLE, correct=1), "shape"),
        (changed(NUMBER, value="3.2"), "shape"),
        (changed(SINGLE, shuffle="yes"), "shape"),
        (changed(SINGLE, id="two words"), "id"),
        (changed(SINGLE, id=""), "id"),
        (changed(SINGLE, prompt={}), "language-map"),
        (changed(SINGLE, prompt={"vi": "  "}), "language-map"),
        (changed(SINGLE, prompt={"tiếng Việt": "Sao?"}), "language-map"),
        (changed(SINGLE, feedback={"option.z": {"en": "No"}}), "feedback-key"),
        (changed(SINGLE, feedback={"correct": {}}), "language-map"),
        (changed(TEXT, feedback={"option.a": {"en": "No"}}), "feedback-key"),
        (changed(SINGLE, options=to_json(SINGLE)["options"][:1]), "too-few-options"),
        (changed(SINGLE, options=to_json(SINGLE)["options"] * 2), "id-repeated"),
        (changed(SINGLE, correct="z"), "option-unknown"),
        (changed(MULTIPLE, correct=["a", "z"]), "option-unknown"),
        (changed(MULTIPLE, correct=["a", "a"]), "id-repeated"),
        (changed(MULTIPLE, correct=[]), "no-correct-option"),
        (changed(TEXT, answers=[]), "no-accepted-answer"),
        (changed(TEXT, answers=[{"text": " "}]), "no-accepted-answer"),
        (changed(TEXT, answers=[{"text": "a", "score": 0}]), "answer-score"),
        (changed(TEXT, answers=[{"text": "a", "score": 1.5}]), "answer-score"),
        (changed(TEXT, answers=[{"text": "a", "score": 0.5}]), "answer-score"),
        (changed(NUMBER, tolerance=-1), "number"),
        (changed(NUMBER, value=float("inf")), "number"),
        (changed(NUMBER, tolerance=float("nan")), "number"),
        (changed(ORDER, entries=to_json(ORDER)["entries"][:1]), "too-few-options"),
        (changed(MATCH, pairs={"x": "p", "y": "q"}), "pairs"),
        (changed(MATCH, pairs={"x": "p", "y": "q", "z": "nowhere"}), "pairs"),
        (changed(MATCH, targets=to_json(MATCH)["targets"][:1]), "too-few-options"),
    ],
)
def test_what_no_teacher_could_mean_is_refused(document, code):
    with pytest.raises(ItemInvalid) as refusal:
        from_json(document)

    assert refusal.value.code == code


def test_a_wrong_shape_names_the_place():
    document = to_json(SINGLE)
    del document["options"][1]["text"]

    with pytest.raises(ItemInvalid) as refusal:
        from_json(document)

    assert refusal.value.values == {"path": "single-choice.options.1.text", "problem": "missing"}


def test_items_do_not_change():
    with pytest.raises(dataclasses.FrozenInstanceError):
        SINGLE.correct = "a"
