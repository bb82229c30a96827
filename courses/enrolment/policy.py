"""Who may see an enrolment, and who may take one.

A person's own record belongs to the person (DESIGN decision 10): `visible_to` crosses tenants for
the learner alone.
"""

from datetime import date

import sqlalchemy as sa

from courses.catalogue import policy as catalogue
from courses.catalogue.models import ClassGroup, ClassState
from courses.enrolment.models import Enrolment
from edu.accounts.models import Guardianship, GuardianshipState, Person, Role


def can_view(actor: Person, enrolment: Enrolment, *, guards: bool = False) -> bool:
    """The learner, the class's teacher, the college's managers; a guardian with consent.

    `guards` says whether the learner consented to being followed by the actor.
    """
    return (
        enrolment.learner_id == actor.id
        or guards
        or catalogue.can_teach(actor, enrolment.class_group)
    )


def may_enter(person: Person, group: ClassGroup, day: date) -> bool:
    """A class that is not over takes learners of its college; an open one takes everybody."""
    is_member = person.has_role(Role.LEARNER, organisation_id=group.tenant_id)
    is_taking = group.state == ClassState.PUBLISHED and not group.is_over_on(day)
    return is_taking and (group.is_open or is_member)


def visible_to(actor: Person) -> sa.ColumnElement[bool]:
    """The same rule as can_view, as SQL; every list goes through it."""
    taught = sa.select(ClassGroup.id).where(catalogue.taught_by(actor))
    guarded = sa.select(Guardianship.learner_id).where(
        Guardianship.guardian_id == actor.id,
        Guardianship.state == GuardianshipState.CONSENTED,
    )
    return sa.or_(
        Enrolment.learner_id == actor.id,
        Enrolment.learner_id.in_(guarded),
        Enrolment.class_group_id.in_(taught),
    )
