"""Find skill needs. What verified employers publish is open, so every employer is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

import sqlalchemy as sa

from edu.accounts.models import Person
from edu.db import db
from edu.errors import NotFound
from edu.i18n import LanguageMap
from edu.taxonomy import queries as taxonomy
from edu.taxonomy.models import Occupation, Release, Skill, Status
from employer_portal.companies import queries as employers
from employer_portal.matching.core.titles import TitleIndex
from employer_portal.needs import policy
from employer_portal.needs.models import Contract, NeedSkill, NeedState, SkillNeed

LIKELIEST_OCCUPATIONS = 6


def get_for(visitor: Person | None, need_id: UUID) -> SkillNeed:
    """Find a need of any employer that the visitor may see. Raises NotFound."""
    found = find(need_id)
    if found is None:
        raise NotFound
    is_verified = employers.is_verified(found.tenant_id)
    if not policy.can_view(visitor, found, is_verified=is_verified):
        raise NotFound
    return found


def own(actor: Person, need_id: UUID) -> SkillNeed:
    """Find a need of the employer whose pages we are in, to work on it. Raises NotFound."""
    found = db.session.scalar(sa.select(SkillNeed).where(SkillNeed.id == need_id))
    if found is None or not policy.can_write(actor, found):
        raise NotFound
    return found


def find(need_id: UUID) -> SkillNeed | None:
    """Find a need of any employer, whoever asks; for jobs and subscribers."""
    return db.session.scalar(
        sa.select(SkillNeed).where(SkillNeed.id == need_id).execution_options(all_tenants=True)
    )


def by_ids(need_ids: Sequence[UUID]) -> dict[UUID, SkillNeed]:
    """Load open vacancies of any employer by id, for search results and suggestions."""
    found = db.session.scalars(
        sa.select(SkillNeed)
        .where(SkillNeed.id.in_(need_ids), policy.is_vacancy())
        .execution_options(all_tenants=True)
    )
    return {need.id: need for need in found}


def here(state: NeedState | None = None) -> sa.Select[SkillNeed]:
    """Select the needs of the employer whose pages we are in."""
    found = sa.select(SkillNeed)
    return found.where(SkillNeed.state == state) if state else found


def open_at(tenant_id: UUID) -> Sequence[SkillNeed]:
    """List the vacancies of one employer, newest first."""
    return db.session.scalars(
        sa.select(SkillNeed)
        .where(SkillNeed.tenant_id == tenant_id, policy.is_vacancy())
        .order_by(SkillNeed.published_at.desc())
        .execution_options(all_tenants=True)
    ).all()


def published_by(tenant_id: UUID) -> Sequence[SkillNeed]:
    """List what an employer has published and not closed."""
    return db.session.scalars(
        sa.select(SkillNeed)
        .where(SkillNeed.tenant_id == tenant_id, SkillNeed.state == NeedState.PUBLISHED)
        .execution_options(all_tenants=True)
    ).all()


def vacancies() -> sa.Select[SkillNeed]:
    """Select the open vacancies of every employer; run it with all_tenants."""
    return sa.select(SkillNeed).where(policy.is_vacancy())


@dataclass(frozen=True)
class Opening:
    """What an open vacancy asks for, without its words: enough to weigh many of them."""

    id: UUID
    essential: frozenset[str]
    optional: frozenset[str]
    place_code: str
    contract: Contract | None
    minimum_age: int


def openings_asking(skill_ids: Sequence[UUID], limit: int) -> list[Opening]:
    """List the open vacancies that ask for most of these skills, at most so many."""
    shared = sa.func.count()
    heads = db.session.execute(
        sa.select(SkillNeed.id, SkillNeed.place_code, SkillNeed.contract, SkillNeed.minimum_age)
        .join(NeedSkill, NeedSkill.need_id == SkillNeed.id)
        .where(NeedSkill.skill_id.in_(skill_ids), policy.is_vacancy())
        .group_by(SkillNeed.id)
        .order_by(shared.desc(), SkillNeed.id.desc())
        .limit(limit)
        .execution_options(all_tenants=True)
    ).all()
    asked = db.session.execute(
        sa.select(NeedSkill.need_id, Skill.code, NeedSkill.is_essential)
        .join(Skill, Skill.id == NeedSkill.skill_id)
        .where(NeedSkill.need_id.in_([head.id for head in heads]))
        .execution_options(all_tenants=True)
    )
    codes: dict[UUID, tuple[set[str], set[str]]] = {head.id: (set(), set()) for head in heads}
    for need_id, code, is_essential in asked:
        codes[need_id][not is_essential].add(code)
    return [
        Opening(
            id=head.id,
            essential=frozenset(codes[head.id][0]),
            optional=frozenset(codes[head.id][1]),
            place_code=head.place_code,
            contract=head.contract,
            minimum_age=head.minimum_age,
        )
        for head in heads
    ]


def demand(skill_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Count the open needs, outlooks too, that ask for each of these skills."""
    rows = db.session.execute(
        sa.select(NeedSkill.skill_id, sa.func.count())
        .join(SkillNeed, SkillNeed.id == NeedSkill.need_id)
        .where(NeedSkill.skill_id.in_(skill_ids), policy.is_open())
        .group_by(NeedSkill.skill_id)
        .execution_options(all_tenants=True)
    ).all()
    return dict(rows)


@dataclass(frozen=True)
class SkillDemand:
    """A skill, how many open needs ask for it, and for how many people."""

    code: str
    label: LanguageMap
    needs: int
    openings: int


def skill_demand(limit: int = 50) -> list[SkillDemand]:
    """Count what open needs of all employers ask for, outlooks too, the most wanted first."""
    openings = sa.func.sum(SkillNeed.openings)
    rows = db.session.execute(
        sa.select(Skill, sa.func.count(), openings)
        .join(NeedSkill, NeedSkill.skill_id == Skill.id)
        .join(SkillNeed, SkillNeed.id == NeedSkill.need_id)
        .where(policy.is_open())
        .group_by(Skill.id)
        .order_by(openings.desc(), Skill.code)
        .limit(limit)
        .execution_options(all_tenants=True)
    ).all()
    return [SkillDemand(skill.code, skill.label, count, total) for skill, count, total in rows]


def open_needs() -> int:
    """Count the open needs of all employers, outlooks too."""
    counted = sa.select(sa.func.count(SkillNeed.id)).where(policy.is_open())
    return db.session.scalar(counted.execution_options(all_tenants=True)) or 0


# Titles ---------------------------------------------------------------------------------------


def occupations_for(title: str) -> list[Occupation]:
    """Find the occupations that a job title may mean, likeliest first; accents may be left out."""
    if not title.strip():
        return []
    links = _title_index(latest_release()).search(title, LIKELIEST_OCCUPATIONS)
    ids = [UUID(link.concept) for link in links]
    found = {
        occupation.id: occupation
        for occupation in db.session.scalars(sa.select(Occupation).where(Occupation.id.in_(ids)))
    }
    return [found[key] for key in ids if key in found]


def latest_release() -> UUID | None:
    """Name the present state of the taxonomy; what is worked out from it is kept until the next."""
    return db.session.scalar(sa.select(Release.id).order_by(Release.number.desc()).limit(1))


@lru_cache(maxsize=1)
def _title_index(_release: UUID | None) -> TitleIndex:
    """Index the names of all occupations; made once for each release of the taxonomy."""
    rows = db.session.scalars(sa.select(Occupation).where(Occupation.status == Status.ACTIVE))
    return TitleIndex(
        (str(occupation.id), name) for occupation in rows for name in occupation.names
    )


def skills_taken_by(occupation: Occupation, limit: int = 6) -> list[tuple[Skill, bool]]:
    """Suggest skills for a need: those the occupation takes, with whether they are essential."""
    taken = taxonomy.skills_of(occupation)
    essential = [entry for entry in taken if entry.is_essential][:limit]
    useful = [entry for entry in taken if not entry.is_essential][: limit // 2]
    return [(entry.skill, entry.is_essential) for entry in [*essential, *useful]]
