"""Work the indicators out from what the packages below say, per college and for the province."""

from collections.abc import Mapping
from typing import NamedTuple

import sqlalchemy as sa

from analytics.indicators.core.indicator_set import has_begun, in_force
from analytics.indicators.events import IndicatorsWorkedOut
from analytics.indicators.models import IndicatorValue
from courses.public import Figures, of_all, of_college
from edu.db import db, today, utcnow
from edu.events import emit
from edu.tenancy import queries as tenancy
from edu.tenancy.models import Organisation, OrganisationKind
from employer_portal.public import open_needs
from oer_repository.public import Balance, balance_of


class Measure(NamedTuple):
    """A value, and how many people it rests on; None where it is not about people."""

    value: float
    people: int | None = None


def work_out_college(college: Organisation) -> None:
    """Write today's value of every indicator of one college; none before the first set begins."""
    if not has_begun(today()):
        return
    _store(college, measures_of(of_college(college.id), balance_of(college.id)))


def work_out_province(province: Organisation) -> None:
    """Write today's values for all colleges together; who learns at two of them counts once."""
    if not has_begun(today()):
        return
    colleges = tenancy.of_kind(OrganisationKind.COLLEGE)
    balances = [balance_of(college.id) for college in colleges]
    balance = Balance(
        shared=sum(one.shared for one in balances),
        given=sum(one.given for one in balances),
        taken=sum(one.taken for one in balances),
    )
    _store(province, {**measures_of(of_all(), balance), "open-needs": Measure(open_needs())})


def measures_of(figures: Figures, balance: Balance) -> dict[str, Measure]:
    """Give the value of each indicator that counts of teaching and sharing tell."""
    return {
        "learners": Measure(figures.learners, figures.learners),
        "active-learners": Measure(figures.recent_learners, figures.recent_learners),
        "completion": Measure(
            _share(figures.places_completed, figures.places_ended), figures.people_ended
        ),
        "credits": Measure(figures.credits, figures.people_with_credits),
        "digital-certificates": Measure(figures.certificates, figures.people_with_certificates),
        "digital-outcomes": Measure(_share(figures.modules_with_digital_outcome, figures.modules)),
        "online-modules": Measure(_share(figures.modules_with_units, figures.modules)),
        "shared-resources": Measure(balance.shared),
        "reused-resources": Measure(balance.given),
    }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _store(organisation: Organisation, measures: Mapping[str, Measure]) -> None:
    day, indicator_set = today(), in_force(today())
    known = {
        row.indicator: row
        for row in db.session.scalars(
            sa.select(IndicatorValue).where(
                IndicatorValue.organisation_id == organisation.id, IndicatorValue.day == day
            )
        )
    }
    for indicator, measure in measures.items():
        if indicator_set.of(indicator) is None:
            continue  # a later set may leave an indicator out
        row = known.get(indicator) or IndicatorValue(
            organisation_id=organisation.id, day=day, indicator=indicator
        )
        row.value, row.people = float(measure.value), measure.people
        row.indicator_set = indicator_set.id
        row.worked_out_at = utcnow()
        db.session.add(row)
    db.session.flush()
    emit(IndicatorsWorkedOut(organisation_id=organisation.id))
