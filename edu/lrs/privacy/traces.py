"""Rows of other tables than that of statements which hold a person."""

from collections.abc import Iterator, Sequence
from typing import TypeVar
from uuid import UUID

import orjson
import sqlalchemy as sa

from edu.db import db
from edu.lrs.core.json_in import write
from edu.lrs.documents.models import StoredDocument
from edu.lrs.models import Description
from edu.lrs.privacy.core.rewriting import Json, Subject, is_told_of, speaks_of

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
    if isinstance(row, Description):
        return _is_told_of(row, subject)
    return is_own(row, subject) or content_about(row, subject) is not None


def _is_told_of(row: Description, subject: Subject) -> bool:
    if row.seq == 0:  # the name alone
        return is_told_of(row.content.decode(), None, subject)
    if not subject.may_be_in(row.content):
        return False
    name, wording = orjson.loads(row.content)
    return is_told_of(name, wording, subject)


def is_own(document: StoredDocument, subject: Subject) -> bool:
    """True for a state or profile of the person; also for an activity's that is named after one."""
    if document.agent:
        return subject.is_known_by(document.agent)
    is_named_so = subject.is_named_in(document.document_id)
    return is_named_so or is_told_of(document.activity_id, None, subject)


def content_about(document: StoredDocument, subject: Subject) -> Json:
    """Read a document that speaks of the person; None for any other, and for what is no JSON.

    It is written anew before it is looked at: tools write JSON in many ways, with escapes.
    """
    try:
        content = orjson.loads(document.content)
    except orjson.JSONDecodeError:  # a tool's own kind of bytes, which we cannot read
        return None
    is_about = subject.may_be_in(write(content)) and speaks_of(content, subject)
    return content if is_about else None
