from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from analytics.mastery.core import estimate
from analytics.recommendation.core.activity import Activity, Kind, Skill
from analytics.recommendation.core.choose import Policy, recommend
from tests.analytics.recommendation.core.worlds import (
    SKILLS,
    Climber,
    Forgetter,
    Leaper,
    before,
)

START = datetime(2026, 9, 7, tzinfo=UTC)
LEARNERS, EXERCISES = 24, 160
EXERCISES_A_DAY, REVIEW_AFTER_DAYS = 20, 2
PRACTICE = [
    Activity(skill, Kind.PRACTICE, skill, position=place / len(SKILLS))
    for place, skill in enumerate(SKILLS)
]
ITEM = estimate.Item(0.0, 0.05)  # an exercise of well-known, ordinary difficulty


def gain(learner, start):
    return (learner.mastered() - start) / (len(SKILLS) - start)


def fixed_curriculum(learner) -> float:
    """The same number of exercises on each skill, in order."""
    start = learner.mastered()
    for exercise in range(EXERCISES):
        learner.answer(SKILLS[exercise * len(SKILLS) // EXERCISES])
    return gain(learner, start)


def recommended(learner, rng) -> float:
    """Each exercise is the one recommended; mastery is estimated from the answers alone."""
    start, policy = learner.mastered(), Policy()
    general, known = estimate.General(), dict.fromkeys(SKILLS, estimate.Skill())
    results = dict.fromkeys(SKILLS, ())
    for exercise in range(EXERCISES):
        now = START + timedelta(days=exercise / EXERCISES_A_DAY)
        views = {name: view(name, general, known[name], results[name], now) for name in SKILLS}
        candidates = [*PRACTICE, *reviews(known, now)]
        skill = recommend(candidates, views, draw=rng.random(), policy=policy).activity.skill
        correct = float(learner.answer(skill))
        results[skill] = (*results[skill], correct)
        state = estimate.State(general, (known[skill],), ITEM)
        general, (known[skill],), _ = estimate.update(state, correct, now)
    return gain(learner, start)


def view(name, general, skill, results, now) -> Skill:
    level = estimate.mastery(estimate.ability(general, skill, now))
    return Skill(level.probability, results, skill.answers, before(name))


def reviews(known, now) -> list[Activity]:
    days = {name: (now - skill.seen_at).days for name, skill in known.items() if skill.seen_at}
    return [
        Activity(f"review-{name}", Kind.REVIEW, name, overdue_days=since - REVIEW_AFTER_DAYS)
        for name, since in days.items()
        if since >= REVIEW_AFTER_DAYS
    ]


@pytest.mark.slow
@pytest.mark.parametrize("kind", [Leaper, Climber, Forgetter])
def test_recommendations_never_do_worse_than_the_fixed_curriculum(kind):
    plain = [fixed_curriculum(kind(Random(seed))) for seed in range(LEARNERS)]
    chosen = [recommended(kind(Random(seed)), Random(-seed)) for seed in range(LEARNERS)]

    assert sum(chosen) >= sum(plain)
