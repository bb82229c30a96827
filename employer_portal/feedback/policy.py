"""Who may see what an employer said. Colleges see counts, never who said what."""

import sqlalchemy as sa

from edu.accounts.models import Person, Role
from edu.tenancy.models import Organisation, OrganisationKind
from employer_portal.companies import policy as companies
from employer_portal.feedback.models import Feedback


def can_view(actor: Person, feedback: Feedback) -> bool:
    """The recruiters of the employer that gave it."""
    return companies.can_hire(actor, feedback.tenant_id)


def visible_to(actor: Person) -> sa.ColumnElement[bool]:
    """The same rule as can_view, as SQL."""
    return Feedback.tenant_id.in_(companies.hiring_for(actor))


def can_read_counts(actor: Person, organisation: Organisation) -> bool:
    """Managers and teachers of a college see what employers miss in what it teaches."""
    return organisation.kind == OrganisationKind.COLLEGE and actor.has_role(
        Role.MANAGER, Role.TEACHER, organisation_id=organisation.id
    )
