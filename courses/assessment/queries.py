"""Read items, quizzes and answers."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from courses.assessment.events import ItemAnswered
from courses.assessment.models import Answer, Item, ItemSkill, Quiz, QuizEntry
from courses.authoring.models import Unit
from courses.enrolment.models import Enrolment
from courses.programmes.models import Module
from edu.db import db
from edu.errors import NotFound


def quizzes_of(unit: Unit) -> Sequence[Quiz]:
    """List a unit's quizzes, those before the lesson first."""
    order = {"pre": 0, "check": 1, "post": 2}
    found = db.session.scalars(sa.select(Quiz).where(Quiz.unit_id == unit.id))
    return sorted(found, key=lambda quiz: (order[quiz.place], quiz.identifier))


def quiz(quiz_id: UUID) -> Quiz:
    """Find a quiz of the current college. Raises NotFound."""
    found = db.session.scalar(sa.select(Quiz).where(Quiz.id == quiz_id))
    if found is None:
        raise NotFound
    return found


def item(item_id: UUID) -> Item:
    """Find an item of the current college's bank. Raises NotFound."""
    found = db.session.scalar(sa.select(Item).where(Item.id == item_id))
    if found is None:
        raise NotFound
    return found


def item_called(module: Module, identifier: str) -> Item | None:
    """Find a question of a module's bank by its identifier."""
    return db.session.scalar(
        sa.select(Item).where(Item.module_id == module.id, Item.identifier == identifier)
    )


def quiz_called(unit: Unit, identifier: str) -> Quiz | None:
    """Find a quiz of a unit by its identifier."""
    return db.session.scalar(
        sa.select(Quiz).where(Quiz.unit_id == unit.id, Quiz.identifier == identifier)
    )


def skills_of(unit: Unit) -> list[UUID]:
    """Name the skills that a unit's questions ask for."""
    return list(
        db.session.scalars(
            sa.select(ItemSkill.skill_id)
            .join(QuizEntry, QuizEntry.item_id == ItemSkill.item_id)
            .join(Quiz, Quiz.id == QuizEntry.quiz_id)
            .where(Quiz.unit_id == unit.id)
            .distinct()
            .order_by(ItemSkill.skill_id)
        )
    )


def asked_somewhere(item_ids: Sequence[UUID]) -> set[UUID]:
    """Tell which of the items some quiz asks."""
    if not item_ids:
        return set()
    found = sa.select(QuizEntry.item_id).where(QuizEntry.item_id.in_(item_ids))
    return set(db.session.scalars(found))


def practice_item(enrolment: Enrolment, skill_id: UUID) -> Item | None:
    """Choose what to practise: an item of the skill, answered least often, then longest ago."""
    tried = (
        sa.select(
            Answer.item_id,
            sa.func.count().label("times"),
            sa.func.max(Answer.answered_at).label("last"),
        )
        .where(Answer.enrolment_id == enrolment.id)
        .group_by(Answer.item_id)
        .subquery()
    )
    return db.session.scalar(
        sa.select(Item)
        .join(ItemSkill, ItemSkill.item_id == Item.id)
        .outerjoin(tried, tried.c.item_id == Item.id)
        .where(
            ItemSkill.skill_id == skill_id,
            Item.module_id == enrolment.class_group.module_id,
            ~Item.is_retired,
        )
        .order_by(sa.func.coalesce(tried.c.times, 0), tried.c.last, Item.id)
        .limit(1)
    )


def item_to_practise(enrolment: Enrolment, skill_id: UUID, item_id: str) -> Item:
    """Find the question of the class that a form names, if it asks for the skill.

    Raises NotFound, also for what is no id at all.
    """
    try:
        found = item(UUID(item_id))
    except ValueError:
        raise NotFound from None
    asks = any(entry.skill_id == skill_id for entry in found.skills)
    if found.module_id != enrolment.class_group.module_id or not asks:
        raise NotFound
    return found


def latest_answers(enrolment: Enrolment, item_ids: Sequence[UUID]) -> dict[UUID, Answer]:
    """Give a learner's latest answer to each of the items."""
    found = db.session.scalars(
        sa.select(Answer)
        .where(Answer.enrolment_id == enrolment.id, Answer.item_id.in_(item_ids))
        .order_by(Answer.attempt)
    )
    return {answer.item_id: answer for answer in found}


def unanswered_quizzes(enrolment: Enrolment, unit: Unit) -> int:
    """Count the unit's counted quizzes in which the learner left an item unanswered."""
    answered = sa.select(Answer.item_id).where(Answer.enrolment_id == enrolment.id)
    open_quizzes = (
        sa.select(sa.func.count(sa.distinct(Quiz.id)))
        .join(QuizEntry, QuizEntry.quiz_id == Quiz.id)
        .where(Quiz.unit_id == unit.id, Quiz.place != "pre", QuizEntry.item_id.not_in(answered))
    )
    return db.session.scalar(open_quizzes) or 0


def answers_of(learner_ids: Sequence[UUID]) -> list[ItemAnswered]:
    """Give what some people answered, at every college, each person's answers in their order.

    A person's own record belongs to the person (DESIGN decision 10).
    """
    skills: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for item_id, skill_id in db.session.execute(
        sa.select(ItemSkill.item_id, ItemSkill.skill_id)
        .order_by(ItemSkill.id)
        .execution_options(all_tenants=True)
    ):
        skills[item_id].append(skill_id)
    rows = db.session.execute(
        sa.select(
            Answer.tenant_id,
            Answer.id,
            Answer.learner_id,
            Answer.item_id,
            Answer.score,
            Answer.attempt,
            Answer.shown_at,
            Answer.answered_at,
        )
        .where(Answer.learner_id.in_(learner_ids))
        .order_by(Answer.answered_at, Answer.id)
        .execution_options(all_tenants=True)
    )
    return [
        ItemAnswered(
            tenant_id=row.tenant_id,
            answer_id=row.id,
            learner_id=row.learner_id,
            item_id=row.item_id,
            skill_ids=tuple(skills[row.item_id]),
            score=row.score,
            attempt=row.attempt,
            shown_at=row.shown_at,
            answered_at=row.answered_at,
        )
        for row in rows
    ]
