"""What the operations centre reads."""

from datetime import date, datetime, timedelta
from typing import Self

from pydantic import BaseModel, Field, model_validator

from analytics.indicators import queries
from analytics.indicators.core.indicator_set import IndicatorSet
from analytics.indicators.models import IndicatorValue
from edu.tenancy.models import OrganisationKind

LONGEST = timedelta(days=92)


class PeriodIn(BaseModel):
    """Which days are asked for; without any, the newest values."""

    since: date | None = Field(None, description="First day wanted.")
    until: date | None = Field(None, description="Last day wanted; by default as far as possible.")

    @model_validator(mode="after")
    def _is_short_enough(self) -> Self:
        if self.since is None and self.until is not None:
            raise ValueError("until needs since")
        if self.since and self.until and not timedelta() <= self.until - self.since <= LONGEST:
            raise ValueError(f"at most {LONGEST.days} days, in their order")
        return self

    def values(self) -> list[IndicatorValue]:
        """The values asked for."""
        if self.since is None:
            return queries.newest()
        return queries.between(self.since, self.until or self.since + LONGEST)


class SetOut(BaseModel):
    """The set of indicators in force."""

    id: str
    title: dict[str, str]
    valid_from: date

    @classmethod
    def of(cls, found: IndicatorSet) -> "SetOut":
        """Show a set."""
        return cls(id=found.id, title=dict(found.title), valid_from=found.valid_from)


class ValueOut(BaseModel):
    """One indicator of one organisation on one day."""

    organisation: str
    official_code: str = Field(description="Electronic identification code, where it is known.")
    kind: OrganisationKind
    indicator: str
    title: dict[str, str]
    value: float = Field(description="In the unit; a share runs from 0 to 1.")
    unit: str
    target: float | None = Field(description="In the unit; null where none is set.")
    source: dict[str, str] = Field(description="The decision or law that asks for it.")
    day: date
    worked_out_at: datetime
    indicator_set: str

    @classmethod
    def of(cls, row: IndicatorValue) -> "ValueOut":
        """Show a value with what its set says of it."""
        indicator = queries.indicator_of(row)
        return cls(
            organisation=row.organisation.code,
            official_code=row.organisation.official_code,
            kind=row.organisation.kind,
            indicator=indicator.code,
            title=dict(indicator.title),
            value=row.value,
            unit=indicator.unit,
            target=indicator.target,
            source=dict(indicator.source),
            day=row.day,
            worked_out_at=row.worked_out_at,
            indicator_set=row.indicator_set,
        )


class IndicatorsOut(BaseModel):
    """Values by day, the province's before its colleges'."""

    indicator_set: SetOut
    values: list[ValueOut]
