"""Work the indicators out from the packages below, per college and for the province."""

from collections.abc import Mapping
from dataclasses import astuple
from uuid import UUID

import sqlalchemy as sa
from employer_portal.public import open_needs

from analytics.indicators.core.indicator_set import in_force
from analytics.indicators.models import IndicatorValue
from courses.public import CollegeFigures, of_college
from edu.db import db, utcnow
from edu.tenancy import queries as tenancy
from edu.tenancy.models import OrganisationKind
from oer_repository.public import Balance, balance_of

Values = Mapping[str, float]


def work_out() -> None:
    """Write today's value of every indicator, for each college and for the province."""
    figures, balances = [], []
    for college in tenancy.of_kind(OrganisationKind.COLLEGE):
        figures.append(of_college(college.id))
        balances.append(balance_of(college.id))
        _store(college.id, values_of(figures[-1], balances[-1]))
    if (province := tenancy.province()) and figures:
        whole = CollegeFigures(
            *(sum(column) for column in zip(*map(astuple, figures), strict=True))
        )
        shared = Balance(*(sum(column) for column in zip(*map(astuple, balances), strict=True)))
        _store(province.id, {**values_of(whole, shared), "open-needs": open_needs()})


def values_of(figures: CollegeFigures, balance: Balance) -> Values:
    """Give the value of each indicator that a college's figures say."""
    places = figures.enrolments + figures.completed + figures.withdrawn
    return {
        "learners": figures.learners,
        "active-learners": figures.recent_learners,
        "completion": _share(figures.completed, places),
        "credits": figures.credits,
        "digital-certificates": figures.certificates,
        "digital-outcomes": _share(figures.modules_with_digital_outcome, figures.modules),
        "online-modules": _share(figures.modules_with_units, figures.modules),
        "shared-resources": balance.shared,
        "reused-resources": balance.given,
    }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _store(organisation_id: UUID, values: Values) -> None:
    today = utcnow().date()
    known = {
        row.indicator: row
        for row in db.session.scalars(
            sa.select(IndicatorValue).where(
                IndicatorValue.organisation_id == organisation_id, IndicatorValue.day == today
            )
        )
    }
    for indicator, value in values.items():
        row = known.get(indicator) or IndicatorValue(
            organisation_id=organisation_id, day=today, indicator=indicator
        )
        row.value = float(value)
        row.indicator_set = in_force(today).id
        row.worked_out_at = utcnow()
        db.session.add(row)
    db.session.flush()
