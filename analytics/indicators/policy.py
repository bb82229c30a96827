"""Who may read the indicators as they are; the open data has them without small counts."""

from edu.accounts.models import Person, Role
from edu.db import current_tenant
from edu.tenancy.models import OrganisationKind

READERS = frozenset({Role.OFFICER, Role.MANAGER})


def can_read_feed(actor: Person) -> bool:
    """Who works for the province reads those of every college."""
    return any(
        m.is_current and m.role in READERS and m.organisation.kind == OrganisationKind.PROVINCE
        for m in actor.memberships
    )


def can_view_here(actor: Person) -> bool:
    """Managers read those of their college, officers and managers of the province its own."""
    return current_tenant() is not None and actor.has_role(*READERS)
