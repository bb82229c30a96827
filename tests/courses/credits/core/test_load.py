from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.credits.core.condition import unmet
from courses.credits.core.load import (
    Hours,
    HoursOutOfRange,
    Split,
    class_size_condition,
    clock_minutes,
    credits_of,
    day_condition,
    duration_condition,
    hours_of,
    semester_load_conditions,
    week_condition,
)
from courses.credits.core.registration import calendar_conditions, last_day_to_drop
from courses.credits.core.rule_set import shipped

RULES = shipped()["vn-vocational-2022"]
UNIVERSITY = shipped()["vn-university-2021"]
credits_ = st.integers(0, 20).map(Decimal)


def test_a_credit_is_fifteen_hours_of_theory_thirty_of_practice_or_forty_five_of_project():
    split = Split(theory=Decimal(2), practice=Decimal(1), project=Decimal(1))

    assert split.total == 4
    assert hours_of(RULES.credit, split) == Hours(Decimal(30), Decimal(30), Decimal(45), Decimal(0))


def test_an_elementary_credit_of_theory_brings_thirty_hours_of_self_study():
    rule = shipped()["vn-elementary-2018"].credit

    assert hours_of(rule, Split(theory=Decimal(1))).self_study == 30


@given(
    theory=credits_, practice=credits_, project=credits_, chosen=st.integers(30, 45).map(Decimal)
)
def test_credits_to_hours_and_back(theory, practice, project, chosen):
    split = Split(theory, practice, project)

    assert credits_of(RULES.credit, hours_of(RULES.credit, split, chosen), chosen) == split


@pytest.mark.parametrize("chosen", [Decimal(29), Decimal(46)])
def test_practice_hours_outside_the_range_are_refused(chosen):
    with pytest.raises(HoursOutOfRange):
        hours_of(RULES.credit, Split(practice=Decimal(1)), chosen)


def test_an_hour_of_theory_lasts_45_minutes_and_one_of_practice_60():
    assert (
        clock_minutes(RULES.credit, Hours(Decimal(2), Decimal(3), Decimal(1), Decimal(9)))
        == 90 + 240
    )


@pytest.mark.parametrize(
    ("practice", "theory", "met"),
    [(8, 0, True), (0, 6, True), (4, 3, True), (4, 4, False), (9, 0, False)],
)
def test_a_day_holds_eight_hours_of_practice_or_six_periods_of_theory(practice, theory, met):
    assert (
        day_condition(RULES.teaching_load, practice=Decimal(practice), theory=Decimal(theory)).met
        is met
    )


@pytest.mark.parametrize(
    ("practice", "theory", "met"), [(40, 0, True), (0, 30, True), (20, 15, True), (20, 16, False)]
)
def test_a_week_holds_forty_hours_of_practice_or_thirty_periods_of_theory(practice, theory, met):
    assert (
        week_condition(RULES.teaching_load, practice=Decimal(practice), theory=Decimal(theory)).met
        is met
    )


@pytest.mark.parametrize(
    ("learners", "hazardous", "met"),
    [(18, False, True), (19, False, False), (10, True, True), (11, True, False)],
)
def test_a_practice_class_holds_eighteen_or_ten(learners, hazardous, met):
    assert class_size_condition(RULES.class_size, learners, hazardous=hazardous).met is met


@pytest.mark.parametrize(
    ("registered", "unmet_codes"),
    [(9, ["semester-load-lowest"]), (10, []), (15, []), (22, []), (23, ["semester-load-highest"])],
)
def test_a_semester_holds_two_thirds_to_three_halves_of_the_average(registered, unmet_codes):
    conditions = semester_load_conditions(
        UNIVERSITY.semester_load, Decimal(registered), Decimal(15)
    )

    assert [c.code for c in unmet(conditions)] == unmet_codes


def test_recognised_time_shortens_the_longest_duration():
    def condition(studied: str):
        return duration_condition(
            UNIVERSITY.semester_load,
            studied_years=Decimal(studied),
            standard_years=Decimal(4),
            recognised_years=Decimal("1.5"),
        )

    assert condition("6.5").met
    assert not condition("6.6").met


def test_a_module_may_be_given_back_for_two_weeks_or_one():
    begins = date(2026, 9, 7)

    assert last_day_to_drop(RULES.drop, begins, main=True) == date(2026, 9, 20)
    assert last_day_to_drop(RULES.drop, begins, main=False) == date(2026, 9, 13)


@pytest.mark.parametrize(
    ("main_weeks", "subs", "codes"),
    [
        ([15, 16], 0, []),
        ([15, 15], 1, []),
        ([15], 0, ["semesters-lowest"]),
        ([15, 15], 2, ["semesters-highest"]),
        ([14, 15], 0, ["main-semester-weeks"]),
    ],
)
def test_a_year_has_two_or_three_semesters_of_fifteen_weeks(main_weeks, subs, codes):
    assert [c.code for c in unmet(calendar_conditions(RULES.calendar, main_weeks, subs))] == codes
