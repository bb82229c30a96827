"""Academic warnings of Circular 08/2021/TT-BGDĐT, Art. 11."""

from dataclasses import dataclass
from decimal import Decimal

from courses.credits.core.condition import Condition, at_least, at_most
from courses.credits.core.rules import WarningRule


@dataclass(frozen=True, slots=True)
class SemesterRecord:
    """What a semester ended with. An average is None when nothing was marked."""

    year: int  # of study, from 1
    is_first: bool
    credits_registered: Decimal
    credits_failed: Decimal
    credits_owed: Decimal
    semester_average: Decimal | None
    cumulative_average: Decimal | None


@dataclass(frozen=True, slots=True)
class Standing:
    """The outcome of a semester: each condition, and how many warnings now stand in a row."""

    conditions: tuple[Condition, ...]
    warned: bool
    in_a_row: int
    must_leave: bool


def standing(rule: WarningRule, record: SemesterRecord, warnings_before: int) -> Standing:
    """Whether the learner is warned, and whether warnings in a row exceed the limit.

    `warnings_before` counts the warnings that directly precede. One unmet condition warns. An
    average that does not exist is no reason.
    """
    conditions = _conditions(rule, record)
    warned = any(not condition.met for condition in conditions)
    in_a_row = warnings_before + 1 if warned else 0
    return Standing(conditions, warned, in_a_row, must_leave=in_a_row > rule.most_in_a_row)


def _conditions(rule: WarningRule, record: SemesterRecord) -> tuple[Condition, ...]:
    registered = record.credits_registered
    failed_share = record.credits_failed / registered if registered else Decimal(0)
    semester = rule.first_semester_average if record.is_first else rule.semester_average
    cumulative = rule.cumulative[min(record.year, len(rule.cumulative)) - 1]
    averages = (
        ("semester-average", record.semester_average, semester),
        ("cumulative-average", record.cumulative_average, cumulative),
    )
    return (
        at_most("failed-share", failed_share, rule.failed_share),
        at_most("owed-credits", record.credits_owed, rule.owed_credits),
        *(at_least(code, value, limit) for code, value, limit in averages if value is not None),
    )
