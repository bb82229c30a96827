"""Who may see a certificate. Its verification page is public and shows only what it must."""

import sqlalchemy as sa

from courses.credentials.models import Certificate
from edu.accounts.models import Membership, Person, Role


def can_view(actor: Person, certificate: Certificate) -> bool:
    """The holder, and the managers of the college that issued it."""
    return certificate.learner_id == actor.id or can_revoke(actor, certificate)


def visible_to(actor: Person) -> sa.ColumnElement[bool]:
    """The same rule as can_view, as SQL."""
    managed = sa.select(Membership.organisation_id).where(
        Membership.person_id == actor.id,
        Membership.role == Role.MANAGER,
        Membership.ended_at.is_(None),
    )
    return sa.or_(Certificate.learner_id == actor.id, Certificate.tenant_id.in_(managed))


def can_revoke(actor: Person, certificate: Certificate) -> bool:
    """The managers of the college that issued it."""
    return actor.has_role(Role.MANAGER, organisation_id=certificate.tenant_id)
