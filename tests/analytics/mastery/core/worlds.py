"""Simulated learners that think otherwise than the model: none is a 1PL with random walks."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import erf, sqrt
from random import Random

SKILLS, ITEMS_A_SKILL, ANSWERS = 6, 15, 60


@dataclass(frozen=True)
class Answer:
    learner: int
    skill: int
    item: int
    correct: bool


def knows_or_not(rng: Random, learners: int) -> Iterator[Answer]:
    """A skill is known or not; practice may teach it or lose it again; items slip or leak."""
    slip = [rng.uniform(0.05, 0.25) for _ in range(SKILLS * ITEMS_A_SKILL)]
    guess = [rng.uniform(0.1, 0.4) for _ in range(SKILLS * ITEMS_A_SKILL)]
    teaches = [rng.uniform(0.03, 0.2) for _ in range(SKILLS)]
    for learner in range(learners):
        talent = rng.random()
        known = [rng.random() < talent for _ in range(SKILLS)]
        for _ in range(ANSWERS):
            skill = rng.randrange(SKILLS)
            item = skill * ITEMS_A_SKILL + rng.randrange(ITEMS_A_SKILL)
            chance = 1 - slip[item] if known[skill] else guess[item]
            yield Answer(learner, skill, item, rng.random() < chance)
            known[skill] = rng.random() >= 0.02 if known[skill] else rng.random() < teaches[skill]


def normal_ogive(rng: Random, learners: int) -> Iterator[Answer]:
    """Two talents mixed into skills, items of different sharpness, a floor of guessing, growth."""
    sharpness = [rng.uniform(0.5, 1.8) for _ in range(SKILLS * ITEMS_A_SKILL)]
    difficulty = [rng.gauss(0, 0.9) for _ in range(SKILLS * ITEMS_A_SKILL)]
    mixes = [rng.random() for _ in range(SKILLS)]
    for learner in range(learners):
        hand, head, pace = rng.gauss(0, 1), rng.gauss(0, 1), rng.uniform(0, 0.05)
        level = [mix * hand + (1 - mix) * head for mix in mixes]
        for _ in range(ANSWERS):
            skill = rng.randrange(SKILLS)
            item = skill * ITEMS_A_SKILL + rng.randrange(ITEMS_A_SKILL)
            score = sharpness[item] * (level[skill] - difficulty[item])
            chance = 0.15 + 0.85 * 0.5 * (1 + erf(score / sqrt(2)))
            yield Answer(learner, skill, item, rng.random() < chance)
            level[skill] += pace
