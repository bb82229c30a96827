"""Read what is believed about learners."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from analytics.mastery.core import estimate
from analytics.mastery.core.estimate import Mastery
from analytics.mastery.models import GeneralAbility, ItemDifficulty, MasteryStep, SkillAbility
from edu.db import db, utcnow
from edu.taxonomy.models import Skill


@dataclass(frozen=True)
class Known:
    """How well a person knows a skill, as of now."""

    skill: Skill
    mastery: Mastery
    answers: int


def of_person(person_id: UUID) -> list[Known]:
    """List every skill the person was asked about, best known first."""
    general = general_of(person_id)
    now = utcnow()
    known = [
        Known(
            row.skill, estimate.mastery(estimate.ability(general, as_core(row), now)), row.answers
        )
        for row in db.session.scalars(
            sa.select(SkillAbility).where(SkillAbility.person_id == person_id)
        )
    ]
    return sorted(known, key=lambda entry: -entry.mastery.mean)


def general_of(person_id: UUID) -> estimate.General:
    """Give the person's general ability; nothing is known of who never answered."""
    row = db.session.scalar(sa.select(GeneralAbility).where(GeneralAbility.person_id == person_id))
    return estimate.General(row.precision, row.shift) if row else estimate.General()


def as_core(row: SkillAbility | None) -> estimate.Skill:
    """Give a stored estimate as the core reads it."""
    if row is None:
        return estimate.Skill()
    return estimate.Skill(row.precision, row.shift, row.answers, row.seen_at)


def difficulty_of(item_id: UUID) -> estimate.Item:
    """Give what is known of an item; a new one is ordinary, within wide limits."""
    row = db.session.scalar(sa.select(ItemDifficulty).where(ItemDifficulty.item_id == item_id))
    return estimate.Item(row.difficulty, row.variance, row.answers) if row else estimate.Item()


def latest_results(person_id: UUID, *, each: int = 8) -> dict[UUID, list[bool]]:
    """Give the last results on each skill, latest last."""
    results: dict[UUID, list[bool]] = {}
    rows = db.session.execute(
        sa.select(MasteryStep.skill_id, MasteryStep.was_correct)
        .where(MasteryStep.person_id == person_id)
        .order_by(MasteryStep.moved_at)
    )
    for skill_id, was_correct in rows:
        results.setdefault(skill_id, []).append(was_correct)
    return {skill_id: found[-each:] for skill_id, found in results.items()}


def curve(person_id: UUID, skill_id: UUID, *, limit: int = 50) -> Sequence[MasteryStep]:
    """List the last steps of one skill, earliest first."""
    found = db.session.scalars(
        sa.select(MasteryStep)
        .where(MasteryStep.person_id == person_id, MasteryStep.skill_id == skill_id)
        .order_by(MasteryStep.moved_at.desc())
        .limit(limit)
    ).all()
    return list(reversed(found))


def counted(answer_id: UUID) -> bool:
    """True when the answer has moved the estimates already."""
    found = sa.select(MasteryStep.id).where(MasteryStep.answer_id == answer_id).limit(1)
    return db.session.scalar(found) is not None
