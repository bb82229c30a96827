"""Read what a college teaches, ready for many learners at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from string import digits
from typing import TypeAlias
from uuid import UUID

import sqlalchemy as sa

from courses.assessment import queries as assessment
from courses.assessment.core import items as core
from courses.assessment.core.scoring import Outcome, Response, score
from courses.assessment.models import Item, Quiz
from courses.authoring.models import Unit, UnitKind
from courses.demo.core.answers import right, wrong
from courses.learning import queries as learning
from courses.programmes.models import CurriculumState, CurriculumVersion, Module, Programme
from edu.db import db

Given: TypeAlias = tuple[Response, Outcome]
"""An answer, and what it is worth."""


@dataclass(frozen=True)
class Question:
    """An item as it is asked, with a right and a wrong answer to it."""

    item: Item
    asked: core.Item
    right: Given
    wrong: Given


@dataclass(frozen=True)
class Lesson:
    """A unit, and the questions of each of its quizzes."""

    unit: Unit
    quizzes: Sequence[tuple[Quiz, Sequence[Question]]]


@dataclass(frozen=True)
class Course:
    """A year of a programme: a module that ends with an examination, then one with lessons."""

    examined: Module
    taught: Module
    lessons: Sequence[Lesson]


def courses() -> list[Course]:
    """Give a course for each programme of the current college that has lessons."""
    versions = db.session.scalars(
        sa.select(CurriculumVersion)
        .join(CurriculumVersion.programme)
        .where(CurriculumVersion.state == CurriculumState.IN_FORCE, ~Programme.is_open)
        .order_by(Programme.code)
    )
    return [course for version in versions if (course := _course(version.id))]


def _course(curriculum_id: UUID) -> Course | None:
    modules = db.session.scalars(
        sa.select(Module)
        .where(Module.curriculum_id == curriculum_id, ~Module.is_self_paced)
        .order_by(Module.position, Module.code)
    ).all()
    lessons = {module: _lessons(module) for module in modules}
    taught = next((module for module in modules if lessons[module]), None)
    if taught is None:
        return None
    others = [module for module in modules if not lessons[module]]
    trade = taught.code.rstrip(digits)  # rather a module of the trade than a general subject
    examined = min(others, key=lambda module: not module.code.startswith(trade), default=None)
    return Course(examined, taught, lessons[taught]) if examined else None


def _lessons(module: Module) -> list[Lesson]:
    return [
        Lesson(
            unit,
            [
                (quiz, [_question(entry.item) for entry in quiz.entries])
                for quiz in assessment.quizzes_of(unit)
            ],
        )
        for unit in learning.units_of(module.id)
        if unit.is_required and unit.kind == UnitKind.LESSON
    ]


def _question(item: Item) -> Question:
    asked = core.from_json(item.content)
    known, unknown = right(asked), wrong(asked)
    return Question(item, asked, (known, score(asked, known)), (unknown, score(asked, unknown)))
