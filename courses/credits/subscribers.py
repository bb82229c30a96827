"""When something a rule asks for has happened, see whether all of them are met."""

from uuid import UUID

from courses.credits import service
from courses.enrolment.models import Enrolment
from courses.grading.events import MarkGiven
from courses.learning.events import UnitCompleted
from edu.db import db, inside, unit_of_work
from edu.events import subscribe


@subscribe(UnitCompleted)
def after_unit(event: UnitCompleted) -> None:
    """A unit was finished."""
    _check(event.tenant_id, event.enrolment_id)


@subscribe(MarkGiven)
def after_mark(event: MarkGiven) -> None:
    """A mark was given."""
    _check(event.tenant_id, event.enrolment_id)


def _check(tenant_id: UUID, enrolment_id: UUID) -> None:
    with inside(tenant_id), unit_of_work():
        if enrolment := db.session.get(Enrolment, enrolment_id):
            service.enter_if_complete(enrolment)
