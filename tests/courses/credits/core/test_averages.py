from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from courses.credits.core.averages import (
    Attempt,
    counted_attempts,
    credits_earned,
    credits_owed,
    cumulative_average,
    semester_average,
)
from courses.credits.core.grading import Special, grade, grade_pass_only, grade_special
from courses.credits.core.rule_set import shipped
from courses.credits.core.rules import AttemptRule, AverageRule, Basis

RULES = shipped()["vn-vocational-2022"]
SCALE, AVERAGE = RULES.scale, RULES.average
PASSED_ONLY = AverageRule(AVERAGE.source, 2, AttemptRule.BEST, counts_failed=False)
LATEST = AverageRule(AVERAGE.source, 2, AttemptRule.LATEST, counts_failed=True)


def attempt(module: str, mark: str, *, weight: int = 3, semester: str = "2026-1") -> Attempt:
    return Attempt(module, semester, Decimal(weight), grade(SCALE, Decimal(mark)))


def special(module: str, which: Special) -> Attempt:
    return Attempt(module, "2026-1", Decimal(3), grade_special(which))


def test_credits_weigh_the_average():
    ledger = [attempt("a", "9", weight=2), attempt("b", "6", weight=4)]

    assert cumulative_average(ledger, AVERAGE, basis=Basis.POINTS) == Decimal("2.67")
    assert cumulative_average(ledger, AVERAGE, basis=Basis.MARK) == Decimal("7.00")


def test_a_semester_average_sees_only_its_semester():
    ledger = [attempt("a", "9"), attempt("b", "6", semester="2026-2")]

    assert semester_average(ledger, "2026-2", AVERAGE, basis=Basis.POINTS) == Decimal("2.00")


def test_recognised_owed_and_awaited_results_stay_out():
    ledger = [attempt("a", "9"), *(special(which.value, which) for which in Special)]

    assert cumulative_average(ledger, AVERAGE, basis=Basis.POINTS) == Decimal("4.00")


def test_a_pass_only_module_gives_credits_but_no_average():
    passed = Attempt("a", "2026-1", Decimal(3), grade_pass_only(SCALE, Decimal(9)))

    assert cumulative_average([passed], AVERAGE, basis=Basis.MARK) is None
    assert credits_earned([passed]) == 3


def test_the_best_attempt_counts_unless_the_rule_says_the_latest():
    ledger = [attempt("a", "3"), attempt("a", "9", semester="2026-2"), attempt("a", "6")]

    assert cumulative_average(ledger, AVERAGE, basis=Basis.MARK) == Decimal("9.00")
    assert cumulative_average(ledger, LATEST, basis=Basis.MARK) == Decimal("6.00")


def test_a_result_that_is_owed_replaces_nothing_and_is_replaced_by_anything():
    owed = special("a", Special.INCOMPLETE)

    assert counted_attempts([attempt("a", "6"), owed], AttemptRule.LATEST) == (attempt("a", "6"),)
    assert counted_attempts([owed, attempt("a", "0")], AttemptRule.BEST) == (attempt("a", "0"),)


def test_recognition_replaces_a_failure():
    recognised = special("a", Special.RECOGNISED)

    assert counted_attempts([attempt("a", "3"), recognised], AttemptRule.BEST) == (recognised,)


def test_failed_modules_weigh_unless_the_rule_leaves_them_out():
    ledger = [attempt("a", "9"), attempt("b", "2")]

    assert cumulative_average(ledger, AVERAGE, basis=Basis.POINTS) == Decimal("2.00")
    assert cumulative_average(ledger, PASSED_ONLY, basis=Basis.POINTS) == Decimal("4.00")


def test_credits_are_earned_once_and_owed_until_passed():
    ledger = [
        attempt("a", "3"),
        attempt("a", "7"),
        attempt("a", "8"),
        attempt("b", "2"),
        special("c", Special.RECOGNISED),
        special("d", Special.UNKNOWN),
    ]

    assert credits_earned(ledger) == 6
    assert credits_owed(ledger) == 3


@given(marks=st.lists(st.integers(0, 100), min_size=1), raised=st.integers(0, 100))
def test_a_better_mark_never_lowers_an_average(marks, raised):
    ledger = [attempt(str(i), str(Decimal(mark) / 10)) for i, mark in enumerate(marks)]
    better = [attempt("0", str(Decimal(max(raised, marks[0])) / 10)), *ledger[1:]]

    for basis in Basis:
        before = cumulative_average(ledger, AVERAGE, basis=basis)
        assert before <= cumulative_average(better, AVERAGE, basis=basis)


@given(marks=st.lists(st.integers(0, 100), min_size=1))
def test_an_average_lies_between_the_marks_and_has_two_decimals(marks):
    ledger = [attempt(str(i), str(Decimal(mark) / 10)) for i, mark in enumerate(marks)]

    average = cumulative_average(ledger, AVERAGE, basis=Basis.MARK)

    assert Decimal(min(marks)) / 10 <= average <= Decimal(max(marks)) / 10
    assert average == average.quantize(Decimal("0.01"))
