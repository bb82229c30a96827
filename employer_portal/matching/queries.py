"""Read who fits what, and why.

Employers read the table of candidates. A learner's own list is worked out when asked for, from the
vacancies that share most skills with them: nothing of it is kept, and its cost does not grow with
the number of learners, nor beyond `CONSIDERED` vacancies.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from uuid import UUID

import sqlalchemy as sa

from courses.public import (
    ClassCard,
    ModuleCard,
    certificates_of,
    classes_open_for,
    classes_studied_by,
    modules_teaching,
)
from edu.accounts.models import Person
from edu.db import db, today
from edu.taxonomy import queries as taxonomy
from edu.taxonomy.models import Occupation, OccupationSkill, Skill, Source
from employer_portal.matching import policy
from employer_portal.matching.core.gap import Module, Step, best_module, smallest_set
from employer_portal.matching.core.match import (
    Claim,
    Evidence,
    Match,
    Need,
    Profile,
    blocked_by,
    match,
    rarity,
)
from employer_portal.matching.models import Candidate
from employer_portal.needs import policy as allowed
from employer_portal.needs import queries as needs
from employer_portal.needs.models import SkillNeed
from employer_portal.needs.queries import Opening
from employer_portal.profiles import policy as showing
from employer_portal.profiles import queries as profiles
from employer_portal.profiles.models import Profile as ProfileRow
from employer_portal.profiles.models import ProfileSkill

CONSIDERED = 200
"""How many vacancies are weighed for one learner, those that share most skills first."""


@dataclass(frozen=True)
class Fit:
    """A need, what somebody has, and how well the two fit."""

    need: SkillNeed
    profile: Profile
    match: Match

    @property
    def skills(self) -> Mapping[str, Skill]:
        """The skills that the need asks for, by code."""
        return {entry.skill.code: entry.skill for entry in self.need.skills}

    @property
    def held(self) -> list[Skill]:
        """Skills that are well proven."""
        return [self.skills[code] for code in self.match.held]

    @property
    def partly(self) -> list[Skill]:
        """Skills with some evidence."""
        return [self.skills[code] for code in self.match.partly_held]

    @property
    def missing(self) -> list[Skill]:
        """Essential skills without any evidence, then optional ones."""
        codes = [*self.match.missing_essential, *self.match.missing_optional]
        return [self.skills[code] for code in codes]

    @property
    def essential_missing(self) -> list[Skill]:
        """Essential skills without any evidence."""
        return [self.skills[code] for code in self.match.missing_essential]


# Rows as the core reads them ------------------------------------------------------------------


def as_need(need: SkillNeed) -> Need:
    """Give a need as the core weighs it."""
    return Need(
        essential=frozenset(skill.code for skill in need.essential),
        optional=frozenset(skill.code for skill in need.optional),
        place=need.place_code or None,
        contract=need.contract.value if need.contract else None,
    )


def as_opening(opening: Opening) -> Need:
    """Give an open vacancy as the core weighs it."""
    contract = opening.contract.value if opening.contract else None
    return Need(opening.essential, opening.optional, opening.place_code or None, contract)


def as_profile(profile: ProfileRow) -> Profile:
    """Give what is shown as the core weighs it."""
    claims = [Claim(entry.skill.code, entry.evidence, entry.low) for entry in profile.skills]
    return Profile(tuple(claims), frozenset(profile.places), frozenset(profile.contracts))


def own_profile(person: Person) -> Profile:
    """Give all that a person has, shown to others or not; for the person's own eyes."""
    row = profiles.of(person.id)
    shown = as_profile(row) if row else Profile()
    proven = [
        Claim(code, Evidence.CREDENTIAL)
        for card in certificates_of(person.id)
        if card.is_valid
        for code in card.skill_codes
    ]
    return Profile((*shown.claims, *proven), shown.places, shown.contracts)


def weights() -> Mapping[str, float]:
    """How much each skill counts: rare ones more than those that every occupation takes."""
    return _weights(needs.latest_release())


@lru_cache(maxsize=1)
def _weights(_release: UUID | None) -> Mapping[str, float]:
    uses = db.session.execute(
        sa.select(Skill.code, sa.func.count())
        .join(OccupationSkill, OccupationSkill.skill_id == Skill.id)
        .where(OccupationSkill.source == Source.OURS)
        .group_by(Skill.code)
    ).all()
    occupations = db.session.scalar(
        sa.select(sa.func.count()).where(Occupation.source == Source.OURS)
    )
    return MappingProxyType(rarity(dict(uses), occupations or 0))


# For employers --------------------------------------------------------------------------------


def best_candidates(actor: Person, need: SkillNeed, limit: int) -> Sequence[Candidate]:
    """List the candidates for a need of the employer whose pages we are in, the best first."""
    return db.session.scalars(
        _candidates(actor, need).order_by(Candidate.score.desc(), Candidate.id).limit(limit)
    ).all()


def count_candidates(actor: Person, need: SkillNeed) -> int:
    """Count the candidates for a need."""
    found = _candidates(actor, need).with_only_columns(sa.func.count()).order_by(None)
    return db.session.scalar(found) or 0


def _candidates(actor: Person, need: SkillNeed) -> sa.Select[Candidate]:
    return (
        sa.select(Candidate)
        .join(SkillNeed, SkillNeed.id == Candidate.need_id)
        .join(ProfileRow, ProfileRow.id == Candidate.profile_id)
        .where(Candidate.need_id == need.id, policy.visible_to(actor))
    )


def fits_of(shown: Sequence[ProfileRow], need: SkillNeed) -> list[Fit]:
    """Work out how, and why, shown profiles fit a need."""
    counting = weights()
    return [_fit(as_profile(profile), need, counting) for profile in shown]


@dataclass(frozen=True)
class Claims:
    """What the table of candidates is made from: one profile, cut down to a need's skills."""

    profile_id: UUID
    birth_date: date | None
    profile: Profile


def claims_on(need: SkillNeed) -> list[Claims]:
    """Read what findable people show of a need's skills, without loading their profiles whole."""
    skill_ids = [entry.skill_id for entry in need.skills]
    rows = db.session.execute(
        sa.select(ProfileSkill.profile_id, Skill.code, ProfileSkill.evidence, ProfileSkill.low)
        .join(Skill, Skill.id == ProfileSkill.skill_id)
        .join(ProfileRow, ProfileRow.id == ProfileSkill.profile_id)
        .where(ProfileSkill.skill_id.in_(skill_ids), showing.findable())
    ).all()
    claims: dict[UUID, list[Claim]] = {}
    for profile_id, code, evidence, low in rows:
        claims.setdefault(profile_id, []).append(Claim(code, evidence, low))
    people = db.session.execute(
        sa.select(ProfileRow.id, ProfileRow.places, ProfileRow.contracts, Person.birth_date)
        .join(Person, Person.id == ProfileRow.person_id)
        .where(ProfileRow.id.in_(_holders(skill_ids)), showing.findable())
    ).all()
    return [
        Claims(
            profile_id,
            birth_date,
            Profile(tuple(claims[profile_id]), frozenset(places), frozenset(contracts)),
        )
        for profile_id, places, contracts, birth_date in people
        if profile_id in claims
    ]


def _holders(skill_ids: Sequence[UUID]) -> sa.Select[UUID]:
    return sa.select(ProfileSkill.profile_id).where(ProfileSkill.skill_id.in_(skill_ids))


def scores_of(
    profile: Profile, birth_date: date | None, skill_ids: Sequence[UUID], limit: int
) -> dict[UUID, float]:
    """Score the open vacancies that share most skills with a profile, by need."""
    day, counting = today(), weights()
    weighed = [(one, as_opening(one)) for one in needs.openings_asking(skill_ids, limit)]
    return {
        one.id: match(profile, need, counting).score
        for one, need in weighed
        if allowed.is_old_enough(birth_date, one.minimum_age, day) and not blocked_by(profile, need)
    }


# For learners ---------------------------------------------------------------------------------


def suggestions(person: Person, limit: int = 6) -> list[Fit]:
    """List the open vacancies that fit a person best, for their own eyes."""
    profile = own_profile(person)
    skills = taxonomy.skills_by_codes([claim.skill for claim in profile.claims])
    if not skills:
        return []
    scores = scores_of(profile, person.birth_date, [skill.id for skill in skills], CONSIDERED)
    best = sorted(scores, key=lambda need_id: (-scores[need_id], need_id))[:limit]
    found, counting = needs.by_ids(best), weights()
    return [_fit(profile, found[need_id], counting) for need_id in best]


def fit_for(person: Person, need: SkillNeed) -> Fit:
    """Work out how a person fits a need, for their own eyes."""
    return _fit(own_profile(person), need, weights())


def _fit(profile: Profile, need: SkillNeed, counting: Mapping[str, float]) -> Fit:
    return Fit(need, profile, match(profile, as_need(need), counting))


# The gap --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Lesson:
    """A module on the way to a job, the class in which it can be taken, and what it proves.

    `is_begun` when the person learns in that class already.
    """

    module: ModuleCard
    group: ClassCard | None
    is_begun: bool
    proves: Sequence[Skill]


@dataclass(frozen=True)
class Way:
    """How to come nearer to a job: the module that helps most, and all that it would take."""

    best: Lesson
    whole: Sequence[Lesson]
    credits: int


def way_to(fit: Fit, person_id: UUID) -> Way | None:
    """Find modules that bring a person nearer to a job; None where none is taught or needed.

    Modules that the person studies already, or with a class that can be joined, come before those
    without.
    """
    wanted = [skill.code for skill in (*fit.missing, *fit.partly)]
    taught = modules_teaching(wanted)
    studied = {group.module_id: group for group in classes_studied_by(person_id)}
    groups = dict(studied)
    for group in classes_open_for([card.id for card in taught]):
        groups.setdefault(group.module_id, group)
    cards = {
        str(card.id): card for card in [card for card in taught if card.id in groups] or taught
    }
    modules = [
        Module(key, frozenset(card.skill_codes), card.hours, card.credits)
        for key, card in cards.items()
    ]
    best = best_module(fit.profile, as_need(fit.need), modules, weights())
    whole = smallest_set(fit.profile, as_need(fit.need), modules, weights())
    if best is None or whole is None:
        return None

    def lessons(step: Step) -> list[Lesson]:
        return [
            Lesson(
                cards[key],
                groups.get(cards[key].id),
                cards[key].id in studied,
                [fit.skills[code] for code in step.proves if code in cards[key].skill_codes],
            )
            for key in step.modules
        ]

    return Way(lessons(best)[0], lessons(whole), round(whole.credits))
