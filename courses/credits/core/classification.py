"""Classes of semesters and years, and whether a learner may graduate.

Circular 04/2022/TT-BLĐTBXH, Art. 21 (by years), 32 (semester) and 34 (graduation);
Circular 08/2021/TT-BGDĐT, Art. 10; Circular 22/2021/TT-BGDĐT, Art. 9 (general education).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from courses.credits.core.condition import Condition, at_least, none_missing
from courses.credits.core.rules import Classification, Demotion, Graduation, SubjectClasses
from courses.credits.core.scale import band_of


@dataclass(frozen=True, slots=True)
class Classified:
    """A class, the class by the average alone, and why they differ: `resits`, `discipline`."""

    code: str
    by_average: str
    reasons: tuple[str, ...] = ()


def classify(
    rule: Classification, average: Decimal, *, resits: int = 0, discipline: str | None = None
) -> Classified:
    """The class of an average, one lower where a demotion applies (Circular 04/2022, Art. 32).

    `average` is rounded to the rule's places. `discipline` is the severest measure of the period;
    an unknown one raises ValueError.
    """
    severity = -1 if discipline is None else rule.discipline.index(discipline)
    codes = [band.code for band in rule.bands]
    reached = band_of(rule.bands, average).code
    for demotion in rule.demotions:
        reasons = _reasons(rule, demotion, resits=resits, severity=severity)
        if demotion.of == reached and reasons:
            return Classified(codes[codes.index(reached) + 1], reached, reasons)
    return Classified(reached, reached)


def _reasons(
    rule: Classification, demotion: Demotion, *, resits: int, severity: int
) -> tuple[str, ...]:
    found = {
        "resits": resits >= demotion.resits,
        "discipline": severity >= rule.discipline.index(demotion.discipline),
    }
    return tuple(code for code, applies in found.items() if applies)


@dataclass(frozen=True, slots=True)
class Candidacy:
    """What is known of a learner who asks to graduate."""

    modules_missing: frozenset[str]
    credits_earned: Decimal
    credits_required: Decimal
    average: Decimal | None
    parts_missing: frozenset[str] = frozenset()
    suspended: bool = False


def graduation_conditions(rule: Graduation, candidacy: Candidacy) -> tuple[Condition, ...]:
    """Every condition of graduation, met or not (Circular 04/2022/TT-BLĐTBXH, Art. 34)."""
    return (
        none_missing("modules-earned", candidacy.modules_missing),
        at_least("credits-earned", candidacy.credits_earned, candidacy.credits_required),
        at_least("programme-average", candidacy.average, rule.average),
        none_missing("mandatory-parts", candidacy.parts_missing),
        Condition("not-suspended", not candidacy.suspended),
    )


def classify_subjects(
    rule: SubjectClasses, marks: Mapping[str, Decimal], comments: Mapping[str, bool]
) -> str:
    """The class of a school year or semester (Circular 22/2021/TT-BGDĐT, Art. 9).

    `marks` are the averages of scored subjects, `comments` whether each comment-only subject was
    passed. One subject alone that pulls the class down by `lift_from` or more lifts it by one.
    """
    codes = [*(one.code for one in rule.classes), rule.otherwise]
    reached = _rank(rule, list(marks.values()), list(comments.values()))
    without_one = [
        _rank(
            rule, [mark for other, mark in marks.items() if other != name], list(comments.values())
        )
        for name in marks
    ] + [
        _rank(
            rule, list(marks.values()), [good for other, good in comments.items() if other != name]
        )
        for name in comments
    ]
    lifted = reached - min(without_one, default=reached) >= rule.lift_from
    return codes[reached - 1 if lifted else reached]


def _rank(rule: SubjectClasses, marks: Sequence[Decimal], comments: Sequence[bool]) -> int:
    """The place of the class in the list, best 0; its length when none is reached."""
    for index, one in enumerate(rule.classes):
        if (
            comments.count(False) <= one.failed_comments
            and all(mark >= one.every for mark in marks)
            and sum(mark >= one.most for mark in marks) >= one.most_count
        ):
            return index
    return len(rule.classes)
