"""What was checked once is not checked again, and nothing else slips through."""

import pytest

from edu.lrs.core.problems import InvalidStatement, Rule
from edu.lrs.core.validation import shapes
from edu.lrs.core.validation.shapes import remembered


class Checked:
    """Counts what it is asked; nothing but a dict whose "word" is a true string "good" is fine."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, value: object) -> None:
        self.asked += 1
        if type(value) is not dict or type(value.get("word")) is not str or value["word"] != "good":
            raise InvalidStatement(Rule.VOCABULARY, "Data 2.2")


@pytest.fixture
def inner():
    return Checked()


@pytest.fixture
def check(inner):
    return remembered(inner)


def test_what_has_passed_is_not_looked_at_again(check, inner):
    for _ in range(3):
        check({"word": "good", "n": 1})

    assert inner.asked == 1


@pytest.mark.parametrize("other", [1.0, True, "1", None, [1], -1])
def test_what_differs_in_anything_is_looked_at(check, inner, other):
    check({"word": "good", "n": 1})
    check({"word": "good", "n": other})

    assert inner.asked == 2


def test_what_is_refused_is_refused_each_time(check, inner):
    check({"word": "good"})
    for _ in range(2):
        with pytest.raises(InvalidStatement):
            check({"word": "bad"})

    assert inner.asked == 3


@pytest.mark.parametrize("no_json", [{1: 2}, {"word": object()}, {1, 2}])
def test_what_is_no_json_is_looked_at(check, no_json):
    check({"word": "good"})
    with pytest.raises(InvalidStatement):
        check(no_json)


def test_only_so_many_and_none_too_long_are_remembered(check, inner, monkeypatch):
    monkeypatch.setattr(shapes, "MOST_REMEMBERED", 2)
    monkeypatch.setattr(shapes, "LONGEST_REMEMBERED", 30)
    for n in (1, 2, 3, 3, 1):
        check({"word": "good", "n": n})
    assert inner.asked == 4  # the third made room by forgetting the first two

    for _ in range(2):
        check({"word": "good", "more": "x" * 30})
    assert inner.asked == 6
