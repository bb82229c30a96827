from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.credits.core.classification import (
    Candidacy,
    Classified,
    classify,
    classify_subjects,
    graduation_conditions,
)
from courses.credits.core.condition import Condition, unmet
from courses.credits.core.rule_set import shipped

SEMESTER = shipped()["vn-vocational-2022"].semester_class
GRADUATION = shipped()["vn-vocational-2022"].graduation
BY_YEARS = shipped()["vn-vocational-year-based"].year_class
UNIVERSITY = shipped()["vn-university-2021"].year_class
SUBJECTS = shipped()["vn-general-2021"].subject_classes


@pytest.mark.parametrize(
    ("rule", "average", "code"),
    [
        (SEMESTER, "4.00", "excellent"), (SEMESTER, "3.50", "excellent"),
        (SEMESTER, "3.49", "very-good"), (SEMESTER, "3.00", "very-good"),
        (SEMESTER, "2.99", "good"), (SEMESTER, "2.50", "good"),
        (SEMESTER, "2.49", "acceptable"), (SEMESTER, "2.00", "acceptable"),
        (SEMESTER, "1.99", "fail"),
        (BY_YEARS, "9.00", "excellent"), (BY_YEARS, "8.99", "very-good"),
        (BY_YEARS, "8.00", "very-good"), (BY_YEARS, "7.99", "good"), (BY_YEARS, "7.00", "good"),
        (BY_YEARS, "6.99", "acceptable"), (BY_YEARS, "5.00", "acceptable"),
        (BY_YEARS, "4.99", "fail"),
        (UNIVERSITY, "3.60", "excellent"), (UNIVERSITY, "3.59", "very-good"),
        (UNIVERSITY, "3.19", "good"), (UNIVERSITY, "2.49", "average"),
        (UNIVERSITY, "1.99", "weak"), (UNIVERSITY, "0.99", "poor"),
    ],
)  # fmt: skip
def test_classes_at_their_edges(rule, average, code):
    assert classify(rule, Decimal(average)).code == code


@pytest.mark.parametrize(
    ("average", "resits", "discipline", "expected"),
    [
        ("3.8", 0, "reprimand", Classified("excellent", "excellent")),
        ("3.8", 1, None, Classified("very-good", "excellent", ("resits",))),
        ("3.8", 5, "expulsion", Classified("very-good", "excellent", ("resits", "discipline"))),
        ("3.2", 1, None, Classified("very-good", "very-good")),
        ("3.2", 2, None, Classified("good", "very-good", ("resits",))),
        ("3.2", 0, "warning", Classified("good", "very-good", ("discipline",))),
        ("2.7", 9, "suspension", Classified("good", "good")),
    ],
)
def test_article_32_lowers_the_best_two_classes_by_one(average, resits, discipline, expected):
    assert classify(SEMESTER, Decimal(average), resits=resits, discipline=discipline) == expected


def test_an_unknown_measure_is_an_error():
    with pytest.raises(ValueError, match="not in tuple"):
        classify(SEMESTER, Decimal(3), discipline="frown")


@given(low=st.integers(0, 400), high=st.integers(0, 400), resits=st.integers(0, 3))
def test_a_better_average_never_gives_a_lower_class(low, high, resits):
    low, high = sorted((low, high))
    codes = [band.code for band in SEMESTER.bands]
    worse = classify(SEMESTER, Decimal(low) / 100, resits=resits).code
    better = classify(SEMESTER, Decimal(high) / 100, resits=resits).code

    assert codes.index(better) <= codes.index(worse)


def candidacy(**changes) -> Candidacy:
    given = {
        "modules_missing": frozenset(),
        "credits_earned": Decimal(60),
        "credits_required": Decimal(60),
        "average": Decimal("2.00"),
    }
    return Candidacy(**(given | changes))


def test_who_meets_all_of_article_34_graduates():
    assert unmet(graduation_conditions(GRADUATION, candidacy())) == ()


@pytest.mark.parametrize(
    ("changes", "condition"),
    [
        (
            {"modules_missing": frozenset({"MD2", "MD1"})},
            Condition("modules-earned", met=False, missing=("MD1", "MD2")),
        ),
        (
            {"credits_earned": Decimal(59)},
            Condition("credits-earned", False, Decimal(59), Decimal(60)),
        ),
        (
            {"average": Decimal("1.99")},
            Condition("programme-average", False, Decimal("1.99"), Decimal("2.0")),
        ),
        ({"average": None}, Condition("programme-average", False, None, Decimal("2.0"))),
        (
            {"parts_missing": frozenset({"defence"})},
            Condition("mandatory-parts", met=False, missing=("defence",)),
        ),
        ({"suspended": True}, Condition("not-suspended", met=False)),
    ],
)
def test_each_unmet_condition_is_listed_with_its_values(changes, condition):
    assert unmet(graduation_conditions(GRADUATION, candidacy(**changes))) == (condition,)


def subjects(*marks: str) -> dict[str, Decimal]:
    return {str(index): Decimal(mark) for index, mark in enumerate(marks)}


@pytest.mark.parametrize(
    ("marks", "comments", "code"),
    [
        (subjects(*["8.0"] * 6, "6.5", "6.5"), [True], "very-good"),
        (subjects(*["8.0"] * 5, "7.9", "6.5", "6.5"), [True], "good"),
        (subjects(*["6.5"] * 6, "5.0", "5.0"), [True], "good"),
        (subjects(*["6.5"] * 6, "4.9", "4.9"), [True], "achieved"),
        (subjects(*["5.0"] * 6, "3.5", "3.5"), [False], "achieved"),
        (subjects(*["5.0"] * 6, "3.5", "3.4"), [True], "not-achieved"),
        (subjects(*["9.0"] * 8), [False, False], "not-achieved"),
        # One subject alone costs two classes or more: one class better.
        (subjects(*["8.0"] * 7, "4.9"), [True], "good"),
        (subjects(*["8.0"] * 7, "3.4"), [True], "achieved"),
        (subjects(*["9.0"] * 7), [True, False], "good"),
        # It would cost one class only: as it is.
        (subjects(*["8.0"] * 7, "6.4"), [True], "good"),
        ({}, [], "not-achieved"),
    ],
)
def test_classes_of_a_school_year(marks, comments, code):
    assert classify_subjects(SUBJECTS, marks, dict(enumerate(comments))) == code
