"""Simulated learners who practise skills in chains of four; each kind learns otherwise.

What is good for one kind is bad for another, so a policy is judged by the kind it serves worst.
"""

from math import exp
from random import Random
from typing import Protocol

CHAIN, CHAINS = 4, 5
SKILLS = tuple(f"s{index}" for index in range(CHAIN * CHAINS))


def before(skill: str) -> tuple[str, ...]:
    """The skill's prerequisite: the one before it in its chain."""
    index = int(skill[1:])
    return () if index % CHAIN == 0 else (f"s{index - 1}",)


class Learner(Protocol):
    def answer(self, skill: str) -> bool: ...
    def mastered(self) -> int: ...


class Leaper:
    """Knows a skill or not; an exercise may teach it, rarely without its prerequisite."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        experience = rng.uniform(0, 0.6)
        self.known = {skill: rng.random() < experience for skill in SKILLS}
        self.teaches = {skill: rng.uniform(0.04, 0.25) for skill in SKILLS}
        self.slip = {skill: rng.uniform(0.05, 0.2) for skill in SKILLS}
        self.guess = {skill: rng.uniform(0.1, 0.35) for skill in SKILLS}

    def answer(self, skill: str) -> bool:
        chance = 1 - self.slip[skill] if self.known[skill] else self.guess[skill]
        correct = self.rng.random() < chance
        ready = all(self.known[needed] for needed in before(skill))
        if self.rng.random() < self.teaches[skill] * (1.0 if ready else 0.2):
            self.known[skill] = True
        return correct

    def mastered(self) -> int:
        return sum(self.known.values())


class Climber:
    """Grows by small steps, most where an exercise is neither easy nor hopeless."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        talent = rng.gauss(-0.6, 0.7)
        self.level = {skill: talent + rng.gauss(0, 1) for skill in SKILLS}
        self.pace = rng.uniform(0.4, 1.3)

    def chance(self, skill: str) -> float:
        return 1 / (1 + exp(-self.level[skill]))

    def answer(self, skill: str) -> bool:
        chance = self.chance(skill)
        correct = self.rng.random() < chance
        ready = min((self.chance(needed) for needed in before(skill)), default=1.0)
        self.level[skill] += self.pace * 4 * chance * (1 - chance) * 0.4 * ready
        return correct

    def mastered(self) -> int:
        return sum(self.chance(skill) >= 0.8 for skill in SKILLS)


class Forgetter(Climber):
    """A climber whose other skills sink a little with every exercise."""

    def answer(self, skill: str) -> bool:
        correct = super().answer(skill)
        for other in SKILLS:
            if other != skill and self.level[other] > -1:
                self.level[other] -= 0.004
        return correct
