"""Semesters and giving back a registered module (Circular 04/2022/TT-BLĐTBXH, Art. 30)."""

from datetime import date, timedelta
from decimal import Decimal

from courses.credits.core.condition import Condition, at_least, at_most
from courses.credits.core.rules import Calendar, DropRule


def last_day_to_drop(rule: DropRule, begins: date, *, main: bool) -> date:
    """The last day on which a module may be given back in writing; left later, it is failed."""
    weeks = rule.main_semester_weeks if main else rule.sub_semester_weeks
    return begins + timedelta(weeks=weeks, days=-1)


def calendar_conditions(rule: Calendar, main_weeks: list[int], subs: int) -> tuple[Condition, ...]:
    """A year of 2–3 semesters whose main ones last 15 weeks or more, examinations included."""
    count = Decimal(len(main_weeks) + subs)
    return (
        at_least("semesters-lowest", count, Decimal(rule.semesters_lowest)),
        at_most("semesters-highest", count, Decimal(rule.semesters_highest)),
        *(
            at_least("main-semester-weeks", Decimal(weeks), Decimal(rule.main_semester_weeks))
            for weeks in main_weeks
        ),
    )
