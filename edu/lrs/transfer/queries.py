"""Read exports and imports of the current tenant."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from edu.accounts.models import Person
from edu.db import db, utcnow
from edu.errors import NotFound
from edu.lrs.core.json_in import JsonObject
from edu.lrs.transfer.models import (
    RESUMABLE,
    Direction,
    Failure,
    Format,
    Transfer,
    TransferState,
)

AGAIN = timedelta(minutes=1)  # who asks for the same so soon has clicked twice


def all_asked() -> sa.Select[Transfer]:
    """Every export and import; to be read page by page."""
    return sa.select(Transfer)


def just_asked(actor: Person, filters: JsonObject, kind: Format) -> Transfer | None:
    """Find the same export, if the actor asked for it a moment ago and will get it."""
    wanted = sa.select(Transfer).where(
        Transfer.direction == Direction.EXPORT,
        Transfer.format == kind,
        Transfer.started_by_id == actor.id,
        Transfer.created_at > utcnow() - AGAIN,
    )
    return next(
        (
            each
            for each in db.session.scalars(wanted.order_by(Transfer.id.desc()))
            if each.filters == filters and (each.is_under_way or is_kept(each))
        ),
        None,
    )


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
    is_there = found.direction is Direction.EXPORT and found.blob_key and not found.is_under_way
    if not is_there or found.started_by_id != actor.id or not is_kept(found):
        raise NotFound
    return found


def is_kept(transfer: Transfer) -> bool:
    """True while the file of an export can be fetched, or that of an import be taken in."""
    return bool(transfer.blob_key and transfer.expires_at and utcnow() < transfer.expires_at)


def can_be_resumed(transfer: Transfer) -> bool:
    """True for what failed or was stopped and can be tried again: an import needs its file."""
    if transfer.state not in RESUMABLE or transfer.failure is Failure.FORGOTTEN:
        return False
    return transfer.direction is Direction.EXPORT or is_kept(transfer)


def expired(moment: datetime) -> Sequence[Transfer]:
    """List the exports and imports of all organisations whose files are to go."""
    return db.session.scalars(
        sa.select(Transfer)
        .where(Transfer.blob_key != "", Transfer.expires_at < moment)
        .execution_options(all_tenants=True)  # nobody's page: the nightly clearing away
    ).all()


def with_files() -> Sequence[Transfer]:
    """List what still has a file in the current tenant and waits for nobody's turn."""
    rests = Transfer.state.in_({TransferState.UNCONFIRMED, *RESUMABLE})
    is_still = sa.or_(Transfer.direction == Direction.EXPORT, rests)
    return db.session.scalars(sa.select(Transfer).where(Transfer.blob_key != "", is_still)).all()


def exports() -> Sequence[Transfer]:
    """List the exports of the current tenant, the oldest first."""
    asked = sa.select(Transfer).where(Transfer.direction == Direction.EXPORT)
    return db.session.scalars(asked.order_by(Transfer.id)).all()
