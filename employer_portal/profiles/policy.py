"""Who may see what a learner shows."""

import sqlalchemy as sa

from edu.accounts.models import Person, Role
from employer_portal.companies import queries as employers
from employer_portal.profiles.models import Consent, Profile, Purpose


def hires_for_verified(actor: Person) -> bool:
    """True for recruiters of an employer that the province stands by."""
    return any(
        m.role == Role.RECRUITER and m.is_current and employers.is_verified(m.organisation_id)
        for m in actor.memberships
    )


def can_view(actor: Person, profile: Profile, *, is_findable: bool) -> bool:
    """The person, and recruiters of verified employers while the person agrees to be found."""
    return profile.person_id == actor.id or (is_findable and hires_for_verified(actor))


def visible_to(actor: Person) -> sa.ColumnElement[bool]:
    """The same rule as can_view, as SQL."""
    if not hires_for_verified(actor):
        return Profile.person_id == actor.id
    return sa.or_(Profile.person_id == actor.id, findable())


def findable() -> sa.ColumnElement[bool]:
    """The person agrees, at this moment, to be found by verified employers."""
    agreed = sa.select(Consent.id).where(
        Consent.person_id == Profile.person_id,  # looked up for each, however many agree
        Consent.purpose == Purpose.BE_FOUND,
        Consent.withdrawn_at.is_(None),
    )
    return agreed.correlate(Profile).exists()
