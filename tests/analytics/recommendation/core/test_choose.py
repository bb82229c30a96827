import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.recommendation.core.activity import Activity, Kind, Skill
from analytics.recommendation.core.choose import (
    Policy,
    TooLittleExploration,
    fringe,
    propensities,
    recommend,
    score,
)

POLICY = Policy()
SKILLS = {
    "pressure": Skill(mastery=0.9, results=(1.0,) * 5, answers=5),
    "leaks": Skill(mastery=0.4, results=(0.0, 1.0, 1.0, 1.0), answers=4),
    "charging": Skill(requires=("pressure",)),
    "commissioning": Skill(requires=("charging",)),
}
PRACTICE = [Activity(name, Kind.PRACTICE, name) for name in SKILLS]
UNIT = Activity("unit", Kind.CONTINUE, progress=0.4)
DUE = Activity("due", Kind.DEADLINE, hours_left=5)


def choose(candidates, *, draw=0.0, policy=POLICY):
    return recommend(candidates, SKILLS, draw=draw, policy=policy)


def test_without_anything_to_do_there_is_no_recommendation():
    assert choose([]) is None


def test_a_unit_that_is_begun_beats_everything():
    further = Activity("further", Kind.CONTINUE, progress=0.8)

    chosen = choose([*PRACTICE, DUE, UNIT, further], draw=0.99)

    assert (chosen.activity, chosen.propensity, chosen.policy) == (further, 1.0, POLICY.id)


def test_the_soonest_deadline_beats_everything_else():
    sooner = Activity("sooner", Kind.DEADLINE, hours_left=-2)

    assert choose([*PRACTICE, DUE, sooner], draw=0.99).activity == sooner


def test_a_far_deadline_does_not_press_but_is_better_than_nothing():
    far = Activity("far", Kind.DEADLINE, hours_left=500)

    assert far not in fringe([*PRACTICE, far], SKILLS, POLICY)
    assert choose([far]).activity == far


def test_the_fringe_leaves_out_what_is_mastered_and_what_is_not_yet_open():
    assert [one.id for one in fringe(PRACTICE, SKILLS, POLICY)] == ["leaks", "charging"]


def test_patience_opens_what_follows_a_wall():
    stuck = SKILLS | {"charging": Skill(answers=POLICY.patience, requires=("pressure",))}

    assert "commissioning" in [one.id for one in fringe(PRACTICE, stuck, POLICY)]


def test_a_skill_that_goes_right_rests_until_nothing_else_is_left():
    streak = SKILLS | {"leaks": Skill(mastery=0.4, results=(0.0, 1.0, 1.0, 0.8, 1.0))}
    leaks = Activity("leaks", Kind.PRACTICE, "leaks")

    assert [one.id for one in fringe(PRACTICE, streak, POLICY)] == ["charging"]
    assert fringe([leaks], streak, POLICY) == [leaks]


def test_reviews_gaps_and_activities_of_no_skill_are_always_open():
    always = [
        Activity("review", Kind.REVIEW, "pressure", overdue_days=2),
        Activity("module", Kind.GAP, "commissioning", closes=0.5),
        Activity("unit", Kind.NEXT_UNIT),
    ]

    assert fringe(always, SKILLS, POLICY) == always


def test_when_all_is_mastered_the_learner_may_still_practise():
    solid = [Activity("pressure", Kind.PRACTICE, "pressure")]

    assert fringe(solid, SKILLS, POLICY) == solid


def test_an_unknown_skill_is_a_new_one():
    new = Activity("new", Kind.PRACTICE, "soldering")

    assert fringe([new], SKILLS, POLICY) == [new]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (Skill(results=(0.0, 0.0, 1.0, 1.0)), Skill(results=(1.0, 1.0, 0.0, 0.0))),
        (Skill(mastery=0.4), Skill(mastery=0.1)),
        (Skill(answers=2), Skill(answers=9)),
    ],
)
def test_progress_doubt_and_little_spent_make_a_skill_likelier(better, worse):
    activity = Activity("a", Kind.PRACTICE, "a")

    assert score(activity, {"a": better}, POLICY) > score(activity, {"a": worse}, POLICY)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (Activity("a", Kind.REVIEW, overdue_days=6), Activity("b", Kind.REVIEW, overdue_days=1)),
        (Activity("a", Kind.GAP, closes=0.6), Activity("b", Kind.GAP, closes=0.2)),
        (Activity("a", Kind.NEXT_UNIT), Activity("b", Kind.NEXT_UNIT, position=1.0)),
        (Activity("a", Kind.NEXT_UNIT, "leaks"), Activity("b", Kind.PRACTICE, "leaks")),
    ],
)
def test_what_is_overdue_closes_more_or_comes_earlier_is_likelier(better, worse):
    assert score(better, SKILLS, POLICY) > score(worse, SKILLS, POLICY)


def test_a_long_overdue_review_beats_new_practice_and_a_fresh_one_does_not():
    new = score(Activity("new", Kind.PRACTICE, "charging"), SKILLS, POLICY)

    def review(days):
        return score(Activity("r", Kind.REVIEW, "pressure", overdue_days=days), SKILLS, POLICY)

    assert review(1) < new < review(7) == review(70)


@given(scores=st.lists(st.floats(-50, 50), min_size=1, max_size=30), epsilon=st.floats(0.05, 1))
def test_propensities_are_a_distribution_above_the_floor(scores, epsilon):
    chances = propensities(scores, Policy(id="test", exploration=epsilon))

    assert sum(chances) == pytest.approx(1)
    assert min(chances) >= epsilon / len(scores) * (1 - 1e-12)
    assert chances[scores.index(max(scores))] == max(chances)


def test_the_logged_propensity_is_how_often_the_activity_is_chosen():
    draws = [(step + 0.5) / 10_000 for step in range(10_000)]
    chosen = [choose(PRACTICE, draw=draw) for draw in draws]

    for activity in fringe(PRACTICE, SKILLS, POLICY):
        logged = [one.propensity for one in chosen if one.activity == activity]
        assert logged[0] >= POLICY.exploration / 2
        assert len(logged) / len(draws) == pytest.approx(logged[0], abs=1e-3)


def test_rounding_at_the_end_of_the_line_still_chooses():
    assert choose(PRACTICE, draw=1.0).activity.id == "charging"


def test_a_policy_that_hardly_explores_is_refused():
    with pytest.raises(TooLittleExploration):
        Policy(id="greedy", exploration=0.01)
