"""Who may see how somebody fits a need."""

import sqlalchemy as sa

from edu.accounts.models import Person
from employer_portal.companies import policy as companies
from employer_portal.companies import queries as employers
from employer_portal.needs.models import SkillNeed
from employer_portal.profiles import policy as profiles


def can_view(actor: Person, need: SkillNeed, *, is_verified: bool, is_findable: bool) -> bool:
    """Recruiters of the need's employer, while it is verified and the person agrees to be found."""
    return companies.can_hire(actor, need.tenant_id) and is_verified and is_findable


def visible_to(actor: Person) -> sa.ColumnElement[bool]:
    """The same rule as can_view, as SQL, over candidates joined with their need and profile."""
    return sa.and_(
        SkillNeed.tenant_id.in_(companies.hiring_for(actor)),
        SkillNeed.tenant_id.in_(employers.verified_ids()),
        profiles.findable(),
    )
