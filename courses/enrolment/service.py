"""Give learners places in classes, and take them back."""

from courses.catalogue import policy as catalogue
from courses.catalogue.models import ClassGroup
from courses.enrolment import policy, queries
from courses.enrolment.events import LearnerEnrolled, LearnerWithdrew, ModuleCompleted
from courses.enrolment.models import Enrolment, EnrolmentState
from courses.statements import service as statements
from edu.accounts.models import Person
from edu.db import db, lock, new_id, today, utcnow
from edu.errors import DomainError, Forbidden
from edu.events import emit
from edu.i18n import lazy


class ClassFull(DomainError):
    """No place is left."""

    code = "class-full"
    title = lazy("This class is full.")


class ClassNotOpen(DomainError):
    """The class is not published, has ended, or takes only learners of the college."""

    code = "class-not-open"
    title = lazy("This class takes no enrolments now.")


def enrol(group: ClassGroup, learner: Person) -> Enrolment:
    """Give the learner a place in the class. Asking twice changes nothing.

    Raises ClassFull when no place is left, ClassNotOpen when the class takes nobody (now, or not
    this person: a class that is not open to everyone takes learners of its college).
    """
    lock(group)  # two people, one last place
    found = queries.find(group, learner)
    if found is not None and found.state != EnrolmentState.WITHDRAWN:
        return found
    if not policy.may_enter(learner, group, today()):
        raise ClassNotOpen
    if group.capacity is not None and queries.seats_taken(group) >= group.capacity:
        raise ClassFull
    enrolment = found or Enrolment(class_group=group, learner=learner, registration=new_id())
    enrolment.state = EnrolmentState.ACTIVE
    enrolment.ended_at = None
    db.session.add(enrolment)
    db.session.flush()  # the event needs the new id
    statements.registered(enrolment)
    emit(
        LearnerEnrolled(
            tenant_id=group.tenant_id,
            enrolment_id=enrolment.id,
            class_group_id=group.id,
            learner_id=learner.id,
        )
    )
    return enrolment


def withdraw(actor: Person, enrolment: Enrolment) -> None:
    """Give the place back: the learner's own wish, or the teacher's. Progress is kept.

    Raises Forbidden for anyone else.
    """
    if enrolment.learner_id != actor.id and not catalogue.can_teach(actor, enrolment.class_group):
        raise Forbidden
    if enrolment.state != EnrolmentState.ACTIVE:
        return
    enrolment.state = EnrolmentState.WITHDRAWN
    enrolment.ended_at = utcnow()
    emit(
        LearnerWithdrew(
            tenant_id=enrolment.tenant_id,
            enrolment_id=enrolment.id,
            class_group_id=enrolment.class_group_id,
            learner_id=enrolment.learner_id,
        )
    )


def complete(enrolment: Enrolment) -> None:
    """Mark the study of the module as done; whoever calls has checked the rules."""
    enrolment.state = EnrolmentState.COMPLETED
    enrolment.ended_at = utcnow()
    emit(
        ModuleCompleted(
            tenant_id=enrolment.tenant_id,
            enrolment_id=enrolment.id,
            module_id=enrolment.class_group.module_id,
            learner_id=enrolment.learner_id,
        )
    )
