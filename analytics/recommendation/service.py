"""Decide what a learner does next, remember it, and say why in one sentence."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from analytics.mastery import queries as mastery
from analytics.recommendation.core.activity import Activity, Kind, Recommendation, Skill
from analytics.recommendation.core.choose import Policy, recommend
from analytics.recommendation.models import Recommended
from courses.public import NextStep, next_steps_of
from edu.accounts.models import Person
from edu.db import db, utcnow
from edu.i18n import LanguageMap

POLICY = Policy()


@dataclass(frozen=True)
class Next:
    """What is recommended: the step itself and the choice with its reason.

    `skill` is the label of the skill it is about, where it is about one.
    """

    step: NextStep
    chosen: Recommendation
    skill: LanguageMap | None
    is_practice: bool


def next_for(learner: Person) -> Next | None:
    """Choose for the learner; None for who studies nothing. On one occasion the same choice."""
    steps = next_steps_of(learner.id)
    known = {entry.skill.id: entry for entry in mastery.of_person(learner.id)}
    results = mastery.latest_results(learner.id)
    skills = {
        str(skill_id): Skill(
            mastery=entry.mastery.probability,
            results=tuple(float(right) for right in results.get(skill_id, [])),
            answers=entry.answers,
        )
        for skill_id, entry in known.items()
    }
    candidates = _candidates(steps, skills)
    occasion = _occasion(learner.id, steps, sum(entry.answers for entry in known.values()))
    chosen = recommend(candidates, skills, draw=_draw(learner.id, occasion), policy=POLICY)
    if chosen is None:
        return None
    _remember(learner.id, occasion, chosen)
    skill_id = UUID(chosen.activity.skill) if chosen.activity.skill else None
    label = known[skill_id].skill.label if skill_id in known else None
    step = next(s for s in steps if chosen.activity.id.split("/")[1] == str(s.unit_id))
    return Next(step, chosen, label, is_practice=chosen.activity.kind == Kind.PRACTICE)


def _candidates(steps: Sequence[NextStep], skills: dict[str, Skill]) -> list[Activity]:
    """The next unit of each class, and practice of skills that were asked there already."""
    found = []
    for step in steps:
        skill = str(step.skill_ids[0]) if step.skill_ids else None
        kind = Kind.CONTINUE if step.is_begun else Kind.NEXT_UNIT
        found.append(
            Activity(
                f"unit/{step.unit_id}",
                kind,
                skill=skill if skill in skills else None,
                position=step.position,
                progress=step.share_done,
            )
        )
        found += [
            Activity(
                f"practice/{step.unit_id}/{practised}",
                Kind.PRACTICE,
                skill=str(practised),
                position=step.position,
            )
            for practised in step.practised
            if str(practised) in skills
        ]
    return found


def _occasion(learner_id: UUID, steps: Sequence[NextStep], answers: int) -> str:
    state = "|".join(sorted(f"{s.unit_id}{s.is_begun}" for s in steps))
    said = f"{learner_id}{utcnow().date()}{answers}{state}"
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _draw(learner_id: UUID, occasion: str) -> float:
    """A number in [0, 1) that this occasion always gives, so that the log can be replayed."""
    digest = hashlib.sha256(f"{learner_id}/{occasion}".encode()).digest()
    return int.from_bytes(digest[:7]) / 2**56


def _remember(learner_id: UUID, occasion: str, chosen: Recommendation) -> None:
    known = sa.select(Recommended.id).where(
        Recommended.person_id == learner_id, Recommended.occasion == occasion
    )
    if db.session.scalar(known) is not None:
        return
    db.session.add(
        Recommended(
            person_id=learner_id,
            occasion=occasion,
            activity=chosen.activity.id,
            reason=chosen.reason.code,
            values=dict(chosen.reason.values),
            policy=chosen.policy,
            propensity=chosen.propensity,
        )
    )
    db.session.flush()
