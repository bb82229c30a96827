"""Find employers."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from edu.accounts.models import Person
from edu.db import db
from edu.errors import NotFound
from edu.taxonomy.models import Industry, Status
from edu.tenancy.models import Organisation
from employer_portal.companies import policy
from employer_portal.companies.models import Company, Standing


def of(organisation_id: UUID) -> Company | None:
    """Find an organisation's entry, if it has made one."""
    return db.session.scalar(sa.select(Company).where(Company.organisation_id == organisation_id))


def get_for(visitor: Person | None, company_id: UUID) -> Company:
    """Find an entry that the visitor may see. Raises NotFound."""
    found = db.session.get(Company, company_id)
    if found is None or not policy.can_view(visitor, found):
        raise NotFound
    return found


def entries(visitor: Person | None, standing: Standing | None = None) -> sa.Select[Company]:
    """Select the entries that the visitor may see, perhaps of one standing."""
    found = sa.select(Company).where(policy.visible_to(visitor))
    return found.where(Company.standing == standing) if standing else found


def counts() -> dict[Standing, int]:
    """Count the entries of each standing."""
    rows = db.session.execute(
        sa.select(Company.standing, sa.func.count()).group_by(Company.standing)
    ).all()
    return dict.fromkeys(Standing, 0) | dict(rows)


def is_verified(organisation_id: UUID) -> bool:
    """True when the province has verified the employer."""
    found = of(organisation_id)
    return found is not None and found.is_verified


def verified_ids() -> sa.Select[UUID]:
    """Select the organisations of verified employers."""
    return sa.select(Company.organisation_id).where(Company.standing == Standing.VERIFIED)


def with_tax_code(tax_code: str) -> Sequence[Company]:
    """List the entries that claim a tax code."""
    return db.session.scalars(sa.select(Company).where(Company.tax_code == tax_code)).all()


def is_code_taken(code: str) -> bool:
    """True when an organisation has this short name already."""
    found = db.session.scalar(sa.select(Organisation.id).where(Organisation.code == code))
    return found is not None


def industries() -> Sequence[Industry]:
    """List the sections of the economy, by code."""
    return db.session.scalars(
        sa.select(Industry).where(Industry.status == Status.ACTIVE).order_by(Industry.code)
    ).all()


def industry(code: str) -> Industry | None:
    """Find a section of the economy."""
    return db.session.scalar(sa.select(Industry).where(Industry.code == code))
