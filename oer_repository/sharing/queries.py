"""Read the ledger of sharing."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from edu.db import db
from oer_repository.records.models import Resource, ResourceState
from oer_repository.sharing.models import Reuse


@dataclass(frozen=True)
class Balance:
    """What a college shared, what others took of it, and what it took of others."""

    shared: int
    given: int
    taken: int


def balance_of(organisation_id: UUID) -> Balance:
    """Count a college's sharing; public, so every college is looked at."""
    shared = sa.select(sa.func.count(Resource.id)).where(
        Resource.tenant_id == organisation_id, Resource.state == ResourceState.PUBLISHED
    )
    given = sa.select(sa.func.count(Reuse.id)).where(
        Reuse.given_by_id == organisation_id, Reuse.tenant_id != organisation_id
    )
    taken = sa.select(sa.func.count(Reuse.id)).where(
        Reuse.tenant_id == organisation_id, Reuse.given_by_id != organisation_id
    )
    return Balance(*(_count(query) for query in (shared, given, taken)))


def _count(query: sa.Select[int]) -> int:
    return db.session.scalar(query.execution_options(all_tenants=True)) or 0
