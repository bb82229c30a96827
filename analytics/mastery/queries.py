"""Read what is believed about learners."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from analytics.mastery import policy
from analytics.mastery.core import estimate
from analytics.mastery.core.estimate import Mastery
from analytics.mastery.models import GeneralAbility, MasteryStep, SkillAbility
from edu.accounts import queries as accounts
from edu.accounts.models import Person
from edu.db import db, utcnow
from edu.errors import NotFound
from edu.taxonomy.models import Skill

SOLID = 0.75  # the chance of a right answer from which a skill counts as solid
ENOUGH_ANSWERS = 4  # before that nobody is told that a learner is weak in something


@dataclass(frozen=True)
class Known:
    """How well a person knows a skill, as of now."""

    skill: Skill
    mastery: Mastery
    answers: int
    seen_at: datetime


def of_person(person_id: UUID) -> list[Known]:
    """List every skill the person was asked about, best known first."""
    return _known(person_id, sa.true())


def known_to(actor: Person, learner: Person) -> list[Known]:
    """The same of a learner, as far as the actor may know: nothing, for most."""
    return _known(learner.id, policy.visible_to(actor))


def _known(person_id: UUID, visible: sa.ColumnElement[bool]) -> list[Known]:
    general = general_of(person_id)
    now = utcnow()
    rows = db.session.scalars(
        sa.select(SkillAbility).where(SkillAbility.person_id == person_id, visible)
    )
    known = [
        Known(row.skill, _judged(general, as_core(row), now), row.answers, row.seen_at)
        for row in rows
    ]
    return sorted(known, key=lambda entry: (-entry.mastery.mean, entry.skill.code))


def general_of(person_id: UUID) -> estimate.General:
    """Give the person's general ability; nothing is known of who never answered."""
    row = db.session.scalar(sa.select(GeneralAbility).where(GeneralAbility.person_id == person_id))
    return estimate.General(row.precision, row.shift) if row else estimate.General()


def as_core(row: SkillAbility | None) -> estimate.Skill:
    """Give a stored estimate as the core reads it; of a new skill nothing is known."""
    if row is None:
        return estimate.Skill()
    return estimate.Skill(row.precision, row.shift, row.answers, row.seen_at)


def _judged(general: estimate.General, skill: estimate.Skill, now: datetime) -> Mastery:
    return estimate.mastery(estimate.ability(general, skill, now), threshold=SOLID)


def latest_results(person_id: UUID, *, each: int = 8) -> dict[UUID, list[bool]]:
    """Give the last results on each skill, latest last; however many answers there are."""
    place = (
        sa.func.row_number()
        .over(
            partition_by=MasteryStep.skill_id,
            order_by=(MasteryStep.moved_at.desc(), MasteryStep.id.desc()),
        )
        .label("place")
    )
    last = (
        sa.select(MasteryStep.skill_id, MasteryStep.was_correct, place)
        .where(MasteryStep.person_id == person_id)
        .subquery()
    )
    results: dict[UUID, list[bool]] = {}
    rows = db.session.execute(
        sa.select(last.c.skill_id, last.c.was_correct)
        .where(last.c.place <= each)
        .order_by(last.c.place.desc())
    )
    for skill_id, was_correct in rows:
        results.setdefault(skill_id, []).append(was_correct)
    return results


def curve_for(
    actor: Person, learner: Person, skill_id: UUID, *, limit: int = 50
) -> Sequence[MasteryStep]:
    """List how the last answers moved one skill, earliest first.

    Raises NotFound where there is nothing to see, or not for the actor.
    """
    guards = accounts.is_guardian_of(actor, learner.id)
    steps = db.session.scalars(
        sa.select(MasteryStep)
        .where(MasteryStep.person_id == learner.id, MasteryStep.skill_id == skill_id)
        .order_by(MasteryStep.moved_at.desc(), MasteryStep.id.desc())
        .limit(limit)
    ).all()
    if not steps or not policy.can_view(actor, learner, guards=guards):
        raise NotFound
    return list(reversed(steps))


def counted(answer_id: UUID) -> bool:
    """True when the answer has moved the estimates already."""
    found = sa.select(MasteryStep.id).where(MasteryStep.answer_id == answer_id).limit(1)
    return db.session.scalar(found) is not None


def weak_in(person_ids: Collection[UUID], skill_ids: Collection[UUID]) -> dict[UUID, list[Skill]]:
    """Name, for each person, the skills of these that are surely not solid, weakest first.

    Surely: after enough answers, even the upper end of the estimate's interval is below solid.
    For who teaches these people these skills; the caller has checked that.
    """
    generals = {
        person_id: estimate.General(precision, shift)
        for person_id, precision, shift in db.session.execute(
            sa.select(
                GeneralAbility.person_id, GeneralAbility.precision, GeneralAbility.shift
            ).where(GeneralAbility.person_id.in_(person_ids))
        )
    }
    skills = {
        skill.id: skill
        for skill in db.session.scalars(sa.select(Skill).where(Skill.id.in_(skill_ids)))
    }
    rows = db.session.execute(
        sa.select(
            SkillAbility.person_id,
            SkillAbility.skill_id,
            SkillAbility.precision,
            SkillAbility.shift,
            SkillAbility.answers,
            SkillAbility.seen_at,
        ).where(
            SkillAbility.person_id.in_(person_ids),
            SkillAbility.skill_id.in_(skill_ids),
            SkillAbility.answers >= ENOUGH_ANSWERS,
        )
    )
    now = utcnow()
    judged = []
    for person_id, skill_id, precision, shift, answers, seen_at in rows:
        known = estimate.Skill(precision, shift, answers, seen_at)
        mastery = _judged(generals[person_id], known, now)
        if mastery.high < SOLID:
            judged.append((mastery.mean, skills[skill_id].code, person_id, skills[skill_id]))
    weak: dict[UUID, list[Skill]] = {}
    for _mean, _code, person_id, skill in sorted(judged, key=lambda one: one[:2]):
        weak.setdefault(person_id, []).append(skill)
    return weak
