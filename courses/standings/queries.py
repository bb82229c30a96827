"""How learners stand in the classes that run now: for those who may see their names.

Whoever calls has asked the policy first; people are given by id.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from courses.assessment.models import Answer, Item, ItemSkill
from courses.authoring.models import Unit, UnitKind
from courses.catalogue.models import ClassGroup, ClassState
from courses.enrolment.models import Enrolment, EnrolmentState
from courses.learning.models import UnitProgress
from courses.programmes.models import Module
from edu.db import db, inside, today
from edu.i18n import LanguageMap


@dataclass(frozen=True)
class LearnerStanding:
    """How far one learner of a class is. Until something is done, enrolling was the last act."""

    enrolment_id: UUID
    learner_id: UUID
    lessons_done: int
    enrolled_at: datetime
    last_active_at: datetime


@dataclass(frozen=True)
class ClassStanding:
    """A class that runs now, with its learners, those who were active last first.

    `skill_ids` are the skills that its questions ask for.
    """

    class_group_id: UUID
    code: str
    title: LanguageMap
    ends_on: date
    lessons: int
    skill_ids: tuple[UUID, ...]
    learners: tuple[LearnerStanding, ...]


@dataclass(frozen=True)
class QuietPlace:
    """A place in a running class whose learner has lessons left and did nothing for a while."""

    enrolment_id: UUID
    learner_id: UUID
    class_group_id: UUID
    class_code: str
    module_title: LanguageMap
    last_active_at: datetime


def classes_of(teacher_id: UUID) -> list[ClassStanding]:
    """Tell how the learners stand in each class that a person teaches now, here.

    The same number of queries however many classes; it reads these classes and nothing else.
    """
    groups = db.session.scalars(
        sa.select(ClassGroup)
        .where(ClassGroup.teacher_id == teacher_id, *_runs())
        .order_by(ClassGroup.ends_on, ClassGroup.code)
    ).all()
    learners = _learners_in([group.id for group in groups])
    module_ids = {group.module_id for group in groups}
    lessons, skills = _lessons_of(module_ids), _skills_of(module_ids)
    return [
        ClassStanding(
            class_group_id=group.id,
            code=group.code,
            title=group.module.title,
            ends_on=group.ends_on,
            lessons=lessons[group.module_id],
            skill_ids=tuple(skills[group.module_id]),
            learners=tuple(learners[group.id]),
        )
        for group in groups
    ]


def quiet_at(college_id: UUID, *, since: datetime, limit: int) -> tuple[int, list[QuietPlace]]:
    """Count who has lessons left in a running class and did nothing since then; list the quietest.

    A class that is taught without lessons here leaves no traces, so nobody is quiet in it.
    Reads every place of the college: for a job.
    """
    with inside(college_id):
        last = _last_active().label("last_active_at")
        quiet = (
            sa.select(Enrolment.id, Enrolment.learner_id, ClassGroup.id, ClassGroup.code)
            .add_columns(Module.title, last)
            .join(ClassGroup, ClassGroup.id == Enrolment.class_group_id)
            .join(Module, Module.id == ClassGroup.module_id)
            .where(
                Enrolment.state == EnrolmentState.ACTIVE,
                *_runs(),
                _lessons_done() < _lessons_of_class(),
                last < since,
            )
        )
        people = sa.func.count(sa.distinct(quiet.subquery().c.learner_id))
        count = db.session.scalar(sa.select(people))
        rows = db.session.execute(quiet.order_by(last, Enrolment.id).limit(limit))
        return count or 0, [QuietPlace(*row) for row in rows]


def _runs() -> tuple[sa.ColumnElement[bool], ...]:
    """Published, begun and not over."""
    return (
        ClassGroup.state == ClassState.PUBLISHED,
        ClassGroup.starts_on <= today(),
        ClassGroup.ends_on >= today(),
    )


def _last_active() -> sa.ColumnElement[datetime]:
    """The latest of enrolling, opening a lesson and answering a question."""
    seen = (
        sa.select(sa.func.max(UnitProgress.seen_at))
        .where(UnitProgress.enrolment_id == Enrolment.id)
        .correlate(Enrolment)
        .scalar_subquery()
    )
    answered = (
        sa.select(sa.func.max(Answer.answered_at))
        .where(Answer.enrolment_id == Enrolment.id)
        .correlate(Enrolment)
        .scalar_subquery()
    )
    latest = sa.case((answered > seen, answered), else_=seen)
    return sa.func.coalesce(latest, answered, Enrolment.enrolled_at)


def _lessons_done() -> sa.ScalarSelect[int]:
    return (
        sa.select(sa.func.count(UnitProgress.id))
        .join(Unit, Unit.id == UnitProgress.unit_id)
        .where(
            UnitProgress.enrolment_id == Enrolment.id,
            UnitProgress.completed_at.is_not(None),
            *_is_counted(),
        )
        .correlate(Enrolment)
        .scalar_subquery()
    )


def _lessons_of_class() -> sa.ScalarSelect[int]:
    return (
        sa.select(sa.func.count(Unit.id))
        .where(Unit.module_id == ClassGroup.module_id, *_is_counted())
        .correlate(ClassGroup)
        .scalar_subquery()
    )


def _learners_in(class_group_ids: Sequence[UUID]) -> defaultdict[UUID, list[LearnerStanding]]:
    done = _lessons_done()
    last = _last_active().label("last_active_at")
    rows = db.session.execute(
        sa.select(Enrolment.class_group_id, Enrolment.id, Enrolment.learner_id, done)
        .add_columns(Enrolment.enrolled_at, last)
        .where(
            Enrolment.class_group_id.in_(class_group_ids),
            Enrolment.state == EnrolmentState.ACTIVE,
        )
        .order_by(last.desc(), Enrolment.id)
    )
    found: defaultdict[UUID, list[LearnerStanding]] = defaultdict(list)
    for class_group_id, *values in rows:
        found[class_group_id].append(LearnerStanding(*values))
    return found


def _is_counted() -> tuple[sa.ColumnElement[bool], ...]:
    """Units that a learner has to do, as `learning.queries.Way` counts them."""
    return (
        Unit.is_required.is_(True),
        Unit.kind != UnitKind.PAGE,
        Unit.published_version_id.is_not(None),
    )


def _lessons_of(module_ids: set[UUID]) -> defaultdict[UUID, int]:
    rows = db.session.execute(
        sa.select(Unit.module_id, sa.func.count())
        .where(Unit.module_id.in_(module_ids), *_is_counted())
        .group_by(Unit.module_id)
    )
    return defaultdict(int, dict(row for row in rows))


def _skills_of(module_ids: set[UUID]) -> defaultdict[UUID, list[UUID]]:
    rows = db.session.execute(
        sa.select(Item.module_id, ItemSkill.skill_id)
        .join(ItemSkill, ItemSkill.item_id == Item.id)
        .where(Item.module_id.in_(module_ids), ~Item.is_retired)
        .distinct()
    )
    found: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for module_id, skill_id in rows:
        found[module_id].append(skill_id)
    return found
