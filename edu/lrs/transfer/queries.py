"""Read exports and imports of the current tenant."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from edu.accounts.models import Person
from edu.db import db, utcnow
from edu.errors import NotFound
from edu.lrs.core.identity import agent_key
from edu.lrs.transfer.models import Direction, Transfer, TransferState

LISTED = 20


def recent() -> Sequence[Transfer]:
    """List what was asked for last, the newest first."""
    return db.session.scalars(sa.select(Transfer).order_by(Transfer.id.desc()).limit(LISTED)).all()


def find(transfer_id: UUID) -> Transfer | None:
    """Find an export or import."""
    return db.session.scalar(sa.select(Transfer).where(Transfer.id == transfer_id))


def get(transfer_id: UUID) -> Transfer:
    """Find an export or import. Raises NotFound."""
    if (found := find(transfer_id)) is None:
        raise NotFound
    return found


def file_for(actor: Person, transfer_id: UUID) -> Transfer:
    """Find an export whose file the actor may fetch: their own, while it is kept.

    Raises NotFound.
    """
    found = get(transfer_id)
    is_there = found.direction is Direction.EXPORT and found.blob_key and found.is_over
    if not is_there or found.started_by_id != actor.id or not is_kept(found):
        raise NotFound
    return found


def is_kept(transfer: Transfer) -> bool:
    """True while the file of an export can be fetched, or that of a failed import taken up."""
    return bool(transfer.blob_key and transfer.expires_at and utcnow() < transfer.expires_at)


def can_be_resumed(transfer: Transfer) -> bool:
    """True for what failed and can be tried again: an import needs its file."""
    is_export = transfer.direction is Direction.EXPORT
    return transfer.state is TransferState.FAILED and (is_export or is_kept(transfer))


def expired(moment: datetime) -> Sequence[Transfer]:
    """List the exports and imports of all organisations whose files are to go."""
    return db.session.scalars(
        sa.select(Transfer)
        .where(Transfer.blob_key != "", Transfer.expires_at < moment)
        .execution_options(all_tenants=True)  # nobody's page: the nightly clearing away
    ).all()


def with_files() -> Sequence[Transfer]:
    """List what still has a file in the current tenant and waits for nobody's turn."""
    is_over = sa.or_(Transfer.direction == Direction.EXPORT, Transfer.state == TransferState.FAILED)
    return db.session.scalars(sa.select(Transfer).where(Transfer.blob_key != "", is_over)).all()


def about(keys: Collection[str]) -> list[Transfer]:
    """List the exports of the current tenant that were asked for about some agents, by key."""
    asked = db.session.scalars(sa.select(Transfer).where(Transfer.direction == Direction.EXPORT))
    return [each for each in asked if agent_key(each.filters.get("agent") or {}) in keys]


def is_file_wanted(blob_key: str) -> bool:
    """Whether any export or import, of any organisation, still needs a file of these bytes."""
    wanted = sa.select(Transfer.id).where(Transfer.blob_key == blob_key).limit(1)
    found = db.session.scalar(wanted.execution_options(all_tenants=True))  # bytes are shared
    return found is not None
