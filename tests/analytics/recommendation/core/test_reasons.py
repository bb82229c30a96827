import pytest

from analytics.recommendation.core.activity import Activity, Kind, Reason, Skill
from analytics.recommendation.core.reasons import progress, reason_for


@pytest.mark.parametrize(
    ("activity", "reason"),
    [
        (Activity("a", Kind.CONTINUE, progress=0.4), Reason("unit-begun", {"percent": 40})),
        (Activity("a", Kind.DEADLINE, hours_left=5.2), Reason("deadline-near", {"hours": 5})),
        (Activity("a", Kind.DEADLINE, hours_left=-3), Reason("deadline-passed", {"hours": 3})),
        (
            Activity("a", Kind.REVIEW, "pressure", overdue_days=2),
            Reason("review-due", {"skill": "pressure", "days": 2}),
        ),
        (Activity("a", Kind.REVIEW), Reason("review-due", {"skill": "", "days": 0})),
        (Activity("a", Kind.GAP, closes=0.25), Reason("closes-gap", {"percent": 25})),
        (Activity("a", Kind.NEXT_UNIT), Reason("next-in-plan", {})),
        (Activity("a", Kind.NEXT_UNIT, "unheard-of"), Reason("next-in-plan", {})),
    ],
)
def test_each_kind_has_its_reason(activity, reason):
    assert reason_for(activity, None) == reason


@pytest.mark.parametrize(
    ("skill", "code"),
    [
        (Skill(), "new-skill"),
        (Skill(requires=("pressure",)), "prerequisites-solid"),
        (Skill(mastery=0.3, results=(0.0, 1.0, 1.0, 1.0)), "almost-solid"),
        (Skill(mastery=0.1, results=(0.0, 0.0, 1.0, 0.4)), "improving"),
        (Skill(mastery=0.1, results=(1.0, 0.0)), "not-yet-solid"),
    ],
)
def test_practice_is_explained_by_the_results(skill, code):
    reason = reason_for(Activity("a", Kind.PRACTICE, "leaks"), skill)

    assert (reason.code, reason.values["skill"]) == (code, "leaks")


@pytest.mark.parametrize(("results", "code"), [((), "next-in-plan"), ((1.0, 0.0), "not-yet-solid")])
def test_what_stands_on_shaky_ground_is_not_called_ready(results, code):
    skill = Skill(mastery=0.1, results=results, requires=("pressure",))

    reason = reason_for(Activity("a", Kind.NEXT_UNIT, "leaks"), skill, is_founded=False)

    assert reason.code == code


def test_almost_solid_has_what_its_sentence_needs():
    skill = Skill(mastery=0.3, results=(0.0, 1.0, 1.0, 0.8))

    reason = reason_for(Activity("a", Kind.PRACTICE, "leaks"), skill)

    assert reason.values == {"skill": "leaks", "correct": 3, "answered": 4}


@pytest.mark.parametrize(
    ("results", "expected"),
    [((), 0), ((1.0,), 0), ((0.0, 1.0), 1), ((1.0, 0.0, 1.0), 0.5), ((1.0, 1.0, 0.0, 0.0), -1)],
)
def test_progress_is_later_results_less_earlier_ones(results, expected):
    assert progress(results) == expected
