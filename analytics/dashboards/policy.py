"""Who may see which dashboard, and whose names."""

import sqlalchemy as sa

from analytics.dashboards.models import QuietLearner
from edu.accounts.models import Membership, Person, Role

PROVINCE = frozenset({Role.OFFICER, Role.MANAGER})
TEACHING = frozenset({Role.TEACHER, Role.MANAGER})


def can_view_college(actor: Person) -> bool:
    """The managers of the college we are in."""
    return actor.has_role(Role.MANAGER)


def can_view_province(actor: Person) -> bool:
    """Who works for the province we are in."""
    return actor.has_role(*PROVINCE)


def can_view_teaching(actor: Person) -> bool:
    """Who teaches where we are; everyone sees their own classes there and no others."""
    return actor.has_role(*TEACHING)


def can_view(actor: Person, quiet: QuietLearner) -> bool:
    """Names are for the managers of the college where the person learns: they can ask."""
    return actor.has_role(Role.MANAGER, organisation_id=quiet.tenant_id)


def visible_to(actor: Person) -> sa.ColumnElement[bool]:
    """The same rule as can_view, as SQL."""
    managed = sa.select(Membership.organisation_id).where(
        Membership.person_id == actor.id,
        Membership.role == Role.MANAGER,
        Membership.ended_at.is_(None),
    )
    return QuietLearner.tenant_id.in_(managed)
