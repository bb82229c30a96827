"""Credit-weighted averages over attempts at modules.

I, X, R and P stay out (Circular 08/2021/TT-BGDĐT, Art. 9–10; Circular 04/2022/TT-BLĐTBXH).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from courses.credits.core.grading import Grade, round_half_up
from courses.credits.core.rules import AttemptRule, AverageRule, Basis


@dataclass(frozen=True, slots=True)
class Attempt:
    """One result in one module, as the ledger has it; the ledger is in order of time."""

    module: str
    semester: str
    credits: Decimal
    grade: Grade


def counted_attempts(attempts: Iterable[Attempt], rule: AttemptRule) -> tuple[Attempt, ...]:
    """One attempt for each module: the best or the latest. I and X replace nothing."""
    chosen: dict[str, Attempt] = {}
    for attempt in attempts:
        earlier = chosen.get(attempt.module)
        decided = attempt.grade.passed is not None
        if earlier is None or (
            decided and (rule is AttemptRule.LATEST or _merit(attempt) >= _merit(earlier))
        ):
            chosen[attempt.module] = attempt
    return tuple(chosen.values())


def semester_average(
    attempts: Iterable[Attempt], semester: str, rule: AverageRule, *, basis: Basis
) -> Decimal | None:
    """The average of what was studied in the semester; None when nothing counts."""
    studied = [attempt for attempt in attempts if attempt.semester == semester]
    return _weighted(counted_attempts(studied, rule.attempt), rule, basis)


def cumulative_average(
    attempts: Iterable[Attempt], rule: AverageRule, *, basis: Basis
) -> Decimal | None:
    """The average from the beginning, each module once; None when nothing counts."""
    return _weighted(counted_attempts(attempts, rule.attempt), rule, basis)


def credits_earned(attempts: Iterable[Attempt]) -> Decimal:
    """The credits of the modules passed, recognised ones included, each module once."""
    passed = {attempt.module: attempt.credits for attempt in attempts if attempt.grade.passed}
    return sum(passed.values(), Decimal(0))


def credits_owed(attempts: Iterable[Attempt]) -> Decimal:
    """The credits of the modules failed and not passed since."""
    ledger = tuple(attempts)
    passed = {attempt.module for attempt in ledger if attempt.grade.passed}
    failed = {a.module: a.credits for a in ledger if a.grade.passed is False}
    return sum((c for module, c in failed.items() if module not in passed), Decimal(0))


def _merit(attempt: Attempt) -> tuple[bool, Decimal]:
    """Passing beats any mark; a recognised module has no mark and beats a failed attempt."""
    return bool(attempt.grade.passed), attempt.grade.mark or Decimal(0)


def _weighted(attempts: Iterable[Attempt], rule: AverageRule, basis: Basis) -> Decimal | None:
    total = weight = Decimal(0)
    for attempt in attempts:
        grade = attempt.grade
        value = grade.points if basis is Basis.POINTS else grade.mark
        if value is None or not grade.in_average or not (grade.passed or rule.counts_failed):
            continue
        total += attempt.credits * value
        weight += attempt.credits
    return round_half_up(total / weight, rule.places) if weight else None
