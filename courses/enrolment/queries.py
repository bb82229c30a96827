"""Find enrolments."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from courses.catalogue.models import ClassGroup
from courses.enrolment import policy
from courses.enrolment.models import Enrolment, EnrolmentState
from edu.accounts import queries as accounts
from edu.accounts.models import Person
from edu.db import db
from edu.errors import NotFound
from edu.i18n import sort_key


def find(group: ClassGroup, learner: Person) -> Enrolment | None:
    """Find the learner's place in a class, also one given back."""
    return db.session.scalar(
        sa.select(Enrolment).where(
            Enrolment.class_group_id == group.id, Enrolment.learner_id == learner.id
        )
    )


def own(learner: Person, group: ClassGroup) -> Enrolment:
    """Find the person's own place in a class that was not given back. Raises NotFound."""
    found = find(group, learner)
    if found is None or found.state == EnrolmentState.WITHDRAWN:
        raise NotFound
    return found


def get_for(actor: Person, enrolment_id: UUID) -> Enrolment:
    """Find an enrolment at the current college that the actor may see. Raises NotFound."""
    found = db.session.scalar(sa.select(Enrolment).where(Enrolment.id == enrolment_id))
    if found is None:
        raise NotFound
    guards = accounts.is_guardian_of(actor, found.learner_id)
    if not policy.can_view(actor, found, guards=guards):
        raise NotFound
    return found


def seats_taken(group: ClassGroup) -> int:
    """Count the places that are not free."""
    return seats_taken_in([group.id])[group.id]


def seats_taken_in(class_group_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Count the places that are not free in each of the classes; an empty class counts 0."""
    found = db.session.execute(
        sa.select(Enrolment.class_group_id, sa.func.count())
        .where(
            Enrolment.class_group_id.in_(class_group_ids),
            Enrolment.state != EnrolmentState.WITHDRAWN,
        )
        .group_by(Enrolment.class_group_id)
    )
    return dict.fromkeys(class_group_ids, 0) | {row[0]: row[1] for row in found}


def seats_left(group: ClassGroup) -> int | None:
    """Count the free places; None when there is no limit."""
    return None if group.capacity is None else max(0, group.capacity - seats_taken(group))


def of_learner(learner_id: UUID) -> Sequence[Enrolment]:
    """List a person's places at every college, newest first; for the person and who follows them.

    Crosses tenants: a person's own record belongs to the person (DESIGN decision 10).
    """
    return db.session.scalars(
        sa.select(Enrolment)
        .where(Enrolment.learner_id == learner_id, Enrolment.state != EnrolmentState.WITHDRAWN)
        .options(joinedload(Enrolment.class_group))
        .order_by(Enrolment.enrolled_at.desc())
        .execution_options(all_tenants=True)
    ).all()


def in_class(group: ClassGroup) -> Sequence[Enrolment]:
    """List the learners of a class, by name as Vietnamese sorts it: given name first."""
    found = db.session.scalars(
        sa.select(Enrolment)
        .where(Enrolment.class_group_id == group.id, Enrolment.state != EnrolmentState.WITHDRAWN)
        .options(joinedload(Enrolment.learner))
    ).all()
    return sorted(found, key=lambda place: sort_key(place.learner.name))
