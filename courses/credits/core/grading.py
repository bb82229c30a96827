"""Component marks → module mark → letter and points.

Scales: Circular 09/2017/TT-BLĐTBXH, Art. 22; Circular 08/2021/TT-BGDĐT, Art. 9.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from courses.credits.core.rules import AttemptRule, MarkFormula
from courses.credits.core.scale import Scale, band_of


class Special(StrEnum):
    """What stands for a mark and stays out of averages (Circular 08/2021/TT-BGDĐT, Art. 9)."""

    INCOMPLETE = "I"  # a part is owed, with permission
    UNKNOWN = "X"  # all done, a result is awaited
    RECOGNISED = "R"  # exempted or transferred: credits, no mark


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark of a kind. Marks of the same kind and slot are attempts, earliest first."""

    kind: str
    value: Decimal
    slot: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """The result of a module. `passed` is None while it is owed or awaited."""

    letter: str | None
    passed: bool | None
    mark: Decimal | None = None
    points: Decimal | None = None
    in_average: bool = True
    special: Special | None = None


class MarkRefused(ValueError):
    """A mark outside its scale, or of a kind the formula does not know."""

    def __init__(self, code: str, mark: Mark) -> None:
        super().__init__(f"{code}: {mark}")
        self.code = code
        self.mark = mark


def round_half_up(value: Decimal, places: int) -> Decimal:
    """8.45 → 8.5 at one place: half goes up, as on paper, not to the even neighbour."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def counted_marks(marks: Iterable[Mark], rule: AttemptRule) -> tuple[Mark, ...]:
    """One mark for each kind and slot: the best or the latest attempt."""
    chosen: dict[tuple[str, str], Mark] = {}
    for mark in marks:
        key = (mark.kind, mark.slot)
        earlier = chosen.get(key)
        if earlier is None or rule is AttemptRule.LATEST or mark.value > earlier.value:
            chosen[key] = mark
    return tuple(chosen.values())


def resits(marks: Sequence[Mark], kind: str = "final") -> int:
    """How many marks of the kind were second or later attempts."""
    slots = [mark.slot for mark in marks if mark.kind == kind]
    return len(slots) - len(set(slots))


def part_averages(
    formula: MarkFormula, marks: Iterable[Mark], rule: AttemptRule
) -> dict[str, Decimal | None]:
    """The unrounded average of each part, with the kinds' coefficients; None without a mark.

    Raises MarkRefused("unknown-kind") for a kind that no part has.
    """
    sums = {part.code: [Decimal(0), Decimal(0)] for part in formula.parts}
    known = {
        kind: (part.code, n) for part in formula.parts for kind, n in part.coefficients.items()
    }
    for mark in counted_marks(marks, rule):
        if mark.kind not in known:
            raise MarkRefused("unknown-kind", mark)
        code, coefficient = known[mark.kind]
        sums[code][0] += coefficient * mark.value
        sums[code][1] += coefficient
    return {code: total / count if count else None for code, (total, count) in sums.items()}


def module_mark(
    scale: Scale, formula: MarkFormula, marks: Sequence[Mark], rule: AttemptRule
) -> Decimal | None:
    """The weighted mark, rounded half up once, at the end; None while a part has no mark.

    Raises MarkRefused("out-of-scale") or MarkRefused("unknown-kind").
    """
    for mark in marks:
        if not scale.minimum <= mark.value <= scale.maximum:
            raise MarkRefused("out-of-scale", mark)
    averages = part_averages(formula, marks, rule)
    total = Decimal(0)
    for part in formula.parts:
        average = averages[part.code]
        if average is None:
            return None
        total += part.weight * average
    return round_half_up(total, scale.places)


def grade(scale: Scale, mark: Decimal) -> Grade:
    """Letter and points of a module mark; the mark is rounded already."""
    passed = mark >= scale.passes_from
    if not scale.bands:
        return Grade(None, passed, mark)
    band = band_of(scale.bands, mark)
    return Grade(band.code, passed, mark, band.points)


def grade_pass_only(scale: Scale, mark: Decimal) -> Grade:
    """P or F; P earns credits and stays out of averages (Circular 08/2021/TT-BGDĐT, Art. 9)."""
    limit = scale.passes_from if scale.pass_only_from is None else scale.pass_only_from
    passed = mark >= limit
    return Grade("P" if passed else "F", passed, mark, in_average=False)


def grade_special(special: Special) -> Grade:
    """I, X and R: outside averages; only R passes."""
    passed = True if special is Special.RECOGNISED else None
    return Grade(special.value, passed, in_average=False, special=special)


def grade_module(
    scale: Scale,
    formula: MarkFormula,
    marks: Sequence[Mark],
    rule: AttemptRule,
    *,
    awaited: bool = False,
) -> Grade:
    """The grade of a module; I while a part is owed, X when it is done and only awaited.

    Raises MarkRefused as `module_mark` does.
    """
    mark = module_mark(scale, formula, marks, rule)
    if mark is None:
        return grade_special(Special.UNKNOWN if awaited else Special.INCOMPLETE)
    return grade(scale, mark)
