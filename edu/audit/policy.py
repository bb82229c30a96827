"""Who may read the audit log."""

import sqlalchemy as sa

from edu.accounts.models import Person, Role
from edu.audit.models import AuditEntry
from edu.db import current_tenant
from edu.tenancy.models import OrganisationKind

READERS = frozenset({Role.MANAGER, Role.ADMIN})


def is_system_admin(actor: Person) -> bool:
    """True for administrators of the province, who keep the whole system running."""
    return any(
        m.is_current and m.role == Role.ADMIN and m.organisation.kind == OrganisationKind.PROVINCE
        for m in actor.memberships
    )


def can_view(actor: Person, entry: AuditEntry) -> bool:
    """Managers and administrators see their organisation's acts; the system's see all."""
    here = current_tenant()
    if here is None:
        return is_system_admin(actor)
    return entry.organisation_id == here and actor.has_role(*READERS)


def visible_to(actor: Person) -> sa.ColumnElement[bool]:
    """The same rule as can_view, as SQL."""
    here = current_tenant()
    if here is None:
        return sa.true() if is_system_admin(actor) else sa.false()
    return AuditEntry.organisation_id == here if actor.has_role(*READERS) else sa.false()


def can_read_log(actor: Person) -> bool:
    """True when the actor may open the log of the organisation we are in, or of all."""
    return actor.has_role(*READERS) if current_tenant() else is_system_admin(actor)
