from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What an activity is for the learner."""

    CONTINUE = "continue"  # a unit that is begun
    DEADLINE = "deadline"  # work that is due
    NEXT_UNIT = "next-unit"
    PRACTICE = "practice"
    REVIEW = "review"
    GAP = "gap"  # a module that a job within reach asks for


@dataclass(frozen=True, slots=True)
class Activity:
    """Something the learner could do now. Some numbers mean something for one kind only.

    `position`: the place in the curriculum, from 0 to 1. `progress`: the share done of a unit that
    is begun. `hours_left`: until the deadline, negative when it has passed. `overdue_days`: since
    a review was due. `closes`: the share of the missing skills that a module teaches.
    """

    id: str
    kind: Kind
    skill: str | None = None
    position: float = 0.0
    progress: float = 0.0
    hours_left: float = 0.0
    overdue_days: float = 0.0
    closes: float = 0.0


@dataclass(frozen=True, slots=True)
class Skill:
    """What is known of the learner in a skill.

    `mastery`: the probability that it is mastered; `results`: 0 to 1, latest last; `answers`: how
    many there were in all; `requires`: the skills that come before.
    """

    mastery: float = 0.0
    results: tuple[float, ...] = ()
    answers: int = 0
    requires: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a code, and the values for the one sentence that says it."""

    code: str
    values: Mapping[str, float | str]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A choice, its score and reason, and the probability with which its policy makes it."""

    activity: Activity
    score: float
    reason: Reason
    propensity: float
    policy: str
