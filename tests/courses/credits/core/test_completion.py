from decimal import Decimal

import pytest

from courses.credits.core.completion import (
    Progress,
    attendance,
    completion_conditions,
    exam_conditions,
)
from courses.credits.core.condition import Condition, unmet
from courses.credits.core.grading import Special, grade, grade_special
from courses.credits.core.rule_set import shipped

RULES = shipped()["vn-vocational-2022"]
ADMISSION, SCALE = RULES.exam_admission, RULES.scale
CONTINUING = shipped()["vn-continuing-2019"].exam_admission


def progress(**changes) -> Progress:
    done = {
        "theory_attendance": Decimal("0.70"),
        "practice_attendance": Decimal(1),
        "test_average": Decimal("5.0"),
        "grade": grade(SCALE, Decimal("4.0")),
    }
    return Progress(**(done | changes))


def test_the_lowest_values_allowed_are_enough():
    assert unmet(completion_conditions(ADMISSION, SCALE, progress())) == ()


@pytest.mark.parametrize(
    ("changes", "condition"),
    [
        (
            {"theory_attendance": Decimal("0.69")},
            Condition("theory-attendance", False, Decimal("0.69"), Decimal("0.70")),
        ),
        (
            {"practice_attendance": Decimal("0.99")},
            Condition("practice-attendance", False, Decimal("0.99"), Decimal(1)),
        ),
        (
            {"test_average": Decimal("4.9")},
            Condition("test-average", False, Decimal("4.9"), Decimal("5.0")),
        ),
        ({"test_average": None}, Condition("test-average", False, None, Decimal("5.0"))),
        (
            {"units_missing": frozenset({"u2"})},
            Condition("required-units", met=False, missing=("u2",)),
        ),
        (
            {"assignments_missing": frozenset({"a1"})},
            Condition("required-assignments", met=False, missing=("a1",)),
        ),
        (
            {"grade": grade(SCALE, Decimal("3.9"))},
            Condition("module-mark", False, Decimal("3.9"), Decimal("4.0")),
        ),
        (
            {"grade": grade_special(Special.INCOMPLETE)},
            Condition("module-mark", False, None, Decimal("4.0")),
        ),
        ({"grade": None}, Condition("module-mark", False, None, Decimal("4.0"))),
    ],
)
def test_what_is_missing_is_said_with_its_values(changes, condition):
    assert unmet(completion_conditions(ADMISSION, SCALE, progress(**changes))) == (condition,)


def test_a_module_without_practice_asks_for_no_practice():
    codes = [c.code for c in exam_conditions(ADMISSION, progress(practice_attendance=None))]

    assert codes == ["theory-attendance", "test-average"]


def test_continuing_education_asks_for_eighty_percent_and_four():
    done = progress(
        theory_attendance=Decimal("0.79"), practice_attendance=None, test_average=Decimal("4.0")
    )

    assert [c.code for c in unmet(exam_conditions(CONTINUING, done))] == ["theory-attendance"]


def test_a_recognised_module_is_complete_as_it_is():
    recognised = Progress(grade=grade_special(Special.RECOGNISED))

    assert completion_conditions(ADMISSION, SCALE, recognised) == (
        Condition("recognised", met=True),
    )


def test_rules_without_admission_ask_only_for_work_and_a_grade():
    codes = [c.code for c in completion_conditions(None, SCALE, progress())]

    assert codes == ["required-units", "required-assignments", "module-mark"]


def test_attendance_is_a_share_of_what_was_held():
    assert attendance(Decimal(21), Decimal(30)) == Decimal("0.7")
    assert attendance(Decimal(0), Decimal(0)) is None
