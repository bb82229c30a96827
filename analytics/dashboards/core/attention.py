"""Who in a class needs help now, and why; a teacher can act on each reason.

Three signs, each of which a teacher can check: nothing done for a while, lessons behind most of
the class, a skill that is surely not solid. They are shown as reasons, not added up to a score:
nobody is ranked by a number that cannot be explained.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median_low

QUIET_DAYS = 10
BEHIND = 2  # lessons fewer than the class's median


class Sign(StrEnum):
    """What shows that somebody needs help."""

    NEVER_BEGAN = "never-began"
    QUIET = "quiet"
    BEHIND = "behind"
    WEAK = "weak"


@dataclass(frozen=True)
class Learner:
    """What is known of one learner of a class; `weak` counts skills that are surely not solid.

    Who has no lessons left, or a class without any here, has nothing to be quiet about.
    """

    id: str
    lessons_done: int
    lessons_left: int
    days_quiet: int
    has_begun: bool
    weak: int = 0


@dataclass(frozen=True)
class Concern:
    """A learner who needs help: each sign with its number (days, lessons, skills)."""

    learner_id: str
    signs: tuple[tuple[Sign, int], ...]


def concerns(learners: Sequence[Learner]) -> list[Concern]:
    """Name the learners of one class who need help, those with most signs first."""
    if not learners:
        return []
    median = median_low([learner.lessons_done for learner in learners])
    found = [Concern(learner.id, signs_of(learner, median)) for learner in learners]
    quiet = {learner.id: learner.days_quiet for learner in learners}
    return sorted(
        (concern for concern in found if concern.signs),
        key=lambda concern: (-len(concern.signs), -quiet[concern.learner_id], concern.learner_id),
    )


def signs_of(learner: Learner, median: int) -> tuple[tuple[Sign, int], ...]:
    """The signs that one learner shows, given how many lessons half of the class has done."""
    signs = []
    if learner.lessons_left > 0 and learner.days_quiet >= QUIET_DAYS:
        sign = Sign.QUIET if learner.has_begun else Sign.NEVER_BEGAN
        signs.append((sign, learner.days_quiet))
    if median - learner.lessons_done >= BEHIND:
        signs.append((Sign.BEHIND, median - learner.lessons_done))
    if learner.weak:
        signs.append((Sign.WEAK, learner.weak))
    return tuple(signs)
