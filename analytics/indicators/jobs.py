"""Keep the indicators up to date."""

from datetime import timedelta
from uuid import UUID

from analytics.indicators import service
from edu.db import unit_of_work, utcnow
from edu.jobs import enqueue_once, job
from edu.tenancy import queries as tenancy
from edu.tenancy.models import OrganisationKind

SOON = timedelta(minutes=1)  # many changes that come together are worked out once


def college_changed(organisation_id: UUID) -> None:
    """Have a college worked out soon. Needs an open unit of work."""
    enqueue_once(work_out_college, str(organisation_id), organisation_id, due_at=utcnow() + SOON)


def province_changed() -> None:
    """Have the province worked out soon. Needs an open unit of work."""
    enqueue_once(work_out_province, "province", due_at=utcnow() + SOON)


@job()
def work_out_college(organisation_id: UUID) -> None:
    """Work out a college's indicators, then the province's."""
    found = tenancy.get(organisation_id)
    if found.kind == OrganisationKind.COLLEGE:
        measures = service.measure(found)
        with unit_of_work():
            service.store(found, measures)
            province_changed()


@job()
def work_out_province() -> None:
    """Work out what all colleges make together."""
    if found := tenancy.province():
        measures = service.measure(found)
        with unit_of_work():
            service.store(found, measures)


@job(daily=True)
def work_out_all() -> None:
    """Work everything out, one college after another: time alone changes some figures."""
    for college in tenancy.of_kind(OrganisationKind.COLLEGE):
        work_out_college(college.id)
    work_out_province()
