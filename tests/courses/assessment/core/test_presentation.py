from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from courses.assessment.core.presentation import presented
from tests.courses.assessment.core import examples
from tests.courses.assessment.core.examples import (
    MATCH,
    MULTIPLE,
    NUMBER,
    ORDER,
    SINGLE,
    TEXT,
    options,
)


def shown(item, seed):
    return "".join(option.id for option in presented(item, seed))


def test_the_order_is_the_same_in_every_release():
    assert shown(MULTIPLE, "attempt-1") == "debca"
    assert shown(MULTIPLE, "attempt-2") == "eabcd"


@given(examples.items(), st.text(max_size=5))
def test_everything_is_shown_once(item, seed):
    everything = {
        "single-choice": "options",
        "multiple-choice": "options",
        "order": "entries",
        "match": "targets",
    }
    expected = getattr(item, everything[item.kind]) if item.kind in everything else ()

    assert sorted(o.id for o in presented(item, seed)) == sorted(o.id for o in expected)
    assert presented(item, seed) == presented(item, seed)


@given(st.text(max_size=5))
def test_fixed_options_keep_their_place(seed):
    item = replace(MULTIPLE, options=options("abcde", fixed="be"))

    assert shown(item, seed)[1] == "b"
    assert shown(item, seed)[4] == "e"


@given(st.integers())
def test_an_ordering_task_never_comes_solved(seed):
    assert shown(replace(ORDER, entries=options("ab")), str(seed)) == "ba"


def test_seeds_mix_differently():
    orders = {shown(SINGLE, str(seed)) for seed in range(50)}

    assert orders == {"abc", "acb", "bac", "bca", "cab", "cba"}


def test_an_item_may_ask_not_to_be_mixed():
    assert shown(replace(SINGLE, shuffle=False), "any") == "abc"


def test_typed_items_have_nothing_to_mix():
    assert presented(TEXT, "1") == presented(NUMBER, "1") == ()
    assert sorted(shown(MATCH, "1")) == ["p", "q", "r", "s"]
