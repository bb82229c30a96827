import pytest
from hypothesis import given
from hypothesis import strategies as st

from edu.exchange.core.few import K, hidden, is_few


@pytest.mark.parametrize(
    ("people", "few"), [(None, False), (0, False), (1, True), (4, True), (5, False), (900, False)]
)
def test_one_to_four_people_are_few(people, few):
    assert is_few(people) is few


def test_nothing_is_hidden_where_everybody_is_many():
    assert hidden({"a": 5, "b": 60, "c": 0, "d": None}) == frozenset()


def test_a_single_small_part_takes_the_next_smallest_with_it():
    assert hidden({"a": 3, "b": 60, "c": 9}) == {"a", "c"}


def test_two_small_parts_that_are_enough_together_hide_each_other():
    assert hidden({"a": 3, "b": 4, "c": 9}) == {"a", "b"}


def test_two_small_parts_that_are_few_together_take_a_third():
    assert hidden({"a": 1, "b": 2, "c": 9, "d": 8}) == {"a", "b", "d"}


def test_where_nothing_else_is_left_what_is_few_stays_hidden():
    assert hidden({"a": 3, "b": 0, "c": None}) == {"a"}


@given(st.dictionaries(st.text(max_size=3), st.none() | st.integers(0, 40), max_size=8))
def test_the_difference_to_the_total_never_tells_of_few(people):
    gone = hidden(people)
    left_over = sum(people[part] or 0 for part in gone)

    assert all(part in gone for part, count in people.items() if is_few(count))
    can_hide_more = any(count and part not in gone for part, count in people.items())
    assert not gone or not can_hide_more or (left_over >= K and len(gone) > 1)
