"""Counts of teaching and learning, without names, for one college or for all of them.

Some of these read every place and every answer of a college: they are for jobs, not for pages.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TypeAlias
from uuid import UUID

import sqlalchemy as sa

from courses.assessment.models import Answer
from courses.authoring.models import Unit
from courses.catalogue.models import ClassGroup, ClassState
from courses.credentials.models import Certificate
from courses.credits.models import CreditEntry
from courses.enrolment.models import Enrolment, EnrolmentState
from courses.learning.models import UnitProgress
from courses.programmes.models import CurriculumState, CurriculumVersion, Module, Outcome
from edu.accounts.models import Person
from edu.db import db, inside, start_of, today, utcnow
from edu.i18n import LanguageMap
from edu.taxonomy.models import Skill

RECENT = timedelta(days=30)

Count: TypeAlias = Callable[..., int]  # `_number` for one college, or for all


@dataclass(frozen=True)
class Figures:
    """What a college does, or all of them together, counted now.

    A person who learns at two colleges counts once among all. `people_…` says how many persons
    the figure before it rests on. A place has ended when it was completed or given back, or when
    its class is over.
    """

    learners: int
    recent_learners: int
    classes: int
    places_ended: int
    people_ended: int
    places_completed: int
    credits: int
    credits_this_year: int
    people_with_credits: int
    certificates: int
    people_with_certificates: int
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
    """What happened on one day, by the installation's clock: who learned, and how much."""

    day: date
    people: int
    units_completed: int
    answers: int


def of_college(college_id: UUID) -> Figures:
    """Count a college's teaching and learning."""
    return _figures(college_id)


def of_all() -> Figures:
    """Count the teaching and learning of all colleges together."""
    return _figures(None)


def _figures(college_id: UUID | None) -> Figures:
    number = partial(_number, college_id)
    return Figures(**_of_places(number), **_of_results(number), **_of_modules(number))


def _of_places(number: Count) -> dict[str, int]:
    recent = utcnow() - RECENT
    seen = sa.select(UnitProgress.enrolment_id).where(UnitProgress.seen_at >= recent)
    answered = sa.select(Answer.enrolment_id).where(Answer.answered_at >= recent)
    has_ended = ~sa.and_(*_learning_now())
    people = sa.func.count(sa.distinct(Enrolment.learner_id))
    places = sa.func.count(Enrolment.id)
    return {
        "learners": number(people, *_learning_now()),
        # one list: PostgreSQL reads an OR of two anew for every place once they are long
        "recent_learners": number(people, Enrolment.id.in_(sa.union(seen, answered))),
        "classes": number(
            sa.func.count(ClassGroup.id),
            ClassGroup.state == ClassState.PUBLISHED,
            ClassGroup.ends_on >= today(),
        ),
        "places_ended": number(places, has_ended),
        "people_ended": number(people, has_ended),
        "places_completed": number(places, Enrolment.state == EnrolmentState.COMPLETED),
    }


def _of_results(number: Count) -> dict[str, int]:
    total = sa.func.sum(CreditEntry.credits)
    stands = Certificate.revoked_at.is_(None)
    return {
        "credits": number(total),
        "credits_this_year": number(
            total, CreditEntry.entered_at >= start_of(today().replace(month=1, day=1))
        ),
        "people_with_credits": number(sa.func.count(sa.distinct(CreditEntry.learner_id))),
        "certificates": number(sa.func.count(Certificate.id), stands),
        "people_with_certificates": number(
            sa.func.count(sa.distinct(Certificate.learner_id)), stands
        ),
    }


def _of_modules(number: Count) -> dict[str, int]:
    digital = sa.select(Skill.id).where(Skill.framework != "")
    return {
        "modules": number(sa.func.count(Module.id), Module.id.in_(_in_force_now())),
        "modules_with_digital_outcome": number(
            sa.func.count(sa.distinct(Outcome.module_id)),
            Outcome.module_id.in_(_in_force_now()),
            Outcome.skill_id.in_(digital),
        ),
        "modules_with_units": number(
            sa.func.count(sa.distinct(Unit.module_id)),
            Unit.module_id.in_(_in_force_now()),
            Unit.published_version_id.is_not(None),
        ),
    }


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
            sa.select(
                Module.code, Module.title, counts.c.enrolled, counts.c.completed, marks.c.average
            )
            .join(counts, counts.c.module_id == Module.id)
            .outerjoin(marks, marks.c.module_id == Module.id)
            .order_by(counts.c.enrolled.desc(), Module.code)
        )
        return [
            ModuleFigures(
                code, title, enrolled, int(completed), None if average is None else float(average)
            )
            for code, title, enrolled, completed, average in rows
        ]


def day_of(college_id: UUID, day: date) -> DayFigures:
    """Count what happened at a college on one day."""
    first, end = start_of(day), start_of(day + timedelta(days=1))
    with inside(college_id):
        units = (
            sa.select(Enrolment.learner_id)
            .join(UnitProgress, UnitProgress.enrolment_id == Enrolment.id)
            .where(UnitProgress.completed_at >= first, UnitProgress.completed_at < end)
        )
        answers = sa.select(Answer.learner_id).where(
            Answer.answered_at >= first, Answer.answered_at < end
        )
        return DayFigures(
            day=day,
            people=_size(sa.union(units, answers)),
            units_completed=_size(units),
            answers=_size(answers),
        )


def _size(rows: sa.SelectBase) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(rows.subquery())) or 0


def learners_by_commune() -> dict[str, int]:
    """Count the people who learn now, at any college, by the commune in which they live."""
    learning = sa.select(Enrolment.learner_id).where(*_learning_now())
    rows = db.session.execute(
        sa.select(Person.place_code, sa.func.count())
        .where(Person.id.in_(learning), Person.place_code != "")
        .group_by(Person.place_code)
        .execution_options(all_tenants=True)
    )
    return {code: count for code, count in rows}  # noqa: C416 - rows are no pairs for dict


def modules_by_skill() -> dict[UUID, int]:
    """Count the modules in force, at any college, that build each skill."""
    rows = db.session.execute(
        sa.select(Outcome.skill_id, sa.func.count(sa.distinct(Outcome.module_id)))
        .where(Outcome.skill_id.is_not(None), Outcome.module_id.in_(_in_force_now()))
        .group_by(Outcome.skill_id)
        .execution_options(all_tenants=True)
    )
    return {skill_id: count for skill_id, count in rows if skill_id}


def _learning_now() -> tuple[sa.ColumnElement[bool], ...]:
    running = sa.select(ClassGroup.id).where(ClassGroup.ends_on >= today())
    return Enrolment.state == EnrolmentState.ACTIVE, Enrolment.class_group_id.in_(running)


def _in_force_now() -> sa.Select[UUID]:
    return (
        sa.select(Module.id)
        .join(Module.curriculum)
        .where(CurriculumVersion.state == CurriculumState.IN_FORCE)
    )


def _number(
    college_id: UUID | None, what: sa.ColumnElement[int], *where: sa.ColumnElement[bool]
) -> int:
    """One figure of one college, or of all: counts without names cross colleges openly."""
    counted = sa.select(what).where(*where)
    if college_id is None:
        return int(db.session.scalar(counted.execution_options(all_tenants=True)) or 0)
    with inside(college_id):
        return int(db.session.scalar(counted) or 0)
