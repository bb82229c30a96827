"""Credits and hours, and what a day, a week, a class and a semester may hold.

Hours: college regulations under Circular 04/2022/TT-BLĐTBXH; day and week: Circular
29/2013/TT-BLĐTBXH; class: Circular 04/2022, Art. 28; semester: Circular 08/2021/TT-BGDĐT, Art. 7.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from courses.credits.core.condition import Condition, at_most
from courses.credits.core.rules import ClassSize, CreditValue, SemesterLoad, TeachingLoad


class HoursOutOfRange(ValueError):
    """A college chose hours for a credit of practice that the rule does not allow."""


@dataclass(frozen=True, slots=True)
class Split:
    """A module's credits by kind."""

    theory: Decimal = Decimal(0)
    practice: Decimal = Decimal(0)
    project: Decimal = Decimal(0)

    @property
    def total(self) -> Decimal:
        """All credits together."""
        return self.theory + self.practice + self.project


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours by kind; self-study comes on top of what is taught."""

    theory: Decimal
    practice: Decimal
    project: Decimal
    self_study: Decimal


def hours_of(rule: CreditValue, split: Split, practice_hours: Decimal | None = None) -> Hours:
    """The hours of a module. Without a choice, a credit of practice takes the rule's lowest.

    Raises HoursOutOfRange when the college's choice is outside the rule's range.
    """
    chosen = _practice_hours(rule, practice_hours)
    return Hours(
        theory=split.theory * rule.theory_hours,
        practice=split.practice * chosen,
        project=split.project * rule.project_hours,
        self_study=split.theory * rule.self_study_hours,
    )


def credits_of(rule: CreditValue, hours: Hours, practice_hours: Decimal | None = None) -> Split:
    """The credits that hours are worth, unrounded. Raises HoursOutOfRange as `hours_of` does."""
    chosen = _practice_hours(rule, practice_hours)
    return Split(
        theory=hours.theory / rule.theory_hours,
        practice=hours.practice / chosen,
        project=hours.project / rule.project_hours,
    )


def clock_minutes(rule: CreditValue, hours: Hours) -> Decimal:
    """The minutes a timetable needs: an hour of theory is a period of 45, of practice one of 60."""
    theory = hours.theory * rule.theory_period_minutes
    return theory + (hours.practice + hours.project) * rule.practice_period_minutes


def _practice_hours(rule: CreditValue, chosen: Decimal | None) -> Decimal:
    if chosen is None:
        return rule.practice_hours_lowest
    if not rule.practice_hours_lowest <= chosen <= rule.practice_hours_highest:
        raise HoursOutOfRange(chosen)
    return chosen


def day_condition(rule: TeachingLoad, *, practice: Decimal, theory: Decimal) -> Condition:
    """A day is full at 8 hours of practice or 6 periods of theory; a mixed day adds the shares."""
    share = practice / rule.practice_hours_a_day + theory / rule.theory_periods_a_day
    return at_most("day-load", share, Decimal(1))


def week_condition(rule: TeachingLoad, *, practice: Decimal, theory: Decimal) -> Condition:
    """A week is full at 40 hours of practice or 30 periods of theory; shares add up."""
    share = practice / rule.practice_hours_a_week + theory / rule.theory_periods_a_week
    return at_most("week-load", share, Decimal(1))


def class_size_condition(rule: ClassSize, learners: int, *, hazardous: bool) -> Condition:
    """A practice or integrated class holds 18, in heavy or hazardous occupations 10 (Art. 28)."""
    limit = rule.hazardous if hazardous else rule.practice
    return at_most("class-size", Decimal(learners), Decimal(limit))


def semester_load_conditions(
    rule: SemesterLoad, registered: Decimal, average: Decimal
) -> tuple[Condition, Condition]:
    """Registered credits against the programme's average semester (Circular 08/2021, Art. 7)."""
    low, high = (_times(share, average) for share in (rule.smallest_share, rule.largest_share))
    share = Fraction(registered) / Fraction(average)
    return (
        Condition("semester-load-lowest", share >= rule.smallest_share, registered, low),
        Condition("semester-load-highest", share <= rule.largest_share, registered, high),
    )


def duration_condition(
    rule: SemesterLoad,
    *,
    studied_years: Decimal,
    standard_years: Decimal,
    recognised_years: Decimal,
) -> Condition:
    """At most twice the standard duration, less what was recognised (Circular 08/2021, Art. 7)."""
    limit = _times(rule.longest_duration, standard_years) - recognised_years
    return at_most("duration", studied_years, limit)


def _times(share: Fraction, value: Decimal) -> Decimal:
    return value * share.numerator / share.denominator
