"""How an invented learner fares: worked out by chance, as learners of a college do."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

LESSONS_DONE = (0, 1, 2, 3)
OF_A_HUNDRED = (25, 50, 18, 7)
BEGIN_ANOTHER = 0.3
QUIET = 0.15
"""The share of learners who have not been seen for more than a fortnight."""


@dataclass(frozen=True)
class Story:
    """What a learner earned last term, and how far they are in this one.

    `tests` and `final` are marks out of 10. `ability` is the chance of a right answer. `days` is
    how many days ago each lesson was studied, the first one first; `is_at_next` tells whether
    another was opened on the last of them.
    """

    tests: tuple[Decimal, Decimal, Decimal]
    final: Decimal
    ability: float
    days: tuple[int, ...]
    is_at_next: bool


def invent(chance: Random, lessons: int) -> Story:
    """Invent a learner's year; this term's module has so many lessons."""
    talent = chance.gauss(0, 1)
    [done] = chance.choices(LESSONS_DONE, OF_A_HUNDRED)
    last = chance.randrange(15, 45) if chance.random() < QUIET else chance.randrange(14)
    done = min(done, lessons)
    return Story(
        tests=(_mark(chance, talent), _mark(chance, talent), _mark(chance, talent)),
        final=_mark(chance, talent),
        ability=min(max(0.65 + 0.15 * talent, 0.05), 0.98),
        days=tuple(last + 4 * further for further in reversed(range(done))),
        is_at_next=done < lessons and chance.random() < BEGIN_ANOTHER,
    )


def _mark(chance: Random, talent: float) -> Decimal:
    """A mark in halves, as teachers give them: 6.5 for somebody ordinary, rarely below 4."""
    value = 6.6 + 1.1 * talent + chance.gauss(0, 0.8)
    return Decimal(round(min(max(value, 0.0), 10.0) * 2)) / 2
