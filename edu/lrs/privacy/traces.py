"""Rows of other tables than that of statements which hold a person."""

from collections.abc import Iterator, Sequence
from typing import TypeVar
from uuid import UUID

import sqlalchemy as sa

from edu.db import db
from edu.lrs.core.json_in import write
from edu.lrs.documents.models import StoredDocument
from edu.lrs.links import key_of
from edu.lrs.models import Description
from edu.lrs.privacy.core.rewriting import Subject
from edu.lrs.queries import tenant

Held = TypeVar("Held", Description, StoredDocument)

STEP = 500  # rows looked at in one go


def ids_of(kind: type[Held], subject: Subject) -> Iterator[list[UUID]]:
    """Go through a table of the current tenant for rows that hold the person, some at a time.

    All of it is read: a person may be in any text, and an index knows only whole names.
    """
    last, is_more = UUID(int=0), True
    while is_more:
        onward = sa.select(kind).where(kind.id > last).order_by(kind.id).limit(STEP)
        rows = db.session.scalars(onward).all()
        if found := [row.id for row in rows if _holds(row, subject)]:
            yield found
        is_more = len(rows) == STEP
        last = rows[-1].id if rows else last


def held(kind: type[Held], ids: Sequence[UUID], subject: Subject) -> list[Held]:
    """Read rows afresh and hold them until the unit ends; those that still hold the person."""
    wanted = sa.select(kind).where(kind.id.in_(ids)).with_for_update()
    rows = db.session.scalars(wanted.execution_options(populate_existing=True))
    return [row for row in rows if _holds(row, subject)]


def _holds(row: Description | StoredDocument, subject: Subject) -> bool:
    if isinstance(row, StoredDocument):
        return is_own(row, subject) or subject.may_be_in(row.content)
    keys = {key_of(tenant(), key) for key in subject.keys}
    return row.key in keys or subject.may_be_in(row.content)


def is_own(document: StoredDocument, subject: Subject) -> bool:
    """True for a state or profile of the person; also for an activity's that is named after one."""
    names = write([document.activity_id, document.document_id])
    return document.agent in subject.keys or (not document.agent and subject.may_be_in(names))
