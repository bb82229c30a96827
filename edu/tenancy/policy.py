"""Who may manage the people of an organisation."""

import sqlalchemy as sa

from edu.accounts.models import Membership, Person, Role
from edu.db import current_tenant
from edu.tenancy.models import OrganisationKind

MANAGERS = frozenset({Role.MANAGER, Role.ADMIN})

ROLES_OF = {
    OrganisationKind.PROVINCE: (Role.OFFICER, Role.MANAGER, Role.ADMIN),
    OrganisationKind.COLLEGE: (Role.LEARNER, Role.TEACHER, Role.MANAGER, Role.ADMIN),
    OrganisationKind.DEPARTMENT: (Role.LEARNER, Role.TEACHER, Role.MANAGER),
    OrganisationKind.EMPLOYER: (Role.RECRUITER, Role.TRAINER, Role.MANAGER),
}
"""Which roles make sense in which kind of organisation."""


def can_manage_people(actor: Person) -> bool:
    """True for managers and administrators of the organisation we are in."""
    return actor.has_role(*MANAGERS)


def may_give(actor: Person, role: Role, kind: OrganisationKind) -> bool:
    """Managers give the roles of their kind of organisation; only administrators make others."""
    if not can_manage_people(actor) or role not in ROLES_OF[kind]:
        return False
    return role != Role.ADMIN or actor.has_role(Role.ADMIN)


def can_view(actor: Person, membership: Membership) -> bool:
    """Managers see the roles held in their organisation, ended ones too."""
    return can_manage_people(actor) and membership.organisation_id == current_tenant()


def visible_to(actor: Person) -> sa.ColumnElement[bool]:
    """The same rule as can_view, as SQL."""
    if not can_manage_people(actor):
        return sa.false()
    return Membership.organisation_id == current_tenant()
