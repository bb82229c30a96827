"""Read indicator values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from analytics.indicators.core.indicator_set import Indicator, called, in_force
from analytics.indicators.models import IndicatorValue
from edu.db import db, today
from edu.tenancy.models import OrganisationKind

TREND = timedelta(days=90)


@dataclass(frozen=True)
class Line:
    """An indicator of an organisation as it stands: its value, and how it came there."""

    indicator: Indicator
    value: float
    worked_out_at: datetime
    trend: tuple[float, ...]


def lines_of(organisation_id: UUID) -> list[Line]:
    """Give each indicator of the set in force with its newest value and its last three months."""
    rows = db.session.scalars(
        sa.select(IndicatorValue)
        .where(
            IndicatorValue.organisation_id == organisation_id, IndicatorValue.day >= today() - TREND
        )
        .order_by(IndicatorValue.day)
    )
    values: dict[str, list[IndicatorValue]] = {}
    for row in rows:
        values.setdefault(row.indicator, []).append(row)
    return [
        Line(
            indicator,
            known[-1].value,
            known[-1].worked_out_at,
            tuple(row.value for row in known),
        )
        for indicator in in_force(today()).indicators
        if (known := values.get(indicator.code))
    ]


def newest() -> list[IndicatorValue]:
    """List the newest values of the province and of each college, where there are recent ones."""
    last = (
        sa.select(IndicatorValue.organisation_id, sa.func.max(IndicatorValue.day).label("day"))
        .where(IndicatorValue.day >= today() - TREND)
        .group_by(IndicatorValue.organisation_id)
        .subquery()
    )
    is_newest = sa.and_(
        last.c.organisation_id == IndicatorValue.organisation_id,
        last.c.day == IndicatorValue.day,
    )
    return in_order(db.session.scalars(sa.select(IndicatorValue).join(last, is_newest)))


def between(first: date, last: date) -> list[IndicatorValue]:
    """List the values of the province and of each college from one day to another."""
    found = sa.select(IndicatorValue).where(IndicatorValue.day.between(first, last))
    return in_order(db.session.scalars(found))


def in_order(rows: Iterable[IndicatorValue]) -> list[IndicatorValue]:
    """By day, then the province, then its colleges by code, each in the order of its set."""
    return sorted(
        rows,
        key=lambda row: (
            row.day,
            row.organisation.kind != OrganisationKind.PROVINCE,
            row.organisation.code,
            place_of(row),
        ),
    )


def place_of(row: IndicatorValue) -> int:
    """Where the indicator stands in its set."""
    codes = [indicator.code for indicator in called(row.indicator_set).indicators]
    return codes.index(row.indicator)


def indicator_of(row: IndicatorValue) -> Indicator:
    """The indicator that a value is of, in the set under which it was worked out."""
    return called(row.indicator_set).indicators[place_of(row)]
