"""Learn from what the demo's crowd answered, then work out every figure anew."""

from collections.abc import Callable, Iterable, Iterator
from uuid import UUID

import sqlalchemy as sa

from analytics.indicators import jobs
from analytics.mastery import service as mastery
from analytics.mastery.core import estimate
from analytics.mastery.models import GeneralAbility, ItemDifficulty, SkillAbility
from analytics.mastery.service import Observed
from courses.public import ItemAnswered, answers_of
from edu.batches import batches
from edu.db import Base, db, unit_of_work
from edu.demo import bulk
from edu.demo.crowd import cohorts
from edu.jobs import refresh_statistics

COHORTS_AT_ONCE = 30


def plant(size: int, say: Callable[[str], None]) -> None:
    """Estimate what the last so many learners know; then indicators and dashboards follow."""
    items = {
        row.item_id: estimate.Item(row.difficulty, row.variance, row.answers)
        for row in db.session.scalars(sa.select(ItemDifficulty))
    }
    for some in batches(cohorts(size), COHORTS_AT_ONCE):
        learners = [learner.id for cohort in some for learner in cohort.learners]
        with unit_of_work():
            bulk.write(_estimates(answers_of(learners), items))
    with unit_of_work():
        _keep(items)
    say("  working out indicators and dashboards …")
    refresh_statistics()
    jobs.work_out_all()


def _estimates(answers: Iterable[ItemAnswered], items: dict[UUID, estimate.Item]) -> Iterator[Base]:
    """Take answers in as `mastery.observe` does, everybody's in their order."""
    generals: dict[UUID, estimate.General] = {}
    known: dict[tuple[UUID, UUID], estimate.Skill] = {}
    for answer in answers:
        if not answer.skill_ids:
            continue
        names = [(answer.learner_id, skill_id) for skill_id in answer.skill_ids]
        after = estimate.update(
            estimate.State(
                generals.get(answer.learner_id, estimate.General()),
                tuple(known.get(name, estimate.Skill()) for name in names),
                items.get(answer.item_id, estimate.Item()),
            ),
            answer.score,
            answer.shown_at,
        )
        generals[answer.learner_id], items[answer.item_id] = after.general, after.item
        for name, learned in zip(names, after.skills, strict=True):
            known[name] = learned
            yield bulk.fresh(mastery.step(_seen(answer), name[1], after.general, learned))
    for person_id, (precision, shift) in generals.items():
        yield bulk.fresh(GeneralAbility(person_id=person_id, precision=precision, shift=shift))
    for (person_id, skill_id), learned in known.items():
        yield bulk.fresh(SkillAbility(person_id=person_id, skill_id=skill_id, **learned._asdict()))


def _seen(answer: ItemAnswered) -> Observed:
    return Observed(
        answer_id=answer.answer_id,
        person_id=answer.learner_id,
        item_id=answer.item_id,
        skill_ids=answer.skill_ids,
        score=answer.score,
        shown_at=answer.shown_at,
        answered_at=answer.answered_at,
    )


def _keep(items: dict[UUID, estimate.Item]) -> None:
    """Store how hard the questions have proved."""
    rows = {row.item_id: row for row in db.session.scalars(sa.select(ItemDifficulty))}
    for item_id, item in items.items():
        row = rows.get(item_id) or ItemDifficulty(item_id=item_id)
        row.difficulty, row.variance, row.answers = item
        db.session.add(row)
