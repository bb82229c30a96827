"""Read indicator values."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa

from analytics.indicators.models import IndicatorValue
from edu.db import db, utcnow


def latest(organisation_id: UUID) -> dict[str, IndicatorValue]:
    """Give the newest value of each indicator of an organisation, by code."""
    newest = (
        sa.select(sa.func.max(IndicatorValue.day))
        .where(IndicatorValue.organisation_id == organisation_id)
        .scalar_subquery()
    )
    rows = db.session.scalars(
        sa.select(IndicatorValue).where(
            IndicatorValue.organisation_id == organisation_id, IndicatorValue.day == newest
        )
    )
    return {row.indicator: row for row in rows}


def history(organisation_id: UUID, indicator: str, *, days: int = 90) -> Sequence[IndicatorValue]:
    """List the values of one indicator over the last days, earliest first."""
    since: date = utcnow().date() - timedelta(days=days)
    return db.session.scalars(
        sa.select(IndicatorValue)
        .where(
            IndicatorValue.organisation_id == organisation_id,
            IndicatorValue.indicator == indicator,
            IndicatorValue.day >= since,
        )
        .order_by(IndicatorValue.day)
    ).all()
