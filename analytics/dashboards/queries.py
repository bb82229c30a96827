"""Read what dashboards show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

import sqlalchemy as sa
from pydantic import ValidationError

from analytics.dashboards import policy
from analytics.dashboards.core.attention import Learner, Sign, concerns
from analytics.dashboards.core.parts import College, Communes, Days, Gaps, Modules, Part
from analytics.dashboards.models import DashboardPart, PartName, QuietLearner
from analytics.indicators import queries as indicators
from analytics.indicators.core.indicator_set import Indicator, in_force
from analytics.mastery import queries as mastery
from courses.public import ClassStanding, LearnerStanding, classes_of
from edu.accounts import queries as accounts
from edu.accounts.models import Person
from edu.db import db, today, utcnow
from edu.taxonomy.models import Skill
from edu.tenancy import queries as tenancy
from edu.tenancy.models import Organisation, OrganisationKind

P = TypeVar("P", bound=Part)


def find(organisation_id: UUID, name: PartName) -> DashboardPart | None:
    """Find a part as it is stored."""
    return db.session.scalar(
        sa.select(DashboardPart).where(
            DashboardPart.organisation_id == organisation_id, DashboardPart.name == name
        )
    )


KINDS: Mapping[PartName, type[Part]] = {
    PartName.COLLEGE: College,
    PartName.DAYS: Days,
    PartName.MODULES: Modules,
    PartName.COMMUNES: Communes,
    PartName.GAPS: Gaps,
}


@dataclass(frozen=True)
class Drawn:
    """A dashboard as it is stored; `unreadable` when a part is not as we would store it."""

    parts: Mapping[type[Part], Part]
    unreadable: bool

    def part(self, kind: type[P]) -> P:
        """Give a part; an empty one where there is none that we can read."""
        found = self.parts.get(kind)
        return found if isinstance(found, kind) else kind()


def drawn(organisation_id: UUID) -> Drawn:
    """Read a dashboard. What another version of the program stored may be unreadable to us."""
    parts: dict[type[Part], Part] = {}
    unreadable = False
    for row in db.session.scalars(
        sa.select(DashboardPart).where(DashboardPart.organisation_id == organisation_id)
    ):
        kind = KINDS[row.name]
        try:
            parts[kind] = kind.model_validate(row.content)
        except ValidationError:
            unreadable = True
    return Drawn(parts, unreadable)


def quiet_to(actor: Person) -> Sequence[QuietLearner]:
    """List who went quiet at the college we are in, the quietest first, as far as one may know."""
    return db.session.scalars(
        sa.select(QuietLearner)
        .where(policy.visible_to(actor))
        .order_by(QuietLearner.last_active_at, QuietLearner.id)
    ).all()


# The province ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Comparison:
    """The colleges side by side: for each indicator the newest value of each; None: none yet."""

    colleges: tuple[Organisation, ...]
    lines: tuple[tuple[Indicator, tuple[float | None, ...]], ...]


def comparison() -> Comparison:
    """Put the colleges beside each other, by code, with the indicators that colleges have."""
    values: dict[tuple[str, UUID], float] = {
        (row.indicator, row.organisation_id): row.value
        for row in indicators.newest()
        if row.organisation.kind == OrganisationKind.COLLEGE
    }
    present = {code for code, _college in values}
    colleges = tuple(tenancy.of_kind(OrganisationKind.COLLEGE))
    return Comparison(
        colleges,
        tuple(
            (indicator, tuple(values.get((indicator.code, college.id)) for college in colleges))
            for indicator in in_force(today()).indicators
            if indicator.code in present
        ),
    )


# Teaching -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NeedsHelp:
    """A learner of one's class who needs help now, with the signs and the skills that are weak."""

    person: Person
    signs: tuple[tuple[Sign, int], ...]
    weak: tuple[Skill, ...]


@dataclass(frozen=True)
class ClassView:
    """A class as its teacher sees it at a glance."""

    standing: ClassStanding
    needing: tuple[NeedsHelp, ...]

    @property
    def lessons_each(self) -> float:
        """How many lessons a learner has done on average."""
        done = [learner.lessons_done for learner in self.standing.learners]
        return sum(done) / len(done) if done else 0.0


def taught_by(teacher: Person) -> list[ClassView]:
    """Look at the classes that a person teaches here now; at nobody else's."""
    standings = classes_of(teacher.id)
    learner_ids = {one.learner_id for standing in standings for one in standing.learners}
    people = accounts.named(list(learner_ids))
    skill_ids = {skill_id for standing in standings for skill_id in standing.skill_ids}
    weak = mastery.weak_in(learner_ids, skill_ids)
    return [ClassView(standing, _needing(standing, people, weak)) for standing in standings]


def _needing(
    standing: ClassStanding, people: dict[UUID, Person], weak: dict[UUID, list[Skill]]
) -> tuple[NeedsHelp, ...]:
    """Only skills that this very class asks for count in it."""
    asked = set(standing.skill_ids)
    skills = {
        learner.learner_id: tuple(s for s in weak.get(learner.learner_id, []) if s.id in asked)
        for learner in standing.learners
    }
    found = concerns(
        [_seen(one, standing.lessons, len(skills[one.learner_id])) for one in standing.learners]
    )
    return tuple(
        NeedsHelp(people[UUID(one.learner_id)], one.signs, skills[UUID(one.learner_id)])
        for one in found
    )


def _seen(standing: LearnerStanding, lessons: int, weak: int) -> Learner:
    return Learner(
        id=str(standing.learner_id),
        lessons_done=standing.lessons_done,
        lessons_left=lessons - standing.lessons_done,
        days_quiet=(utcnow() - standing.last_active_at).days,
        has_begun=standing.last_active_at > standing.enrolled_at,
        weak=weak,
    )
