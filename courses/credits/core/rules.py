"""The rules a rule set is made of. Each knows its source and refuses values that cannot be.

Which numbers are in force is data (`../data/*.toml`); the meaning of each field is here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from courses.credits.core.bad_rule import (
    require,
    require_filled,
    require_order,
    require_positive,
    require_share,
)
from courses.credits.core.scale import Band, Source, check_bands


class Basis(StrEnum):
    """What an average is taken of."""

    MARK = "mark"
    POINTS = "points"


class AttemptRule(StrEnum):
    """Which of several attempts at the same thing counts."""

    BEST = "best"
    LATEST = "latest"


@dataclass(frozen=True, slots=True)
class Part:
    """A weighted part of a mark; inside it each kind of mark counts so many times."""

    code: str
    weight: Decimal
    coefficients: Mapping[str, Decimal]

    def __post_init__(self) -> None:
        require_positive(self, "weight")
        require_filled(self, "coefficients")
        for kind, coefficient in self.coefficients.items():
            require(coefficient > 0, f"coefficients.{kind}", "range", coefficient)


@dataclass(frozen=True, slots=True)
class MarkFormula:
    """How marks become one mark. The weights sum to one; no kind belongs to two parts."""

    source: Source
    parts: tuple[Part, ...]

    def __post_init__(self) -> None:
        total = sum(part.weight for part in self.parts)
        require(total == 1, "parts", "sum", total)
        kinds = [kind for part in self.parts for kind in part.coefficients]
        require(len(kinds) == len(set(kinds)), "parts", "duplicate", kinds)


@dataclass(frozen=True, slots=True)
class Grading:
    """The scale in use, by id, and which attempt counts after a resit."""

    source: Source
    scale: str
    resit: AttemptRule


@dataclass(frozen=True, slots=True)
class AverageRule:
    """Decimals of an average, which attempt at a module counts, and whether failed ones do."""

    source: Source
    places: int
    attempt: AttemptRule
    counts_failed: bool

    def __post_init__(self) -> None:
        require(self.places >= 0, "places", "range", self.places)


@dataclass(frozen=True, slots=True)
class ExamAdmission:
    """What a learner must have done to sit the final examination. Attendance is a share."""

    source: Source
    theory_attendance: Decimal
    practice_attendance: Decimal
    test_average: Decimal

    def __post_init__(self) -> None:
        require_share(self, "theory_attendance", "practice_attendance")
        require_positive(self, "test_average")


@dataclass(frozen=True, slots=True)
class Demotion:
    """A class that falls by one: from so many resits, or disciplined at this level or higher."""

    of: str
    resits: int
    discipline: str

    def __post_init__(self) -> None:
        require_positive(self, "resits")


@dataclass(frozen=True, slots=True)
class Classification:
    """Classes of an average, best first. `discipline` lists measures from mild to severe."""

    source: Source
    basis: Basis
    places: int
    maximum: Decimal
    bands: tuple[Band, ...]
    discipline: tuple[str, ...] = ()
    demotions: tuple[Demotion, ...] = ()

    def __post_init__(self) -> None:
        check_bands(self.bands, Decimal(0), self.maximum, places=self.places)
        codes = [band.code for band in self.bands[:-1]]  # the last class cannot fall
        for index, demotion in enumerate(self.demotions):
            path = f"demotions[{index}]"
            require(demotion.of in codes, f"{path}.of", "reference", demotion.of)
            known = demotion.discipline in self.discipline
            require(known, f"{path}.discipline", "reference", demotion.discipline)


@dataclass(frozen=True, slots=True)
class Graduation:
    """The average a graduate needs; the other conditions are the same everywhere."""

    source: Source
    basis: Basis
    average: Decimal

    def __post_init__(self) -> None:
        require_positive(self, "average")


@dataclass(frozen=True, slots=True)
class CreditValue:
    """What one credit is worth. A college chooses its practice hours within the range."""

    source: Source
    theory_hours: Decimal
    practice_hours_lowest: Decimal
    practice_hours_highest: Decimal
    project_hours: Decimal
    theory_period_minutes: int
    practice_period_minutes: int
    self_study_hours: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        require_positive(self, "theory_hours", "practice_hours_lowest", "project_hours")
        require_positive(self, "theory_period_minutes", "practice_period_minutes")
        require_order(self, "practice_hours_lowest", "practice_hours_highest")
        require(self.self_study_hours >= 0, "self_study_hours", "range", self.self_study_hours)


@dataclass(frozen=True, slots=True)
class TeachingLoad:
    """The most a class may be taught: practice in hours, theory in periods."""

    source: Source
    practice_hours_a_day: Decimal
    theory_periods_a_day: Decimal
    practice_hours_a_week: Decimal
    theory_periods_a_week: Decimal

    def __post_init__(self) -> None:
        for name in ("practice_hours", "theory_periods"):
            require_positive(self, f"{name}_a_day")
            require_order(self, f"{name}_a_day", f"{name}_a_week")


@dataclass(frozen=True, slots=True)
class ClassSize:
    """The most learners in a practice or integrated class, and in a hazardous occupation."""

    source: Source
    practice: int
    hazardous: int

    def __post_init__(self) -> None:
        require_positive(self, "hazardous")
        require_order(self, "hazardous", "practice")


@dataclass(frozen=True, slots=True)
class Calendar:
    """Semesters in a year, and the weeks of a main one, examinations included."""

    source: Source
    semesters_lowest: int
    semesters_highest: int
    main_semester_weeks: int

    def __post_init__(self) -> None:
        require_positive(self, "semesters_lowest", "main_semester_weeks")
        require_order(self, "semesters_lowest", "semesters_highest")


@dataclass(frozen=True, slots=True)
class DropRule:
    """Weeks in which a registered module may be given back; left later, it is failed."""

    source: Source
    main_semester_weeks: int
    sub_semester_weeks: int

    def __post_init__(self) -> None:
        require_positive(self, "main_semester_weeks", "sub_semester_weeks")


@dataclass(frozen=True, slots=True)
class SemesterLoad:
    """Credits in a semester as shares of the average; duration as a multiple of the standard."""

    source: Source
    smallest_share: Fraction
    largest_share: Fraction
    longest_duration: Fraction

    def __post_init__(self) -> None:
        require_positive(self, "smallest_share")
        require_order(self, "smallest_share", "largest_share")
        require(self.longest_duration >= 1, "longest_duration", "range", self.longest_duration)


@dataclass(frozen=True, slots=True)
class WarningRule:
    """When a learner is warned.

    `cumulative` holds a limit for each year of study, the last one for all later years.
    """

    source: Source
    failed_share: Decimal
    owed_credits: Decimal
    first_semester_average: Decimal
    semester_average: Decimal
    cumulative: tuple[Decimal, ...]
    most_in_a_row: int

    def __post_init__(self) -> None:
        require_positive(self, "owed_credits", "first_semester_average", "most_in_a_row")
        require_share(self, "failed_share")
        require_order(self, "first_semester_average", "semester_average")
        require_filled(self, "cumulative")
        rising = list(self.cumulative) == sorted(self.cumulative)
        require(rising, "cumulative", "order", self.cumulative)


@dataclass(frozen=True, slots=True)
class Suspension:
    """The reasons for which study may be suspended with its results kept."""

    source: Source
    reasons: tuple[str, ...]

    def __post_init__(self) -> None:
        require_filled(self, "reasons")


@dataclass(frozen=True, slots=True)
class RecognitionRule:
    """How earlier learning is recognised; `largest_share` of the programme's minimum credits."""

    source: Source
    units: tuple[str, ...]
    evidence: tuple[str, ...]
    largest_share: Decimal | None = None

    def __post_init__(self) -> None:
        require_filled(self, "units", "evidence")
        require_share(self, "largest_share")


@dataclass(frozen=True, slots=True)
class Volume:
    """How large a programme of a level must be, for those who enter it from `entry`."""

    level: str
    source: Source
    credits_lowest: Decimal
    credits_highest: Decimal | None = None
    entry: str = ""
    years_lowest: Decimal | None = None
    years_highest: Decimal | None = None
    modules_lowest: int = 0
    hours_lowest: Decimal = Decimal(0)
    theory_share_highest: Decimal | None = None

    def __post_init__(self) -> None:
        require_positive(self, "credits_lowest")
        require_order(self, "credits_lowest", "credits_highest")
        require_order(self, "years_lowest", "years_highest")
        require_share(self, "theory_share_highest")


@dataclass(frozen=True, slots=True)
class SubjectClass:
    """A class of a school year: what every subject needs, what `most_count` of them need.

    `failed_comments` is how many comment-only subjects may be failed.
    """

    code: str
    every: Decimal
    most: Decimal
    most_count: int
    failed_comments: int


@dataclass(frozen=True, slots=True)
class SubjectClasses:
    """Classes of a school year, best first, and the class of those who reach none.

    `lift_from`: a year that a single subject pulls this many classes down is raised by one.
    """

    source: Source
    classes: tuple[SubjectClass, ...]
    otherwise: str
    lift_from: int

    def __post_init__(self) -> None:
        require_filled(self, "classes")
        require(self.lift_from > 1, "lift_from", "range", self.lift_from)
        floors = [one.every for one in self.classes]
        require(floors == sorted(floors, reverse=True), "classes", "order", floors)


@dataclass(frozen=True, slots=True)
class CodeScheme:
    """A programme code: its first digit is the level, the rest names the occupation."""

    source: Source
    digits: int
    levels: Mapping[str, str]
    field_digits: int
    group_digits: int

    def __post_init__(self) -> None:
        require_filled(self, "levels")
        require_positive(self, "field_digits", "group_digits")
        for digit in self.levels:
            require(len(digit) == 1 and digit.isdecimal(), f"levels.{digit}", "type", digit)
        inner = 1 + self.field_digits + self.group_digits
        require(inner < self.digits, "digits", "range", self.digits)
