"""Keep the bank of questions; take answers: score, store, say so, give a mark for a whole quiz."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from courses.assessment import queries
from courses.assessment.core import items as core
from courses.assessment.core.scoring import Outcome, Response, ResponseInvalid, score
from courses.assessment.events import ItemAnswered
from courses.assessment.models import Answer, Item, ItemSkill, Quiz, QuizEntry, QuizPlace
from courses.authoring.models import Unit, UnitKind
from courses.enrolment.models import Enrolment, EnrolmentState
from courses.grading import queries as marks
from courses.grading import service as grading
from courses.grading.models import MarkKind
from courses.programmes.models import Module
from courses.statements import service as statements
from edu.db import db, lock, utcnow
from edu.errors import DomainError, Invalid
from edu.events import emit
from edu.i18n import lazy
from edu.taxonomy.models import Skill


class StudyEnded(DomainError):
    """The learner gave the place back, or the module is already completed."""

    code = "study-ended"
    title = lazy("Your place in this class has ended, so answers no longer count.")


@dataclass(frozen=True)
class Questions:
    """A quiz of a unit as its author wrote it; `identifier` is unique in the unit."""

    identifier: str
    place: QuizPlace
    title: Mapping[str, str]
    items: Sequence[core.Item]


def keep_item(module: Module, asked: core.Item) -> Item:
    """Put a question into a module's bank, or correct it there; who answered it keeps that."""
    found = queries.item_called(module, asked.id)
    if found is None:
        found = Item(module=module, identifier=asked.id)
        db.session.add(found)
    found.kind = asked.kind
    found.content = core.to_json(asked)
    found.is_retired = False
    return found


def keep_quiz(unit: Unit, questions: Questions) -> Quiz:
    """Let a unit ask these questions, in this order. Questions it no longer asks are retired."""
    quiz = queries.quiz_called(unit, questions.identifier)
    if quiz is None:
        quiz = Quiz(unit=unit, identifier=questions.identifier, entries=[])
        db.session.add(quiz)
    quiz.place = questions.place
    quiz.title = dict(questions.title)
    asked = {item.id: keep_item(unit.module, item) for item in questions.items}
    before = {entry.item: entry for entry in quiz.entries}
    quiz.entries = [before.get(item) or QuizEntry(item=item) for item in asked.values()]
    for position, entry in enumerate(quiz.entries):
        entry.position = position
    db.session.flush()
    _retire([item for item in before if item not in asked.values()])
    return quiz


def let_go(unit: Unit, *, but: Collection[str]) -> None:
    """Remove the quizzes a unit no longer asks; answers to their questions are kept."""
    gone = [quiz for quiz in queries.quizzes_of(unit) if quiz.identifier not in but]
    items = [entry.item for quiz in gone for entry in quiz.entries]
    for quiz in gone:
        db.session.delete(quiz)
    db.session.flush()
    _retire(items)


def _retire(items: Sequence[Item]) -> None:
    """Ask these no longer, unless another quiz still does."""
    still = queries.asked_somewhere([item.id for item in items])
    for item in items:
        item.is_retired = item.id not in still


def ask_for(module: Module, identifier: str, skill_codes: Collection[str]) -> None:
    """Say which skills a question asks for. Raises Invalid for a skill we do not know."""
    item = queries.item_called(module, identifier)
    skills = db.session.scalars(sa.select(Skill).where(Skill.code.in_(skill_codes))).all()
    if item is None or len(skills) < len(set(skill_codes)):
        raise Invalid(fields={identifier: lazy("There is no such question or no such skill.")})
    known = {entry.skill_id: entry for entry in item.skills}
    item.skills = [known.get(skill.id) or ItemSkill(skill=skill) for skill in skills]
    db.session.flush()


def answer(
    enrolment: Enrolment,
    item: Item,
    response: Response,
    *,
    shown_at: datetime,
    quiz: Quiz | None = None,
) -> tuple[Answer, Outcome]:
    """Take one answer of the enrolled learner.

    `shown_at` is when the item was shown, `quiz` the quiz it was asked in (None: practice).
    The same answer to the same showing, sent again, changes nothing.
    Raises StudyEnded, or Invalid when the answer does not fit the item.
    """
    lock(enrolment)  # answers of one learner come one after another: attempts are numbered
    if enrolment.state == EnrolmentState.WITHDRAWN:
        raise StudyEnded
    asked = core.from_json(item.content)
    try:
        outcome = score(asked, response)
    except ResponseInvalid:
        raise Invalid(fields={str(item.id): lazy("Please choose one of the answers.")}) from None
    before = queries.latest_answers(enrolment, [item.id]).get(item.id)
    if before and before.shown_at == shown_at and before.response == {"value": response}:
        return before, outcome
    given = Answer(
        enrolment_id=enrolment.id,
        learner_id=enrolment.learner_id,
        unit=quiz.unit if quiz else None,
        item=item,
        attempt=before.attempt + 1 if before else 1,
        response={"value": response},
        score=outcome.scaled,
        is_correct=outcome.correct,
        shown_at=shown_at,
        answered_at=utcnow(),
    )
    db.session.add(given)
    db.session.flush()
    statements.answered(enrolment, given, asked, outcome)
    emit(_fact(given))
    if quiz is not None and enrolment.state == EnrolmentState.ACTIVE:
        _mark_if_whole(enrolment, quiz)
    return given, outcome


def _fact(given: Answer) -> ItemAnswered:
    return ItemAnswered(
        tenant_id=given.tenant_id,
        answer_id=given.id,
        learner_id=given.learner_id,
        item_id=given.item_id,
        skill_ids=tuple(entry.skill_id for entry in given.item.skills),
        score=given.score,
        attempt=given.attempt,
        shown_at=given.shown_at,
        answered_at=given.answered_at,
    )


def _mark_if_whole(enrolment: Enrolment, quiz: Quiz) -> None:
    """Each time every item has been answered once more, the quiz gives a mark."""
    if quiz.place == QuizPlace.PRE:
        return  # what one knew before the lesson is for the learner, not for the mark
    item_ids = [entry.item_id for entry in quiz.entries]
    latest = queries.latest_answers(enrolment, item_ids)
    if len(latest) < len(item_ids):
        return
    rounds = [found.attempt for found in latest.values()]
    slot = f"{quiz.unit.slug}/{quiz.identifier}"
    if min(rounds) > _rounds_marked(enrolment, slot):
        share = sum(found.score for found in latest.values()) / len(latest)
        kind = MarkKind.FINAL if _is_final(quiz) else MarkKind.REGULAR
        grading.give_for_quiz(enrolment, kind, share, slot=slot)


def _rounds_marked(enrolment: Enrolment, slot: str) -> int:
    return sum(mark.slot == slot for mark in marks.of(enrolment))


def _is_final(quiz: Quiz) -> bool:
    """In a self-paced module the quiz of the last required unit is the final examination."""
    if not quiz.unit.module.is_self_paced:
        return False
    last = db.session.scalar(
        sa.select(Unit.id)
        .join(Quiz, Quiz.unit_id == Unit.id)
        .where(
            Unit.module_id == quiz.unit.module_id,
            Unit.is_required,
            Unit.kind == UnitKind.LESSON,
            Unit.published_version_id.is_not(None),
            Quiz.place != QuizPlace.PRE,
        )
        .order_by(Unit.position.desc())
        .limit(1)
    )
    return last == quiz.unit_id
