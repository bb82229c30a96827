from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a decision: its code, whether it is met, and both sides of the comparison.

    Numbers stand in `actual` and `required`; what is missing by name stands in `missing`.
    """

    code: str
    met: bool
    actual: Decimal | None = None
    required: Decimal | None = None
    missing: tuple[str, ...] = ()


def at_least(code: str, actual: Decimal | None, required: Decimal) -> Condition:
    """Met when the value is known and not below what is required."""
    return Condition(code, actual is not None and actual >= required, actual, required)


def at_most(code: str, actual: Decimal, limit: Decimal) -> Condition:
    """Met when the value is not above the limit."""
    return Condition(code, actual <= limit, actual, limit)


def none_missing(code: str, missing: Iterable[str]) -> Condition:
    """Met when nothing is missing; else the names, sorted."""
    names = tuple(sorted(missing))
    return Condition(code, not names, missing=names)


def unmet(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    """Those which are not met; empty when the decision is favourable."""
    return tuple(condition for condition in conditions if not condition.met)
