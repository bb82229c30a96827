import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from courses.credits.core.bad_rule import require, require_filled, require_order
from courses.credits.core.build import build, walk
from courses.credits.core.rules import (
    AverageRule,
    Calendar,
    Classification,
    ClassSize,
    CodeScheme,
    CreditValue,
    DropRule,
    ExamAdmission,
    Grading,
    Graduation,
    MarkFormula,
    RecognitionRule,
    SemesterLoad,
    SubjectClasses,
    Suspension,
    TeachingLoad,
    Volume,
    WarningRule,
)
from courses.credits.core.scale import Scale, Source

LANGUAGES = ("en", "vi")


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules a college works under, as dated data: an id, an author, a period and the rules.

    A rule that is absent does not apply. `title` has one text per language. Both dates are
    included in the period; without `valid_until` it is open. Results keep the rule set under which
    they were earned, so a rule set is never changed: a copy with another id follows it.
    """

    id: str
    title: Mapping[str, str]
    author: str
    valid_from: date
    period_source: Source
    valid_until: date | None = None
    scales: tuple[Scale, ...] = ()
    grading: Grading | None = None
    module_mark: MarkFormula | None = None
    year_mark: MarkFormula | None = None
    exam_admission: ExamAdmission | None = None
    average: AverageRule | None = None
    semester_class: Classification | None = None
    year_class: Classification | None = None
    subject_classes: SubjectClasses | None = None
    graduation: Graduation | None = None
    warnings: WarningRule | None = None
    credit: CreditValue | None = None
    teaching_load: TeachingLoad | None = None
    class_size: ClassSize | None = None
    calendar: Calendar | None = None
    drop: DropRule | None = None
    semester_load: SemesterLoad | None = None
    suspension: Suspension | None = None
    recognition: RecognitionRule | None = None
    volumes: tuple[Volume, ...] = ()
    programme_code: CodeScheme | None = None

    def __post_init__(self) -> None:
        require_filled(self, "id", "author")
        require_order(self, "valid_from", "valid_until")
        for language in LANGUAGES:
            require(self.title.get(language), f"title.{language}", "missing", None)
        ids = [scale.id for scale in self.scales]
        require(len(ids) == len(set(ids)), "scales", "duplicate", ids)
        if self.grading is not None:
            require(self.grading.scale in ids, "grading.scale", "reference", self.grading.scale)

    @property
    def scale(self) -> Scale | None:
        """The scale in use; None when the rule set grades nothing."""
        chosen = self.grading.scale if self.grading is not None else None
        return next((scale for scale in self.scales if scale.id == chosen), None)

    def is_in_force(self, day: date) -> bool:
        """True from `valid_from` to `valid_until`, both included."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


def parse(table: object) -> RuleSet:
    """A rule set from a plain table. Raises BadRule with the path of the first wrong value."""
    return build(RuleSet, table)


def parse_toml(text: str) -> RuleSet:
    """A rule set from TOML. Raises BadRule, or TOMLDecodeError when it is no TOML."""
    return parse(tomllib.loads(text, parse_float=Decimal))


def parse_json(text: str) -> RuleSet:
    """A rule set from JSON. Raises BadRule, or JSONDecodeError when it is no JSON."""
    return parse(json.loads(text, parse_float=Decimal))


def unconfirmed(rule_set: RuleSet) -> tuple[str, ...]:
    """The paths of the rules whose source a registrar still has to confirm."""
    return tuple(
        path.removesuffix("source").rstrip("._")
        for path, source in walk(rule_set, Source)
        if not source.confirmed
    )


@cache
def shipped() -> Mapping[str, RuleSet]:
    """The rule sets that come with the programme, by id."""
    folder = files("courses.credits") / "data"
    documents = [entry for entry in folder.iterdir() if entry.name.endswith(".toml")]
    documents.sort(key=lambda document: document.name)
    rule_sets = [parse_toml(document.read_text("utf-8")) for document in documents]
    return {rule_set.id: rule_set for rule_set in rule_sets}
