"""Which organisations there are."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from edu.db import current_tenant, db
from edu.errors import NotFound
from edu.tenancy.models import Organisation, OrganisationKind


def by_code(code: str) -> Organisation:
    """Find an active organisation by the short name in its addresses.

    Raises NotFound.
    """
    found = db.session.scalar(sa.select(Organisation).where(Organisation.code == code))
    if found is None or not found.is_active:
        raise NotFound
    return found


def get(organisation_id: UUID) -> Organisation:
    """Find an organisation by id. Raises NotFound."""
    found = db.session.get(Organisation, organisation_id)
    if found is None:
        raise NotFound
    return found


def current() -> Organisation | None:
    """Give the organisation whose pages we are in, if any."""
    tenant_id = current_tenant()
    return get(tenant_id) if tenant_id else None


def of_kind(kind: OrganisationKind) -> Sequence[Organisation]:
    """List the active organisations of a kind, by code."""
    return db.session.scalars(
        sa.select(Organisation)
        .where(Organisation.kind == kind, Organisation.is_active)
        .order_by(Organisation.code)
    ).all()


def province() -> Organisation | None:
    """Give the province that this installation serves, once it is set up."""
    return next(iter(of_kind(OrganisationKind.PROVINCE)), None)
