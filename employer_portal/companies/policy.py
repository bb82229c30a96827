"""Who may see, write and verify an employer's entry."""

from uuid import UUID

import sqlalchemy as sa

from edu.accounts.models import Membership, Person, Role
from employer_portal.companies.models import Company, Standing


def can_hire(actor: Person, organisation_id: UUID | None = None) -> bool:
    """Recruiters act for their employer: the one named, or the one whose pages we are in."""
    return actor.has_role(Role.RECRUITER, organisation_id=organisation_id)


def can_decide(actor: Person) -> bool:
    """Officers of the province verify employers."""
    return actor.has_role_anywhere(Role.OFFICER)


def can_view(visitor: Person | None, company: Company) -> bool:
    """A verified employer is public; others are seen by their recruiters and the province."""
    if company.is_verified:
        return True
    return visitor is not None and (
        can_decide(visitor) or can_hire(visitor, company.organisation_id)
    )


def visible_to(visitor: Person | None) -> sa.ColumnElement[bool]:
    """The same rule as can_view, as SQL."""
    verified = Company.standing == Standing.VERIFIED
    if visitor is None:
        return verified
    if can_decide(visitor):
        return sa.true()
    return sa.or_(verified, Company.organisation_id.in_(hiring_for(visitor)))


def hiring_for(actor: Person) -> sa.Select[UUID]:
    """Select the organisations for which a person recruits now."""
    return sa.select(Membership.organisation_id).where(
        Membership.person_id == actor.id,
        Membership.role == Role.RECRUITER,
        Membership.ended_at.is_(None),
    )
