"""The shapes of charts: what `charts` computes and `macros/charts.html` draws.

Positions and sizes along the reading direction are percent of the drawing's width, so that one
drawing fits a 320 px phone, a desk and paper with its letters at full size; those across it are
CSS pixels from the top. Every chart knows its numbers as a `table`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

Table: TypeAlias = tuple[tuple[str, tuple[float | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A rule of the scale: its value and its height from the top, px."""

    value: float
    y: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A horizontal bar."""

    label: str
    value: float
    width: float


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars on one scale; `goal` is where a target stands, percent, if there is one."""

    rows: tuple[Bar, ...]
    goal: float | None

    @property
    def table(self) -> Table:
        """The value of each."""
        return tuple((row.label, (row.value,)) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Column:
    """A standing bar. `is_named` is False where its label would run into a neighbour's."""

    label: str
    value: float
    x: float
    width: float
    y: float
    height: float
    is_named: bool

    @property
    def middle(self) -> float:
        """Centre of the bar, percent."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Columns:
    """Standing bars over periods."""

    marks: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    base: float
    height: float

    @property
    def table(self) -> Table:
        """The value of each."""
        return tuple((mark.label, (mark.value,)) for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of a line."""

    label: str
    value: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """One series: its points, the strokes between neighbours, and its place in the legend."""

    name: str
    number: int
    dots: tuple[Dot, ...]
    strokes: tuple[tuple[Dot, Dot], ...]
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A label below the base line and how it is anchored there: start, middle, end."""

    label: str
    x: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Series over the same labels."""

    series: tuple[Line, ...]
    labels: tuple[str, ...]
    names: tuple[Name, ...]
    ticks: tuple[Tick, ...]
    base: float
    height: float

    @property
    def table(self) -> Table:
        """The value of each series at each label."""
        return tuple(
            (label, tuple(line.values[n] for line in self.series))
            for n, label in enumerate(self.labels)
        )


class Certainty(StrEnum):
    """How much an interval leaves open."""

    SURE = "sure"
    FAIR = "fair"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate in its bounds: a band from `start`, `width` wide; `at` is the estimate."""

    label: str
    low: float
    estimate: float
    high: float
    start: float
    width: float
    at: float
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Intervals:
    """Estimates with their bounds, and where the goal stands."""

    rows: tuple[Interval, ...]
    goal: float | None

    @property
    def table(self) -> Table:
        """Low, estimate and high of each."""
        return tuple((row.label, (row.low, row.estimate, row.high)) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a stacked bar."""

    name: str
    number: int
    value: float
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Stack:
    """One stacked bar."""

    label: str
    total: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Stacks:
    """Stacked bars with the same parts."""

    rows: tuple[Stack, ...]
    names: tuple[str, ...]

    @property
    def table(self) -> Table:
        """The value of each part of each bar."""
        return tuple((row.label, tuple(part.value for part in row.parts)) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a heat strip; level 0 is nothing, or nothing known when `value` is None."""

    label: str
    value: float | None
    level: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class HeatStrip:
    """Strips of cells, one per name, on one scale."""

    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    labels: tuple[str, ...]

    @property
    def table(self) -> Table:
        """The value of each cell of each strip."""
        return tuple((name, tuple(cell.value for cell in cells)) for name, cells in self.rows)


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring partly drawn: a dash of length `done` out of `around`."""

    fraction: float
    radius: float
    done: float
    around: float


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A small line in a box of its own: points in px."""

    values: tuple[float, ...]
    points: tuple[tuple[float, float], ...]
    width: float
    height: float
