"""The shapes of what is worked out beforehand, and their way into JSON and back."""

from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict

P = TypeVar("P", bound="Part")


class Part(BaseModel):
    """A part of a dashboard."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    def stored(self) -> dict[str, Any]:
        """As JSON."""
        return self.model_dump(mode="json")


class Day(Part):
    """What happened on one day."""

    day: date
    people: int
    units_completed: int
    answers: int


class Days(Part):
    """What happened on each of the last days, today last."""

    days: tuple[Day, ...] = ()


class ModuleLine(Part):
    """How a module goes."""

    code: str
    title: dict[str, str]
    enrolled: int
    completed: int
    average_mark: float | None


class Modules(Part):
    """The modules with classes, most learners first."""

    modules: tuple[ModuleLine, ...] = ()


class College(Part):
    """Figures of a college that are no indicators."""

    classes: int = 0
    credits_this_year: int = 0
    quiet: int = 0


class Commune(Part):
    """A commune, and how many people who live there learn now."""

    code: str
    label: dict[str, str]
    people: int


class Communes(Part):
    """The communes of those who learn, most people first; those of a few people as a number."""

    communes: tuple[Commune, ...] = ()
    with_few: int = 0


class Gap(Part):
    """A skill that employers ask for, and how many modules build it."""

    code: str
    label: dict[str, str]
    needs: int
    openings: int
    modules: int


class Gaps(Part):
    """What employers ask for most, and how much of it is taught."""

    gaps: tuple[Gap, ...] = ()
