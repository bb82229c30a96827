"""Where every mark of a chart goes: values in, drawing coordinates out. No text, no markup."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import ceil, floor, isfinite, log10, pi

from edu.ui.marks import (
    Bar,
    Bars,
    Cell,
    Certainty,
    Column,
    Columns,
    Dot,
    HeatStrip,
    Interval,
    Intervals,
    Line,
    Lines,
    Name,
    Part,
    Ring,
    Sparkline,
    Stack,
    Stacks,
    Tick,
)

FULL = 100.0
SERIES = 5
LEVELS = 4
TOP = 14.0  # room above the highest mark for its value or its rule's number
LABELS = 22.0  # room below the base line for one line of labels
TINY = 1e-9  # a smaller difference is none
LETTERS = 44  # letters of labels that fit side by side at 320 px


def nice_ticks(low: float, high: float, *, about: int = 4) -> tuple[float, ...]:
    """Round numbers, evenly spaced by 1, 2, 2.5 or 5 times a power of ten, that enclose both."""
    _require(low, high)
    if low > high:
        raise ValueError("low is above high")
    if high - low < TINY:
        low, high = min(low, 0.0), max(high, 0.0)
        high = high if high - low >= TINY else low + 1
    rough = (high - low) / about
    power = 10.0 ** floor(log10(rough))
    step = next(f * power for f in (1, 2, 2.5, 5, 10) if rough <= f * power * (1 + 1e-9))
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    digits = max(0, 2 - floor(log10(step)))
    return tuple(round(n * step, digits) for n in range(first, last + 1))


def bars(
    values: Sequence[tuple[str, float]], *, maximum: float | None = None, goal: float | None = None
) -> Bars:
    """Horizontal bars from zero; the longest fills the width unless `maximum` is larger.

    Raises ValueError for a negative or infinite value.
    """
    numbers = [value for _, value in values]
    _require(*numbers, least=0)
    top = max([*numbers, maximum or 0, goal or 0]) or 1
    rows = tuple(Bar(label, value, _percent(value / top)) for label, value in values)
    return Bars(rows, None if goal is None else _percent(goal / top))


def columns(
    values: Sequence[tuple[str, float]], *, maximum: float | None = None, height: float = 200
) -> Columns:
    """Standing bars from zero, for periods in their order."""
    numbers = [value for _, value in values]
    _require(*numbers, least=0)
    base = height - LABELS
    ticks = nice_ticks(0, max([*numbers, maximum or 0]))
    slot = FULL / max(len(values), 1)
    width = slot * 0.62
    every = _every([label for label, _ in values])
    marks = []
    for n, (label, value) in enumerate(values):
        y = _height(value, ticks, base)
        is_named = (len(values) - 1 - n) % every == 0
        x = _percent((n * slot + (slot - width) / 2) / FULL)
        marks.append(Column(label, value, x, round(width, 3), y, round(base - y, 2), is_named))
    return Columns(tuple(marks), _ticks(ticks, base), base, height)


def lines(
    labels: Sequence[str],
    series: Mapping[str, Sequence[float | None]],
    *,
    maximum: float | None = None,
    height: float = 220,
) -> Lines:
    """Up to five lines over the same labels; None leaves a gap. The scale includes zero.

    Raises ValueError when a series has another length than the labels, or there are too many.
    """
    known = [v for values in series.values() for v in values if v is not None]
    _require(*known)
    if len(series) > SERIES or any(len(values) != len(labels) for values in series.values()):
        raise ValueError("each of at most five series needs one value per label")
    base = height - LABELS
    ticks = nice_ticks(min([*known, 0]), max([*known, maximum or 0]))
    places = [
        _percent(n / (len(labels) - 1)) if len(labels) > 1 else 50.0 for n in range(len(labels))
    ]
    drawn = []
    for number, (name, values) in enumerate(series.items(), 1):
        dots = [
            None if value is None else Dot(label, value, x, _height(value, ticks, base))
            for label, value, x in zip(labels, values, places, strict=True)
        ]
        strokes = tuple((a, b) for a, b in pairwise(dots) if a and b)
        drawn.append(Line(name, number, tuple(d for d in dots if d), strokes, tuple(values)))
    return Lines(
        tuple(drawn), tuple(labels), _names(labels, places), _ticks(ticks, base), base, height
    )


def intervals(
    estimates: Sequence[tuple[str, float, float, float]], *, goal: float | None = None
) -> Intervals:
    """Estimates with their uncertainty, such as mastery per skill: (label, low, estimate, high).

    All are fractions of 1. Raises ValueError when they are not in that order.
    """
    rows = []
    for label, low, estimate, high in estimates:
        if not 0 <= low <= estimate <= high <= 1:
            raise ValueError(f"not 0 <= low <= estimate <= high <= 1: {label}")
        start, width = _percent(low), round(_percent(high) - _percent(low), 3)
        rows.append(
            Interval(
                label,
                low,
                estimate,
                high,
                start=start,
                width=width,
                at=_percent(estimate),
                certainty=certainty(low, high),
            )
        )
    return Intervals(tuple(rows), None if goal is None else _percent(goal))


def certainty(low: float, high: float) -> Certainty:
    """Name how much is known: within ±10 points sure, within ±20 fair, else unsure."""
    spread = round(high - low, 6)
    if spread <= 0.2:  # noqa: PLR2004 - said in the docstring
        return Certainty.SURE
    return Certainty.FAIR if spread <= 0.4 else Certainty.UNSURE  # noqa: PLR2004


def stacked(values: Mapping[str, Mapping[str, float]], *, to_full: bool = True) -> Stacks:
    """Bars made of the same named parts; `to_full` makes each 100 %, else they share a scale."""
    names = tuple(dict.fromkeys(name for parts in values.values() for name in parts))
    _require(*(v for parts in values.values() for v in parts.values()), least=0)
    if len(names) > SERIES:
        raise ValueError("more than five parts cannot be told apart")
    totals = {label: sum(parts.values()) for label, parts in values.items()}
    largest = max(totals.values(), default=0) or 1
    rows = []
    for label, parts in values.items():
        scale = (totals[label] or 1) if to_full else largest
        start, drawn = 0.0, []
        for number, name in enumerate(names, 1):
            width = parts.get(name, 0) / scale
            drawn.append(Part(name, number, parts.get(name, 0), _percent(start), _percent(width)))
            start += width
        rows.append(Stack(label, totals[label], tuple(drawn)))
    return Stacks(tuple(rows), names)


def heat(labels: Sequence[str], values: Mapping[str, Sequence[float | None]]) -> HeatStrip:
    """Cells shaded in four levels by their share of the largest value."""
    known = [v for row in values.values() for v in row if v is not None]
    _require(*known, least=0)
    largest = max(known, default=0) or 1
    slot = FULL / max(len(labels), 1)
    rows = []
    for name, row in values.items():
        cells = tuple(
            Cell(
                label,
                value,
                ceil((value or 0) / largest * LEVELS - 1e-9),
                round(n * slot, 3),
                round(slot * 0.9, 3),
            )
            for n, (label, value) in enumerate(zip(labels, row, strict=True))
        )
        rows.append((name, cells))
    return HeatStrip(tuple(rows), tuple(labels))


def ring(fraction: float, *, radius: float = 34) -> Ring:
    """A ring drawn as far as the fraction, clamped to 0…1."""
    _require(fraction)
    clamped = min(max(fraction, 0.0), 1.0)
    around = 2 * pi * radius
    return Ring(clamped, radius, round(clamped * around, 2), round(around, 2))


def sparkline(values: Sequence[float], *, width: float = 96, height: float = 28) -> Sparkline:
    """A line for a table cell, from its lowest to its highest value."""
    _require(*values)
    low, high = min(values, default=0), max(values, default=0)
    step = (width - 6) / max(len(values) - 1, 1)
    points = tuple(
        (
            round(3 + n * step, 2),
            round(height / 2 if high == low else 3 + (high - v) / (high - low) * (height - 6), 2),
        )
        for n, v in enumerate(values)
    )
    return Sparkline(tuple(values), points, width, height)


def _require(*numbers: float, least: float | None = None) -> None:
    for number in numbers:
        if not isfinite(number) or (least is not None and number < least):
            raise ValueError(f"cannot draw {number}")


def _percent(fraction: float) -> float:
    return round(fraction * FULL, 3)


def _height(value: float, ticks: Sequence[float], base: float) -> float:
    """Distance from the top of a value on the scale of the ticks, px."""
    share = (value - ticks[0]) / (ticks[-1] - ticks[0])
    return round(base - share * (base - TOP), 2)


def _ticks(values: Sequence[float], base: float) -> tuple[Tick, ...]:
    return tuple(Tick(value, _height(value, values, base)) for value in values)


def _every(labels: Sequence[str]) -> int:
    """Name every how-many-th mark, so that the names stand apart on a 320 px phone."""
    room = max(2, LETTERS // (max(map(len, labels), default=0) + 2))
    return max(1, ceil(len(labels) / room))


def _names(labels: Sequence[str], places: Sequence[float]) -> tuple[Name, ...]:
    """Choose labels counted from the last, which is the newest, and anchor those at the edges."""
    last, every = len(labels) - 1, _every(labels)
    return tuple(
        Name(label, x, "end" if n == last and n else "start" if n == 0 else "middle")
        for n, (label, x) in enumerate(zip(labels, places, strict=True))
        if (last - n) % every == 0
    )
