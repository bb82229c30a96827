"""Read imports."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from courses.authoring import policy
from courses.importing.models import ImportRun, ImportState
from courses.programmes.models import Module
from edu.accounts.models import Person
from edu.db import db
from edu.errors import NotFound


def get(run_id: UUID) -> ImportRun:
    """Find an import of the current college. Raises NotFound."""
    found = db.session.scalar(sa.select(ImportRun).where(ImportRun.id == run_id))
    if found is None:
        raise NotFound
    return found


def run_for(actor: Person, run_id: UUID) -> ImportRun:
    """Find an import into a module that the actor may write. Raises NotFound."""
    found = db.session.scalar(
        sa.select(ImportRun)
        .join(Module, Module.id == ImportRun.module_id)
        .where(ImportRun.id == run_id, policy.editable_by(actor))
    )
    if found is None:
        raise NotFound
    return found


def runs_into(module: Module, *, limit: int = 10) -> Sequence[ImportRun]:
    """List the latest imports into a module."""
    return db.session.scalars(
        sa.select(ImportRun)
        .where(ImportRun.module_id == module.id)
        .options(joinedload(ImportRun.started_by))
        .order_by(ImportRun.id.desc())
        .limit(limit)
    ).all()


def is_file_wanted(blob_key: str) -> bool:
    """Tell whether an import that is not over still needs the file; asked of all colleges."""
    waiting = sa.select(ImportRun.id).where(
        ImportRun.blob_key == blob_key,
        ImportRun.state.not_in([ImportState.DONE, ImportState.REFUSED]),
    )
    return db.session.scalar(waiting.limit(1).execution_options(all_tenants=True)) is not None
