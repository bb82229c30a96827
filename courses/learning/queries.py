"""Read progress: what is done, what is next."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from courses.assessment.models import Answer, ItemSkill, Quiz, QuizEntry
from courses.authoring.models import Unit, UnitKind
from courses.catalogue.models import ClassGroup
from courses.enrolment import queries as enrolments
from courses.enrolment.models import Enrolment, EnrolmentState
from courses.learning.models import UnitProgress
from courses.programmes import queries as programmes
from edu.db import db
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

    def position_of(self, step: Step) -> float:
        """Where a step stands on the way, from 0 for the first up to 1."""
        return self.steps.index(step) / len(self.steps)

    def after(self, unit: Unit) -> Step | None:
        """The step that follows a unit on the way."""
        ids = [step.unit.id for step in self.steps]
        following = ids.index(unit.id) + 1 if unit.id in ids else len(ids)
        return self.steps[following] if following < len(ids) else None


def units_of(module_id: UUID) -> Sequence[Unit]:
    """List a module's published units, in order."""
    return db.session.scalars(_published_units().where(Unit.module_id == module_id)).all()


def _published_units() -> sa.Select[Unit]:
    return sa.select(Unit).where(Unit.published_version_id.is_not(None)).order_by(Unit.position)


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


def ways_across(places: Sequence[Enrolment]) -> dict[UUID, Way]:
    """Give a learner's own ways through classes of any college, by enrolment.

    Two queries, however many classes: a start page shows them all (DESIGN decision 10).
    """
    module_ids = {place.class_group.module_id for place in places}
    units: defaultdict[UUID, list[Unit]] = defaultdict(list)
    for unit in db.session.scalars(
        _published_units().where(Unit.module_id.in_(module_ids)).execution_options(all_tenants=True)
    ):
        if unit.kind != UnitKind.PAGE:
            units[unit.module_id].append(unit)
    progress: defaultdict[UUID, dict[UUID, UnitProgress]] = defaultdict(dict)
    for found in db.session.scalars(
        sa.select(UnitProgress)
        .where(UnitProgress.enrolment_id.in_([place.id for place in places]))
        .execution_options(all_tenants=True)
    ):
        progress[found.enrolment_id][found.unit_id] = found
    return {
        place.id: Way(
            [
                Step(unit, progress[place.id].get(unit.id))
                for unit in units[place.class_group.module_id]
            ]
        )
        for place in places
    }


def way_of(enrolment: Enrolment) -> Way:
    """Give the learner's way through the class."""
    return ways_across([enrolment])[enrolment.id]


@dataclass(frozen=True)
class NextStep:
    """Something a learner could do next, as plain values for who recommends.

    `skill_ids`: what the unit asks for; `practised`: what the class has asked for so far;
    `requires`: what the module builds on, of earlier modules that the learner has not completed.
    """

    is_begun: bool
    place: str
    class_group_id: UUID
    unit_id: UUID
    title: LanguageMap
    module_title: LanguageMap
    skill_ids: tuple[UUID, ...]
    practised: tuple[UUID, ...]
    requires: tuple[UUID, ...]
    position: float
    share_done: float


def next_steps_of(learner_id: UUID) -> list[NextStep]:
    """Give the next step in each class a person studies, at every college (decision 10).

    The same handful of queries however many classes there are.
    """
    mine = enrolments.of_learner(learner_id)
    places = [place for place in mine if place.state == EnrolmentState.ACTIVE]
    ways = ways_across(places)
    steps = {place.id: step for place in places if (step := ways[place.id].next)}
    asked = _skills_asked([step.unit.id for step in steps.values()])
    practised = _skills_practised(list(steps))
    required = _skills_required(mine)
    colleges = tenancy.named({place.tenant_id for place in places})
    return [
        NextStep(
            is_begun=step.is_begun,
            place=colleges[place.tenant_id].code,
            class_group_id=place.class_group_id,
            unit_id=step.unit.id,
            title=step.unit.title,
            module_title=place.class_group.module.title,
            skill_ids=tuple(asked[step.unit.id]),
            practised=tuple(practised[place.id]),
            requires=tuple(required[place.class_group.module_id]),
            position=ways[place.id].position_of(step),
            share_done=ways[place.id].share,
        )
        for place in places
        if (step := steps.get(place.id))
    ]


def _skills_asked(unit_ids: Sequence[UUID]) -> defaultdict[UUID, list[UUID]]:
    """Name the skills that each unit's questions ask for, most asked first."""
    times = sa.func.count()
    rows = db.session.execute(
        sa.select(Quiz.unit_id, ItemSkill.skill_id)
        .join(QuizEntry, QuizEntry.quiz_id == Quiz.id)
        .join(ItemSkill, ItemSkill.item_id == QuizEntry.item_id)
        .where(Quiz.unit_id.in_(unit_ids))
        .group_by(Quiz.unit_id, ItemSkill.skill_id)
        .order_by(times.desc(), ItemSkill.skill_id)
        .execution_options(all_tenants=True)
    )
    return _listed(rows)


def _skills_practised(enrolment_ids: Sequence[UUID]) -> defaultdict[UUID, list[UUID]]:
    """Name the skills that a learner has answered questions about, for each place in a class."""
    rows = db.session.execute(
        sa.select(Answer.enrolment_id, ItemSkill.skill_id)
        .join(ItemSkill, ItemSkill.item_id == Answer.item_id)
        .where(Answer.enrolment_id.in_(enrolment_ids))
        .distinct()
        .order_by(ItemSkill.skill_id)
        .execution_options(all_tenants=True)
    )
    return _listed(rows)


def _skills_required(mine: Sequence[Enrolment]) -> defaultdict[UUID, list[UUID]]:
    """Name the skills that modules build on, less those of earlier modules completed by now."""
    completed = {
        (place.tenant_id, place.class_group.module.code)
        for place in mine
        if place.state == EnrolmentState.COMPLETED
    }
    return _listed(
        (found.module_id, found.skill_id)
        for found in programmes.foundations_of({place.class_group.module_id for place in mine})
        if (found.college_id, found.earlier_code) not in completed
    )


def _listed(pairs: Iterable[tuple[UUID, UUID]]) -> defaultdict[UUID, list[UUID]]:
    lists: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for key, value in pairs:
        lists[key].append(value)
    return lists


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
