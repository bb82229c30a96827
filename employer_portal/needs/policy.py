"""Who may see and write a skill need."""

from datetime import date

import sqlalchemy as sa

from edu.accounts.core.age import age_on
from edu.accounts.models import Person
from edu.db import today
from employer_portal.companies import policy as companies
from employer_portal.companies import queries as employers
from employer_portal.needs.models import VACANCIES, NeedState, SkillNeed


def can_view(visitor: Person | None, need: SkillNeed, *, is_verified: bool) -> bool:
    """What a verified employer published is public, also once closed; a draft is its recruiters'.

    `is_verified` says whether the province stands by the employer now.
    """
    if need.state != NeedState.DRAFT and is_verified:
        return True
    return visitor is not None and can_write(visitor, need)


def visible_to(visitor: Person | None) -> sa.ColumnElement[bool]:
    """The same rule as can_view, as SQL."""
    public = sa.and_(
        SkillNeed.state != NeedState.DRAFT, SkillNeed.tenant_id.in_(employers.verified_ids())
    )
    if visitor is None:
        return public
    return sa.or_(public, SkillNeed.tenant_id.in_(companies.hiring_for(visitor)))


def can_write(actor: Person, need: SkillNeed) -> bool:
    """The recruiters of the employer."""
    return companies.can_hire(actor, need.tenant_id)


def is_open() -> sa.ColumnElement[bool]:
    """Published by an employer that is verified now, and not past its last day."""
    return sa.and_(
        SkillNeed.state == NeedState.PUBLISHED,
        SkillNeed.valid_until >= today(),
        SkillNeed.tenant_id.in_(employers.verified_ids()),
    )


def is_vacancy() -> sa.ColumnElement[bool]:
    """Open, and people are looked for now."""
    return sa.and_(is_open(), SkillNeed.kind.in_(VACANCIES))


def is_old_enough(birth_date: date | None, minimum_age: int, day: date) -> bool:
    """Whether the law lets somebody of this age do the work; unknown counts as adult."""
    age = age_on(birth_date, day)
    return age is None or age >= minimum_age
