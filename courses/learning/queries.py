"""Read progress: what is done, what is next."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from courses.assessment.models import Answer, ItemSkill, Quiz, QuizEntry
from courses.authoring.models import Unit, UnitKind
from courses.catalogue.models import ClassGroup
from courses.enrolment import queries as enrolments
from courses.enrolment.models import Enrolment, EnrolmentState
from courses.learning.models import UnitProgress
from edu.db import db, inside
from edu.errors import NotFound
from edu.i18n import LanguageMap
from edu.tenancy import queries as tenancy


@dataclass(frozen=True)
class Step:
    """A unit on the learner's way, and how far it is done."""

    unit: Unit
    progress: UnitProgress | None

    @property
    def is_done(self) -> bool:
        """True once the unit is completed."""
        return self.progress is not None and self.progress.completed_at is not None

    @property
    def is_begun(self) -> bool:
        """True while the unit is begun but not done."""
        return self.progress is not None and self.progress.completed_at is None


@dataclass(frozen=True)
class Way:
    """All the units of a class for one learner, in order."""

    steps: Sequence[Step]

    @property
    def required(self) -> list[Step]:
        """The steps that count for completing the module."""
        return [step for step in self.steps if step.unit.is_required]

    @property
    def done(self) -> int:
        """How many of the required steps are done."""
        return sum(step.is_done for step in self.required)

    @property
    def share(self) -> float:
        """How much of the required way is done, from 0 to 1."""
        return self.done / len(self.required) if self.required else 0.0

    @property
    def next(self) -> Step | None:
        """The begun step seen last, else the first required step not done."""
        begun = [step for step in self.steps if step.is_begun]
        if begun:
            return max(begun, key=lambda step: step.progress.seen_at)  # type: ignore[union-attr]
        return next((step for step in self.required if not step.is_done), None)

    def after(self, unit: Unit) -> Step | None:
        """The step that follows a unit on the way."""
        ids = [step.unit.id for step in self.steps]
        following = ids.index(unit.id) + 1 if unit.id in ids else len(ids)
        return self.steps[following] if following < len(ids) else None


def units_of(module_id: UUID) -> Sequence[Unit]:
    """List a module's published units, in order."""
    return db.session.scalars(
        sa.select(Unit)
        .where(Unit.module_id == module_id, Unit.published_version_id.is_not(None))
        .order_by(Unit.position)
    ).all()


def unit_of(group: ClassGroup, unit_id: UUID) -> Unit:
    """Find a published unit of the class's module. Raises NotFound."""
    found = db.session.scalar(
        sa.select(Unit).where(
            Unit.id == unit_id,
            Unit.module_id == group.module_id,
            Unit.published_version_id.is_not(None),
        )
    )
    if found is None:
        raise NotFound
    return found


def progress_in(enrolment: Enrolment, unit: Unit) -> UnitProgress | None:
    """Find how far the learner is in a unit."""
    return db.session.scalar(
        sa.select(UnitProgress).where(
            UnitProgress.enrolment_id == enrolment.id, UnitProgress.unit_id == unit.id
        )
    )


def way_across(enrolment: Enrolment) -> Way:
    """Give a learner's own way from a page outside the college (DESIGN decision 10)."""
    with inside(enrolment.tenant_id):
        return way_of(enrolment)


def way_of(enrolment: Enrolment) -> Way:
    """Give the learner's way through the class."""
    progress = {
        found.unit_id: found
        for found in db.session.scalars(
            sa.select(UnitProgress).where(UnitProgress.enrolment_id == enrolment.id)
        )
    }
    units = [u for u in units_of(enrolment.class_group.module_id) if u.kind != UnitKind.PAGE]
    return Way([Step(unit, progress.get(unit.id)) for unit in units])


@dataclass(frozen=True)
class NextStep:
    """Something a learner could do next, as plain values for who recommends.

    `skill_ids`: what the unit asks for; `practised`: what the class has asked for so far.
    """

    is_begun: bool
    place: str
    class_group_id: UUID
    unit_id: UUID
    title: LanguageMap
    module_title: LanguageMap
    skill_ids: tuple[UUID, ...]
    practised: tuple[UUID, ...]
    position: float
    share_done: float


def next_steps_of(learner_id: UUID) -> list[NextStep]:
    """Give the next step in each class a person studies, at every college (decision 10)."""
    found = []
    for enrolment in enrolments.of_learner(learner_id):
        if enrolment.state != EnrolmentState.ACTIVE:
            continue
        with inside(enrolment.tenant_id):
            way = way_of(enrolment)
            if step := way.next:
                found.append(_as_next(enrolment, way, step))
    return found


def _as_next(enrolment: Enrolment, way: Way, step: Step) -> NextStep:
    units = [one.unit.id for one in way.steps]
    return NextStep(
        is_begun=step.is_begun,
        place=tenancy.get(enrolment.tenant_id).code,
        class_group_id=enrolment.class_group_id,
        unit_id=step.unit.id,
        title=step.unit.title,
        module_title=enrolment.class_group.module.title,
        skill_ids=skills_of_unit(step.unit),
        practised=skills_practised(enrolment),
        position=units.index(step.unit.id) / len(units),
        share_done=way.share,
    )


def skills_of_unit(unit: Unit) -> tuple[UUID, ...]:
    """Name the skills that a unit's questions ask for, most asked first."""
    asked = db.session.execute(
        sa.select(ItemSkill.skill_id, sa.func.count())
        .join(QuizEntry, QuizEntry.item_id == ItemSkill.item_id)
        .join(Quiz, Quiz.id == QuizEntry.quiz_id)
        .where(Quiz.unit_id == unit.id)
        .group_by(ItemSkill.skill_id)
        .order_by(sa.func.count().desc(), ItemSkill.skill_id)
    )
    return tuple(skill_id for skill_id, _ in asked)


def skills_practised(enrolment: Enrolment) -> tuple[UUID, ...]:
    """Name the skills that a learner has answered questions about in a class."""
    asked = db.session.scalars(
        sa.select(ItemSkill.skill_id)
        .join(Answer, Answer.item_id == ItemSkill.item_id)
        .where(Answer.enrolment_id == enrolment.id)
        .distinct()
        .order_by(ItemSkill.skill_id)
    )
    return tuple(asked)


def done_in_class(group: ClassGroup) -> dict[UUID, int]:
    """Count the required units that each learner of a class has done, by enrolment."""
    rows = db.session.execute(
        sa.select(UnitProgress.enrolment_id, sa.func.count())
        .join(Unit, Unit.id == UnitProgress.unit_id)
        .join(Enrolment, Enrolment.id == UnitProgress.enrolment_id)
        .where(
            Enrolment.class_group_id == group.id,
            Unit.is_required,
            UnitProgress.completed_at.is_not(None),
        )
        .group_by(UnitProgress.enrolment_id)
    )
    return {enrolment_id: count for enrolment_id, count in rows}  # noqa: C416 - rows are not tuples
