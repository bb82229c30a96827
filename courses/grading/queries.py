"""Read marks."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from courses.catalogue.models import ClassGroup
from courses.enrolment.models import Enrolment
from courses.grading.models import Mark
from edu.db import db


@dataclass(frozen=True)
class Terms:
    """Classes by their time: those that run, those that will, those that are over."""

    running: list[ClassGroup]
    coming: list[ClassGroup]
    over: list[ClassGroup]


def by_term(groups: Sequence[ClassGroup], day: date) -> Terms:
    """Sort classes by their time, as it is on a day; within a time the order stays."""
    return Terms(
        running=[group for group in groups if group.starts_on <= day <= group.ends_on],
        coming=[group for group in groups if group.starts_on > day],
        over=[group for group in groups if group.ends_on < day],
    )


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
