"""Keep the table of candidates true: after a need or a profile changed, and at no other time."""

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa

from edu.db import db, today
from employer_portal.companies import queries as employers
from employer_portal.matching import queries
from employer_portal.matching.core.match import blocked_by, match
from employer_portal.matching.models import Candidate
from employer_portal.needs import policy as allowed
from employer_portal.needs.models import SkillNeed
from employer_portal.profiles import queries as profiles
from employer_portal.profiles.models import Purpose

FITS_FROM = 0.25
"""Below a quarter of what a need takes, somebody is no candidate for it."""

MOST_NEEDS = 1000
"""Vacancies weighed for one profile, those that share most skills first."""


def match_need(need: SkillNeed) -> int:
    """Work out anew who fits a need; nobody does once it is not open. Give how many do."""
    db.session.execute(sa.delete(Candidate).where(Candidate.need_id == need.id))
    day = today()
    is_open = need.is_open_on(day) and employers.is_verified(need.tenant_id)
    if not is_open or not need.is_vacancy:
        return 0
    wanted, weights = queries.as_need(need), queries.weights()
    scores = {
        one.profile_id: match(one.profile, wanted, weights).score
        for one in queries.claims_on(need)
        if allowed.is_old_enough(one.birth_date, need.minimum_age, day)
        and not blocked_by(one.profile, wanted)
    }
    return _store((need.id, profile_id, score) for profile_id, score in scores.items())


def match_profile(person_id: UUID) -> int:
    """Work out anew what a person fits; nothing while they are not to be found."""
    profile = profiles.of(person_id)
    if profile is None:
        return 0
    db.session.execute(sa.delete(Candidate).where(Candidate.profile_id == profile.id))
    if not profiles.has_agreed(person_id, Purpose.BE_FOUND):
        return 0
    scores = queries.scores_of(
        queries.as_profile(profile),
        profile.person.birth_date,
        [entry.skill_id for entry in profile.skills],
        MOST_NEEDS,
    )
    return _store((need_id, profile.id, score) for need_id, score in scores.items())


def _store(scores: Iterable[tuple[UUID, UUID, float]]) -> int:
    rows = [
        {"need_id": need_id, "profile_id": profile_id, "score": score}
        for need_id, profile_id, score in scores
        if score >= FITS_FROM
    ]
    if rows:
        db.session.execute(sa.insert(Candidate), rows)
    return len(rows)
