"""Read marks."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from courses.catalogue.models import ClassGroup
from courses.enrolment.models import Enrolment
from courses.grading.models import Mark
from edu.db import db


def of(enrolment: Enrolment) -> Sequence[Mark]:
    """List a learner's marks in a class, earliest first."""
    return db.session.scalars(
        sa.select(Mark).where(Mark.enrolment_id == enrolment.id).order_by(Mark.given_at, Mark.id)
    ).all()


def in_class(group: ClassGroup) -> dict[UUID, list[Mark]]:
    """Give every mark of a class, by enrolment, earliest first."""
    found = db.session.scalars(
        sa.select(Mark)
        .join(Enrolment, Enrolment.id == Mark.enrolment_id)
        .where(Enrolment.class_group_id == group.id)
        .order_by(Mark.given_at, Mark.id)
    )
    marks: defaultdict[UUID, list[Mark]] = defaultdict(list)
    for mark in found:
        marks[mark.enrolment_id].append(mark)
    return marks
