"""What a choice depends on, and what was chosen."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from analytics.mastery import queries as mastery
from analytics.mastery.core import estimate
from analytics.recommendation.core.activity import Activity, Kind, Skill
from analytics.recommendation.core.choose import Policy
from analytics.recommendation.models import Recommended
from courses.public import NextStep, next_steps_of
from edu.db import db, today, utcnow
from edu.i18n import LanguageMap
from edu.taxonomy import models as taxonomy

POLICY = Policy()


@dataclass(frozen=True)
class Situation:
    """Where a learner stands: what could be done next, and what is known of the skills in it.

    `options` and `steps` are keyed by the activity's id, `skills` and `labels` by the skill's.
    On one `occasion` (day, progress, answers) the options are the same.
    """

    learner_id: UUID
    occasion: str
    options: Mapping[str, Activity]
    steps: Mapping[str, NextStep]
    skills: Mapping[str, Skill]
    labels: Mapping[str, LanguageMap]


def situation_of(learner_id: UUID) -> Situation:
    """Look at everything the learner studies; the same number of queries however much it is."""
    steps = next_steps_of(learner_id)
    known = {str(entry.skill.id): entry for entry in mastery.of_person(learner_id)}
    skills = _skills(learner_id, steps, known)
    options: dict[str, Activity] = {}
    step_of: dict[str, NextStep] = {}
    for step in steps:
        for activity in [_lesson(step, skills), *_exercises(step, skills, known)]:
            options[activity.id] = activity
            step_of[activity.id] = step
    return Situation(
        learner_id=learner_id,
        occasion=_occasion(options, sum(entry.answers for entry in known.values())),
        options=options,
        steps=step_of,
        skills=skills,
        labels=_labels(skills),
    )


def shown_on(situation: Situation) -> Recommended | None:
    """What was recommended on this occasion already, if anything was."""
    return db.session.scalar(
        sa.select(Recommended).where(
            Recommended.person_id == situation.learner_id,
            Recommended.occasion == situation.occasion,
        )
    )


def _skills(
    learner_id: UUID, steps: Sequence[NextStep], known: Mapping[str, mastery.Known]
) -> dict[str, Skill]:
    """What is known of each skill; for one that is new, what the others suggest."""
    results = mastery.latest_results(learner_id)
    general = mastery.general_of(learner_id)
    guess = estimate.mastery(estimate.ability(general, estimate.Skill(), utcnow())).probability
    requires = _requires(steps)
    asked = {str(step.skill_ids[0]) for step in steps if step.skill_ids}
    fresh = asked.union(*requires.values()) - known.keys()
    return {key: Skill(mastery=guess, requires=requires.get(key, ())) for key in sorted(fresh)} | {
        key: Skill(
            mastery=entry.mastery.probability,
            results=tuple(float(right) for right in results.get(entry.skill.id, ())),
            answers=entry.answers,
            requires=requires.get(key, ()),
        )
        for key, entry in known.items()
    }


def _requires(steps: Sequence[NextStep]) -> dict[str, tuple[str, ...]]:
    """Which skills come before each skill of a step: what its module builds on, and is not it."""
    before: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for step in steps:
        own = {str(skill_id) for skill_id in (*step.skill_ids, *step.practised)}
        for key in own:
            before[key].update(dict.fromkeys(map(str, step.requires)))
    return {key: tuple(one for one in found if one != key) for key, found in before.items()}


def _lesson(step: NextStep, skills: Mapping[str, Skill]) -> Activity:
    """The next unit. What it teaches may be known already: it is on the way all the same."""
    kind = Kind.CONTINUE if step.is_begun else Kind.NEXT_UNIT
    skill = str(step.skill_ids[0]) if step.skill_ids else None
    return Activity(
        f"{kind}/{step.class_group_id}/{step.unit_id}",
        kind,
        skill=skill if skill and skills[skill].mastery < POLICY.mastered else None,
        position=step.position,
        progress=step.share_done,
    )


def _exercises(
    step: NextStep, skills: Mapping[str, Skill], known: Mapping[str, mastery.Known]
) -> list[Activity]:
    """Practice of what the class has asked so far: what is not mastered, and what may fade."""
    found = []
    for skill in (str(skill_id) for skill_id in step.practised):
        if skill not in known:  # its answers have not been counted yet
            continue
        overdue = _days_since(known[skill]) - POLICY.review_days
        if skills[skill].mastery < POLICY.mastered:
            kind = Kind.PRACTICE
        elif overdue >= 0:
            kind = Kind.REVIEW
        else:
            continue
        found.append(
            Activity(
                f"{kind}/{step.class_group_id}/{skill}",
                kind,
                skill=skill,
                position=step.position,
                overdue_days=max(overdue, 0.0),
            )
        )
    return found


def _days_since(entry: mastery.Known) -> float:
    return (utcnow() - entry.seen_at).total_seconds() / estimate.SECONDS_A_DAY


def _labels(skills: Mapping[str, Skill]) -> dict[str, LanguageMap]:
    rows = db.session.execute(
        sa.select(taxonomy.Skill.id, taxonomy.Skill.label).where(
            taxonomy.Skill.id.in_([UUID(key) for key in skills])
        )
    )
    return {str(skill_id): label for skill_id, label in rows}


def _occasion(options: Mapping[str, Activity], answers: int) -> str:
    said = f"{today()} {answers} {' '.join(sorted(options))}"
    return hashlib.sha256(said.encode()).hexdigest()
