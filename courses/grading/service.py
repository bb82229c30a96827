"""Give marks. Every mark by a person is in the audit log."""

from decimal import Decimal

from courses.catalogue import policy as catalogue
from courses.enrolment.models import Enrolment
from courses.grading.events import MarkGiven
from courses.grading.models import Mark, MarkKind
from edu.accounts.models import Person
from edu.audit import service as audit
from edu.db import db
from edu.errors import Forbidden, Invalid
from edu.events import emit
from edu.i18n import lazy

HIGHEST = 10
_HUNDREDTH = Decimal("0.01")


def give(
    actor: Person, enrolment: Enrolment, kind: MarkKind, value: Decimal, *, slot: str = ""
) -> Mark:
    """Give a mark as the class's teacher or the college's manager.

    Raises Forbidden for anyone else, Invalid outside the 10-point scale.
    """
    if not catalogue.can_teach(actor, enrolment.class_group):
        raise Forbidden
    if not 0 <= value <= HIGHEST:
        raise Invalid(fields={"value": lazy("A mark lies between 0 and 10.")})
    mark = _store(enrolment, kind, value, slot=slot, given_by=actor)
    audit.record("mark.given", actor_id=actor.id, subject=mark, kind=kind, slot=slot, value=value)
    return mark


def give_for_quiz(enrolment: Enrolment, kind: MarkKind, share: float, *, slot: str) -> Mark:
    """Give the mark that a finished quiz earned; `share` is its score from 0 to 1."""
    return _store(enrolment, kind, Decimal(str(share)) * HIGHEST, slot=slot, given_by=None)


def _store(
    enrolment: Enrolment, kind: MarkKind, value: Decimal, *, slot: str, given_by: Person | None
) -> Mark:
    mark = Mark(
        enrolment=enrolment,
        kind=kind,
        slot=slot,
        value=value.quantize(_HUNDREDTH),
        given_by_id=given_by.id if given_by else None,
    )
    db.session.add(mark)
    db.session.flush()
    emit(MarkGiven(tenant_id=enrolment.tenant_id, enrolment_id=enrolment.id))
    return mark
