"""Work the indicators out from what the packages below say, per college and for the province."""

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

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


Measures: TypeAlias = Mapping[str, Measure]
"""What was measured, by the code of the indicator."""


def measure(organisation: Organisation) -> Measures:
    """Measure a college, or for the province all of them together; nothing before the first set.

    Reads alone, and much: to be done outside a unit of work, so that no writer waits for it.
    Who learns at two colleges counts once for the province.
    """
    if not has_begun(today()):
        return {}
    if organisation.kind == OrganisationKind.COLLEGE:
        return measures_of(of_college(organisation.id), balance_of(organisation.id))
    balances = [balance_of(college.id) for college in tenancy.of_kind(OrganisationKind.COLLEGE)]
    balance = Balance(
        shared=sum(one.shared for one in balances),
        given=sum(one.given for one in balances),
        taken=sum(one.taken for one in balances),
    )
    return {**measures_of(of_all(), balance), "open-needs": Measure(open_needs())}


def measures_of(figures: Figures, balance: Balance) -> Measures:
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


def store(organisation: Organisation, measures: Measures) -> None:
    """Keep what was measured as today's values; the day's last ones stand."""
    if not measures:
        return
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
