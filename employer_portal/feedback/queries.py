"""What employers miss and ask for, laid beside what a college teaches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from courses.public import ModuleCard, modules_at
from edu.db import db, utcnow
from edu.i18n import LanguageMap
from edu.taxonomy.models import Skill
from employer_portal.feedback.models import Feedback, SkillLack
from employer_portal.needs import queries as needs
from employer_portal.needs.models import SkillNeed

RECENT = timedelta(days=730)
"""What was said longer ago was said about other curricula."""


@dataclass(frozen=True)
class Echo:
    """A skill, how many employers said that newcomers lack it, and how many open needs ask."""

    skill: Skill
    employers: int
    needs: int


@dataclass(frozen=True)
class ModuleEcho:
    """A module, once for all programmes that hold it, and what is said of the skills it builds."""

    code: str
    title: LanguageMap
    echoes: Sequence[Echo]

    @property
    def employers(self) -> int:
        """The most employers that miss any one of its skills."""
        return max(echo.employers for echo in self.echoes)


@dataclass(frozen=True)
class CollegeEcho:
    """What is said of a college's modules, and which missed skills it does not teach at all."""

    modules: Sequence[ModuleEcho]
    untaught: Sequence[Echo]


def about(need: SkillNeed) -> Feedback | None:
    """Find what the employer said about a need."""
    return db.session.scalar(sa.select(Feedback).where(Feedback.need_id == need.id))


def _by_code(cards: Sequence[ModuleCard]) -> dict[str, list[ModuleCard]]:
    found: dict[str, list[ModuleCard]] = {}
    for card in cards:
        found.setdefault(card.code, []).append(card)
    return found


def _module_echo(same: Sequence[ModuleCard], echoes: Mapping[str, Echo]) -> ModuleEcho:
    codes = sorted({code for card in same for code in card.skill_codes})
    heard = [echoes[code] for code in codes if code in echoes]
    return ModuleEcho(same[0].code, same[0].title, heard)


def missed() -> dict[UUID, int]:
    """Count, for each skill, the employers that said of late that newcomers lack it.

    Crosses tenants: only counts leave (DESIGN decision 10).
    """
    rows = db.session.execute(
        sa.select(SkillLack.skill_id, sa.func.count(sa.distinct(Feedback.tenant_id)))
        .join(Feedback, Feedback.id == SkillLack.feedback_id)
        .where(Feedback.created_at > utcnow() - RECENT)
        .group_by(SkillLack.skill_id)
        .execution_options(all_tenants=True)
    ).all()
    return dict(rows)


def heard_at(organisation_id: UUID) -> CollegeEcho:
    """Lay what employers miss beside the modules in force at a college, the most missed first."""
    cards = modules_at(organisation_id)
    counts = missed()
    found = db.session.scalars(sa.select(Skill).where(Skill.id.in_(counts))).all()
    demand = needs.demand([skill.id for skill in found])
    echoes = {skill.code: Echo(skill, counts[skill.id], demand.get(skill.id, 0)) for skill in found}
    modules = [_module_echo(same, echoes) for same in _by_code(cards).values()]
    taught = {code for card in cards for code in card.skill_codes}
    untaught = [echo for code, echo in echoes.items() if code not in taught]
    return CollegeEcho(
        sorted((one for one in modules if one.echoes), key=lambda one: -one.employers),
        sorted(untaught, key=lambda echo: (-echo.employers, -echo.needs, echo.skill.code)),
    )
