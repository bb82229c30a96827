"""Move the estimates with each answer, once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from analytics.mastery import queries
from analytics.mastery.core import estimate
from analytics.mastery.models import GeneralAbility, ItemDifficulty, MasteryStep, SkillAbility
from edu.accounts.models import Person
from edu.db import db, get_locked

RIGHT = 1.0


@dataclass(frozen=True)
class Observed:
    """An answer, as far as the estimates care."""

    answer_id: UUID
    person_id: UUID
    item_id: UUID
    skill_ids: tuple[UUID, ...]
    score: float
    shown_at: datetime
    answered_at: datetime


def observe(answer: Observed) -> None:
    """Take an answer in. Seeing it twice changes nothing; an item without skills says nothing."""
    if not answer.skill_ids or get_locked(Person, answer.person_id) is None:
        return  # the lock makes one learner's answers count one after another
    if queries.counted(answer.answer_id):
        return
    item = _item(answer.item_id)
    known = _skills(answer)
    after = estimate.update(
        estimate.State(
            queries.general_of(answer.person_id),
            tuple(queries.as_core(known.get(skill_id)) for skill_id in answer.skill_ids),
            estimate.Item(item.difficulty, item.variance, item.answers),
        ),
        answer.score,
        answer.shown_at,
    )
    item.difficulty, item.variance, item.answers = after.item
    _keep_general(answer.person_id, after.general)
    for skill_id, learned in zip(answer.skill_ids, after.skills, strict=True):
        row = known.get(skill_id) or SkillAbility(person_id=answer.person_id, skill_id=skill_id)
        row.precision, row.shift, row.answers = learned.precision, learned.shift, learned.answers
        row.seen_at = answer.shown_at
        db.session.add_all([row, step(answer, skill_id, after.general, learned)])
    db.session.flush()


def step(
    answer: Observed, skill_id: UUID, general: estimate.General, learned: estimate.Skill
) -> MasteryStep:
    """Write how an answer moved a skill; the caller stores it."""
    seen = estimate.mastery(estimate.ability(general, learned, answer.answered_at))
    return MasteryStep(
        answer_id=answer.answer_id,
        person_id=answer.person_id,
        skill_id=skill_id,
        mean=seen.mean,
        low=seen.low,
        high=seen.high,
        was_correct=answer.score >= RIGHT,
        moved_at=answer.answered_at,
    )


def _skills(answer: Observed) -> dict[UUID, SkillAbility]:
    rows = db.session.scalars(
        sa.select(SkillAbility).where(
            SkillAbility.person_id == answer.person_id,
            SkillAbility.skill_id.in_(answer.skill_ids),
        )
    )
    return {row.skill_id: row for row in rows}


def _keep_general(person_id: UUID, learned: estimate.General) -> None:
    row = db.session.scalar(sa.select(GeneralAbility).where(GeneralAbility.person_id == person_id))
    row = row or GeneralAbility(person_id=person_id)
    row.precision, row.shift = learned
    db.session.add(row)


def _item(item_id: UUID) -> ItemDifficulty:
    """Items are shared by all learners: hold the row while its difficulty moves."""
    found = db.session.scalar(
        sa.select(ItemDifficulty).where(ItemDifficulty.item_id == item_id).with_for_update()
    )
    if found is None:
        start = estimate.Item()
        found = ItemDifficulty(
            item_id=item_id, difficulty=start.difficulty, variance=start.variance, answers=0
        )
        db.session.add(found)
    return found
