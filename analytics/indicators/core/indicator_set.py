"""Indicator sets as dated data: which figures there are, their unit, target and source."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Indicator(BaseModel):
    """One figure. A share runs from 0 to 1; `target` is in the same unit.

    `source` names the decision or law that asks for it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    title: Mapping[str, str]
    unit: Literal["people", "share", "credits", "certificates", "resources", "times", "needs"]
    source: Mapping[str, str]
    target: float | None = None


class IndicatorSet(BaseModel):
    """The indicators in force from a date."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    valid_from: date
    title: Mapping[str, str]
    indicators: tuple[Indicator, ...]

    def of(self, code: str) -> Indicator | None:
        """The indicator with this code, if the set has it."""
        return next((one for one in self.indicators if one.code == code), None)


@cache
def shipped() -> tuple[IndicatorSet, ...]:
    """The sets that come with the programme, latest first."""
    folder = files("analytics.indicators") / "data"
    found = [
        IndicatorSet.model_validate(tomllib.loads(entry.read_text("utf-8")))
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    ]
    return tuple(sorted(found, key=lambda one: one.valid_from, reverse=True))


def in_force(day: date) -> IndicatorSet:
    """The latest set that has come into force by that day. Raises LookupError before the first."""
    for one in shipped():
        if one.valid_from <= day:
            return one
    raise LookupError(f"no indicator set is in force on {day}")


def has_begun(day: date) -> bool:
    """True when a set is in force on that day."""
    return any(one.valid_from <= day for one in shipped())


def called(set_id: str) -> IndicatorSet:
    """The set with this id. Raises LookupError for one that is not shipped."""
    for one in shipped():
        if one.id == set_id:
            return one
    raise LookupError(f"no indicator set is called {set_id}")
