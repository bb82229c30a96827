from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.credits.core.grading import (
    Grade,
    Mark,
    MarkRefused,
    Special,
    counted_marks,
    grade,
    grade_module,
    grade_pass_only,
    grade_special,
    module_mark,
    part_averages,
    resits,
    round_half_up,
)
from courses.credits.core.rule_set import shipped
from courses.credits.core.rules import AttemptRule

VOCATIONAL = shipped()["vn-vocational-2022"]
LETTERS, HALVES = VOCATIONAL.scales
FORMULA = VOCATIONAL.module_mark
UNIVERSITY = shipped()["vn-university-2021"].scale
GENERAL = shipped()["vn-general-2021"]

tenths = st.integers(0, 100).map(lambda n: Decimal(n) / 10)


@pytest.mark.parametrize(
    ("mark", "letter", "points"),
    [
        ("10", "A", 4), ("8.5", "A", 4), ("8.4", "B", 3), ("7.0", "B", 3), ("6.9", "C", 2),
        ("5.5", "C", 2), ("5.4", "D", 1), ("4.0", "D", 1), ("3.9", "F", 0), ("0", "F", 0),
    ],
)  # fmt: skip
def test_letters_at_the_edges_of_circular_09_2017_article_22(mark, letter, points):
    result = grade(LETTERS, Decimal(mark))

    assert (result.letter, result.points, result.passed) == (letter, points, letter != "F")


@pytest.mark.parametrize(
    ("mark", "points"),
    [
        ("9.0", "4.0"), ("8.9", "3.5"), ("8.0", "3.5"), ("7.9", "3.0"), ("7.0", "3.0"),
        ("6.9", "2.5"), ("6.0", "2.5"), ("5.9", "2.0"), ("5.0", "2.0"), ("4.9", "1.5"),
        ("4.0", "1.5"), ("3.9", "0"),
    ],
)  # fmt: skip
def test_points_at_the_edges_of_the_half_point_scale(mark, points):
    assert grade(HALVES, Decimal(mark)).points == Decimal(points)


@pytest.mark.parametrize(("mark", "letter", "passed"), [("5.0", "P", True), ("4.9", "F", False)])
def test_a_pass_only_module_needs_five_and_stays_out_of_averages(mark, letter, passed):
    assert grade_pass_only(UNIVERSITY, Decimal(mark)) == Grade(
        letter, passed, Decimal(mark), in_average=False
    )


def test_a_scale_without_its_own_pass_only_limit_uses_its_pass_mark():
    assert grade_pass_only(LETTERS, Decimal("4.0")).passed


def test_a_scale_without_bands_gives_marks_only():
    assert grade(GENERAL.scale, Decimal("7.3")) == Grade(None, True, Decimal("7.3"))


@pytest.mark.parametrize(
    ("special", "passed"),
    [(Special.INCOMPLETE, None), (Special.UNKNOWN, None), (Special.RECOGNISED, True)],
)
def test_special_results_stay_out_of_averages(special, passed):
    result = grade_special(special)

    assert (result.letter, result.passed, result.in_average) == (special.value, passed, False)


@pytest.mark.parametrize(
    ("value", "rounded"), [("8.45", "8.5"), ("8.4499", "8.4"), ("8.35", "8.4"), ("0.05", "0.1")]
)
def test_half_goes_up(value, rounded):
    assert round_half_up(Decimal(value), 1) == Decimal(rounded)


def test_a_module_mark_by_hand():
    # tests (7 + 8 + 2·6.5 + 2·7.5) / 6 = 43/6; 0.4 · 43/6 + 0.6 · 8 = 7.6666…
    marks = [
        Mark("regular", Decimal(7), "a"),
        Mark("regular", Decimal(8), "b"),
        Mark("periodic", Decimal("6.5"), "c"),
        Mark("periodic", Decimal("7.5"), "d"),
        Mark("final", Decimal(8)),
    ]

    assert module_mark(LETTERS, FORMULA, marks, AttemptRule.BEST) == Decimal("7.7")


def test_rounding_happens_once_at_the_end():
    marks = [
        Mark("regular", Decimal("5.0"), "a"),
        Mark("regular", Decimal("5.3"), "b"),
        Mark("final", Decimal("8.3")),
    ]

    # Early: 5.15 → 5.2 → 2.08 + 4.98 = 7.06 → 7.1. Once: 2.06 + 4.98 = 7.04 → 7.0.
    assert module_mark(LETTERS, FORMULA, marks, AttemptRule.BEST) == Decimal("7.0")


def test_a_general_subject_counts_one_two_three():
    marks = [
        Mark("regular", Decimal(8), "a"),
        Mark("regular", Decimal(9), "b"),
        Mark("midterm", Decimal(7)),
        Mark("final", Decimal(6)),
    ]  # (8 + 9 + 14 + 18) / 7 = 7.0

    assert module_mark(GENERAL.scale, GENERAL.module_mark, marks, AttemptRule.BEST) == Decimal(
        "7.0"
    )


def test_the_second_semester_counts_twice_in_the_year():
    marks = [Mark("first-semester", Decimal("6.0")), Mark("second-semester", Decimal("7.1"))]

    assert module_mark(GENERAL.scale, GENERAL.year_mark, marks, AttemptRule.BEST) == Decimal("6.7")


@pytest.mark.parametrize(
    ("rule", "final"), [(AttemptRule.BEST, Decimal(6)), (AttemptRule.LATEST, Decimal(3))]
)
def test_which_sitting_counts_is_a_rule(rule, final):
    sittings = [Mark("final", Decimal(2)), Mark("final", Decimal(6)), Mark("final", Decimal(3))]

    assert counted_marks(sittings, rule) == (Mark("final", final),)


def test_resits_are_counted_by_slot():
    marks = [
        Mark("final", Decimal(2)),
        Mark("final", Decimal(6)),
        Mark("final", Decimal(7), "oral"),
        Mark("regular", Decimal(5)),
    ]

    assert resits(marks) == 1
    assert resits(marks, "regular") == 0


def test_a_missing_part_is_incomplete_or_awaited():
    marks = [Mark("regular", Decimal(7))]

    assert part_averages(FORMULA, marks, AttemptRule.BEST) == {"tests": Decimal(7), "final": None}
    assert grade_module(LETTERS, FORMULA, marks, AttemptRule.BEST).letter == "I"
    assert grade_module(LETTERS, FORMULA, marks, AttemptRule.BEST, awaited=True).letter == "X"


def test_a_whole_module_is_graded():
    marks = [Mark("regular", Decimal(9)), Mark("final", Decimal("8.2"))]  # 3.6 + 4.92 = 8.52

    assert grade_module(LETTERS, FORMULA, marks, AttemptRule.BEST) == Grade(
        "A", True, Decimal("8.5"), Decimal(4)
    )


@pytest.mark.parametrize(
    ("mark", "code"),
    [
        (Mark("regular", Decimal("10.1")), "out-of-scale"),
        (Mark("regular", Decimal("-0.1")), "out-of-scale"),
        (Mark("smile", Decimal(9)), "unknown-kind"),
    ],
)
def test_marks_that_cannot_be_are_refused(mark, code):
    with pytest.raises(MarkRefused) as refusal:
        grade_module(LETTERS, FORMULA, [mark], AttemptRule.BEST)

    assert (refusal.value.code, refusal.value.mark) == (code, mark)


@given(regular=tenths, periodic=tenths, final=tenths, better=tenths)
def test_a_better_final_never_lowers_the_grade(regular, periodic, final, better):
    def result(last):
        marks = [Mark("regular", regular), Mark("periodic", periodic), Mark("final", last)]
        return grade_module(LETTERS, FORMULA, marks, AttemptRule.BEST)

    low, high = sorted((final, better))

    assert result(low).mark <= result(high).mark
    assert result(low).points <= result(high).points


@given(regular=tenths, final=tenths)
def test_a_module_mark_lies_between_its_marks(regular, final):
    marks = [Mark("regular", regular), Mark("final", final)]

    mark = module_mark(LETTERS, FORMULA, marks, AttemptRule.BEST)

    assert min(regular, final) <= mark <= max(regular, final)
    assert mark == mark.quantize(Decimal("0.1"))
