"""Note reuse; every college sees what it gave and what it took."""

from uuid import UUID

import sqlalchemy as sa

from edu.accounts.models import Person
from edu.db import current_tenant, db, get_locked, inside
from oer_repository.records import queries as records
from oer_repository.records.models import Resource
from oer_repository.sharing.models import Reuse


def note_reuse(actor: Person, resource_id: UUID, *, place: str) -> None:
    """Remember that the current college put a resource somewhere. Asking twice changes nothing."""
    resource = records.get(resource_id)
    known = sa.select(Reuse.id).where(Reuse.resource_id == resource_id, Reuse.place == place)
    if db.session.scalar(known) is not None:
        return
    db.session.add(
        Reuse(
            resource_id=resource_id,
            version=resource.latest.number,
            given_by_id=resource.tenant_id,
            place=place,
            reused_by_id=actor.id,
        )
    )
    db.session.flush()
    if current_tenant() != resource.tenant_id:  # taking one's own work is no sharing
        _count(resource)


def _count(resource: Resource) -> None:
    with inside(resource.tenant_id):
        if held := get_locked(Resource, resource.id):
            held.reuses += 1
            db.session.flush()
