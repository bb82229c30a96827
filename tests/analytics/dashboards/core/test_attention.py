import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.dashboards.core.attention import (
    BEHIND,
    QUIET_DAYS,
    Learner,
    Sign,
    concerns,
    signs_of,
)


def a_learner(name="an", **said) -> Learner:
    """Keeps up, unless said otherwise: `done` and `left` lessons, `quiet` days, `weak` skills."""
    known = {"done": 4, "left": 2, "quiet": 0, "has_begun": True, "weak": 0} | said
    return Learner(name, *known.values())


def test_an_empty_class_has_no_concerns():
    assert concerns([]) == []


def test_who_keeps_up_shows_no_sign():
    assert concerns([a_learner("an"), a_learner("ben", quiet=9, done=3)]) == []


@pytest.mark.parametrize(
    ("learner", "signs"),
    [
        (a_learner(quiet=QUIET_DAYS), ((Sign.QUIET, 10),)),
        (a_learner(quiet=12, has_begun=False), ((Sign.NEVER_BEGAN, 12),)),
        (a_learner(done=4 - BEHIND), ((Sign.BEHIND, 2),)),
        (a_learner(weak=2), ((Sign.WEAK, 2),)),
        (
            a_learner(done=0, quiet=30, weak=1),
            ((Sign.QUIET, 30), (Sign.BEHIND, 4), (Sign.WEAK, 1)),
        ),
    ],
)
def test_each_sign_with_its_number(learner, signs):
    assert signs_of(learner, median=4) == signs


@pytest.mark.parametrize("has_begun", [True, False])
def test_who_has_no_lesson_left_has_nothing_to_be_quiet_about(has_begun):
    assert signs_of(a_learner(left=0, quiet=60, has_begun=has_begun), median=4) == ()


def test_who_shows_more_signs_comes_first_then_who_is_quiet_longer():
    found = concerns(
        [
            a_learner("quiet", quiet=11),
            a_learner("quieter", quiet=20),
            a_learner("two", quiet=10, weak=1),
            a_learner("fine"),
        ]
    )

    assert [concern.learner_id for concern in found] == ["two", "quieter", "quiet"]


def test_one_who_hurries_ahead_does_not_put_the_class_behind():
    learners = [a_learner(str(n), done=2) for n in range(4)] + [a_learner("fast", done=40)]

    assert concerns(learners) == []


@given(st.lists(st.integers(0, 12), min_size=1, max_size=30))
def test_at_most_half_of_a_class_is_behind(done):
    learners = [a_learner(str(n), done=lessons) for n, lessons in enumerate(done)]

    assert len(concerns(learners)) <= len(learners) / 2
