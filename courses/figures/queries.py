"""Counts of a college's teaching and learning, without names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from courses.assessment.models import Answer
from courses.authoring.models import Unit
from courses.catalogue.models import ClassGroup, ClassState
from courses.credentials.models import Certificate
from courses.credits.models import CreditEntry
from courses.enrolment.models import Enrolment, EnrolmentState
from courses.learning.models import UnitProgress
from courses.programmes.models import CurriculumState, CurriculumVersion, Module, Outcome
from edu.db import db, inside, utcnow
from edu.i18n import LanguageMap
from edu.taxonomy.models import Skill


@dataclass(frozen=True)
class CollegeFigures:
    """What a college does, counted now. Recent means within the last 30 days."""

    learners: int
    recent_learners: int
    classes: int
    enrolments: int
    completed: int
    withdrawn: int
    credits: int
    certificates: int
    modules: int
    modules_with_digital_outcome: int
    modules_with_units: int


@dataclass(frozen=True)
class ModuleFigures:
    """How a module goes: places taken, completed, and the average mark of the completed."""

    code: str
    title: LanguageMap
    enrolled: int
    completed: int
    average_mark: float | None


@dataclass(frozen=True)
class DayFigures:
    """What happened on one day."""

    day: date
    units_completed: int
    answers: int


def of_college(college_id: UUID) -> CollegeFigures:
    """Count a college's teaching and learning."""
    with inside(college_id):
        recent = utcnow() - timedelta(days=30)
        in_force = CurriculumVersion.state == CurriculumState.IN_FORCE
        modules = sa.select(Module.id).join(Module.curriculum).where(in_force)
        places = dict(db.session.execute(
                sa.select(Enrolment.state, sa.func.count()).group_by(Enrolment.state)
            ))
        return CollegeFigures(
            learners=_number(sa.func.count(sa.distinct(Enrolment.learner_id))),
            recent_learners=_number(
                sa.func.count(sa.distinct(Enrolment.learner_id)),
                Enrolment.id.in_(
                    sa.select(UnitProgress.enrolment_id).where(UnitProgress.seen_at >= recent)
                ),
            ),
            classes=_number(sa.func.count(ClassGroup.id), ClassGroup.state == ClassState.PUBLISHED),
            enrolments=places.get(EnrolmentState.ACTIVE, 0),
            completed=places.get(EnrolmentState.COMPLETED, 0),
            withdrawn=places.get(EnrolmentState.WITHDRAWN, 0),
            credits=_number(sa.func.coalesce(sa.func.sum(CreditEntry.credits), 0)),
            certificates=_number(sa.func.count(Certificate.id), Certificate.revoked_at.is_(None)),
            modules=_number(sa.func.count(Module.id), Module.id.in_(modules)),
            modules_with_digital_outcome=_number(
                sa.func.count(sa.distinct(Outcome.module_id)),
                Outcome.module_id.in_(modules),
                Outcome.skill_id.in_(sa.select(Skill.id).where(Skill.framework != "")),
            ),
            modules_with_units=_number(
                sa.func.count(sa.distinct(Unit.module_id)),
                Unit.module_id.in_(modules),
                Unit.published_version_id.is_not(None),
            ),
        )


def _number(what: sa.ColumnElement[int], *where: sa.ColumnElement[bool]) -> int:
    return int(db.session.scalar(sa.select(what).where(*where)) or 0)


def modules_of(college_id: UUID) -> Sequence[ModuleFigures]:
    """Count for each module with a class, most learners first."""
    with inside(college_id):
        done = sa.case((Enrolment.state == EnrolmentState.COMPLETED, 1), else_=0)
        counts = (
            sa.select(
                ClassGroup.module_id,
                sa.func.count(Enrolment.id).label("enrolled"),
                sa.func.sum(done).label("completed"),
            )
            .join(Enrolment, Enrolment.class_group_id == ClassGroup.id)
            .where(Enrolment.state != EnrolmentState.WITHDRAWN)
            .group_by(ClassGroup.module_id)
            .subquery()
        )
        marks = (
            sa.select(CreditEntry.module_id, sa.func.avg(CreditEntry.mark).label("average"))
            .group_by(CreditEntry.module_id)
            .subquery()
        )
        rows = db.session.execute(
            sa.select(Module, counts.c.enrolled, counts.c.completed, marks.c.average)
            .join(counts, counts.c.module_id == Module.id)
            .outerjoin(marks, marks.c.module_id == Module.id)
            .order_by(counts.c.enrolled.desc(), Module.code)
        )
        return [
            ModuleFigures(
                module.code,
                module.title,
                enrolled,
                int(completed or 0),
                float(average) if average is not None else None,
            )
            for module, enrolled, completed, average in rows
        ]


def days_of(college_id: UUID, *, days: int = 28) -> Sequence[DayFigures]:
    """Count what happened on each of the last days, today last."""
    today = utcnow().date()
    first = today - timedelta(days=days - 1)
    since = datetime.combine(first, datetime.min.time(), tzinfo=utcnow().tzinfo)
    with inside(college_id):
        units = _by_day(UnitProgress.completed_at, since)
        answers = _by_day(Answer.answered_at, since)
    return [
        DayFigures(day, units.get(day, 0), answers.get(day, 0))
        for day in (first + timedelta(days=number) for number in range(days))
    ]


def _by_day(
    column: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None],
    since: datetime,
) -> dict[date, int]:
    rows = db.session.execute(
        sa.select(sa.func.date(column), sa.func.count())
        .where(column >= since)
        .group_by(sa.func.date(column))
    )
    return {day if isinstance(day, date) else date.fromisoformat(day): count for day, count in rows}
