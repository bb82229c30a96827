from dataclasses import replace
from decimal import Decimal

import pytest

from courses.credits.core.condition import unmet
from courses.credits.core.rule_set import shipped
from courses.credits.core.standing import SemesterRecord, standing

RULE = shipped()["vn-university-2021"].warnings
FINE = SemesterRecord(
    year=1,
    is_first=False,
    credits_registered=Decimal(16),
    credits_failed=Decimal(8),
    credits_owed=Decimal(24),
    semester_average=Decimal("1.00"),
    cumulative_average=Decimal("1.20"),
)


def test_a_learner_exactly_at_every_limit_is_not_warned():
    result = standing(RULE, FINE, warnings_before=2)

    assert (result.warned, result.in_a_row, result.must_leave) == (False, 0, False)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"credits_failed": Decimal(9)}, "failed-share"),
        ({"credits_owed": Decimal(25)}, "owed-credits"),
        ({"semester_average": Decimal("0.99")}, "semester-average"),
        ({"semester_average": Decimal("0.79"), "is_first": True}, "semester-average"),
        ({"cumulative_average": Decimal("1.19")}, "cumulative-average"),
        ({"cumulative_average": Decimal("1.39"), "year": 2}, "cumulative-average"),
        ({"cumulative_average": Decimal("1.59"), "year": 3}, "cumulative-average"),
        ({"cumulative_average": Decimal("1.79"), "year": 4}, "cumulative-average"),
        ({"cumulative_average": Decimal("1.79"), "year": 7}, "cumulative-average"),
    ],
)
def test_each_limit_of_article_11_warns(changes, code):
    result = standing(RULE, replace(FINE, **changes), warnings_before=0)

    assert [condition.code for condition in unmet(result.conditions)] == [code]
    assert (result.warned, result.in_a_row, result.must_leave) == (True, 1, False)


def test_the_first_semester_is_judged_more_kindly():
    record = replace(FINE, is_first=True, semester_average=Decimal("0.80"))

    assert not standing(RULE, record, warnings_before=0).warned


def test_a_semester_without_registration_or_marks_gives_no_reason():
    idle = replace(
        FINE,
        credits_registered=Decimal(0),
        credits_failed=Decimal(0),
        semester_average=None,
        cumulative_average=None,
    )

    assert not standing(RULE, idle, warnings_before=0).warned


def test_a_third_warning_in_a_row_is_one_too_many():
    bad = replace(FINE, credits_owed=Decimal(30))

    assert not standing(RULE, bad, warnings_before=1).must_leave
    assert standing(RULE, bad, warnings_before=2).must_leave
