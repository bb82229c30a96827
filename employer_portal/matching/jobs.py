"""Matching anew, once for however many changes."""

from uuid import UUID

from edu.db import inside, unit_of_work
from edu.jobs import job
from employer_portal.matching import service
from employer_portal.needs import queries as needs


@job()
def match_need(tenant_id: UUID, need_id: UUID) -> None:
    """Work out who fits a need."""
    with inside(tenant_id), unit_of_work():
        if need := needs.find(need_id):
            service.match_need(need)


@job()
def match_profile(person_id: UUID) -> None:
    """Work out what a person fits."""
    with unit_of_work():
        service.match_profile(person_id)
