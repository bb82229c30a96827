"""Whether a module is complete, and whether its final examination may be sat.

Circular 04/2022/TT-BLĐTBXH as colleges apply it; Circular 24/2019, Art. 17 (continuing education).
"""

from dataclasses import dataclass
from decimal import Decimal

from courses.credits.core.condition import Condition, at_least, none_missing
from courses.credits.core.grading import Grade, Special
from courses.credits.core.rules import ExamAdmission
from courses.credits.core.scale import Scale


@dataclass(frozen=True, slots=True)
class Progress:
    """What a learner has done in a module. None: the module has no such part, or no mark yet."""

    theory_attendance: Decimal | None = None
    practice_attendance: Decimal | None = None
    test_average: Decimal | None = None
    grade: Grade | None = None
    units_missing: frozenset[str] = frozenset()
    assignments_missing: frozenset[str] = frozenset()


def attendance(attended: Decimal, held: Decimal) -> Decimal | None:
    """The share of the hours held that were attended; None while none were held."""
    return attended / held if held else None


def exam_conditions(rule: ExamAdmission, progress: Progress) -> tuple[Condition, ...]:
    """What must be met to sit the final examination. A module without practice asks for none."""
    shares = (
        ("theory-attendance", progress.theory_attendance, rule.theory_attendance),
        ("practice-attendance", progress.practice_attendance, rule.practice_attendance),
    )
    return (
        *(at_least(code, share, limit) for code, share, limit in shares if share is not None),
        at_least("test-average", progress.test_average, rule.test_average),
    )


def completion_conditions(
    rule: ExamAdmission | None, scale: Scale, progress: Progress
) -> tuple[Condition, ...]:
    """Every condition of a complete module: admission, required work, a passing grade.

    A recognised module is complete: nobody relearns what was earned (Education Law 2019, Art. 10).
    """
    grade = progress.grade
    if grade is not None and grade.special is Special.RECOGNISED:
        return (Condition("recognised", met=True),)
    admission = exam_conditions(rule, progress) if rule is not None else ()
    passed = grade is not None and grade.passed is True
    mark = grade.mark if grade is not None else None
    return (
        *admission,
        none_missing("required-units", progress.units_missing),
        none_missing("required-assignments", progress.assignments_missing),
        Condition("module-mark", passed, mark, scale.passes_from),
    )
