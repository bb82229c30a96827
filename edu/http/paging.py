"""Pages of a long list by keyset: the thousandth page costs as much as the first."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

import sqlalchemy as sa
from flask import request, url_for
from sqlalchemy.orm import InstrumentedAttribute

from edu.db import Base, db
from edu.errors import Invalid
from edu.i18n import lazy

T = TypeVar("T")
R = TypeVar("R", bound=Base)

SIZE = 50


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows of a list and where the next ones begin; `after` is None on the last page."""

    items: Sequence[T]
    after: str | None

    def next_url(self) -> str | None:
        """Address of the next page of the list we are in, its filters kept."""
        if self.after is None or request.endpoint is None:
            return None
        kept: dict[str, Any] = {**request.args, **(request.view_args or {})}  # Any: url_for's own
        return url_for(request.endpoint, **{**kept, "after": self.after})


def page(statement: sa.Select[R], key: InstrumentedAttribute[UUID], *, size: int = SIZE) -> Page[R]:
    """Read one page, newest first, from where the request's `after` says.

    Ids are UUIDv7, so their order is the order of time.
    """
    if cursor := request.args.get("after"):
        statement = statement.where(key < _id_in(cursor))
    rows = db.session.scalars(statement.order_by(key.desc()).limit(size + 1)).unique().all()
    after = str(getattr(rows[size - 1], key.key)) if len(rows) > size else None
    return Page(rows[:size], after)


def page_by(
    statement: sa.Select[R],
    sort: InstrumentedAttribute[str],
    key: InstrumentedAttribute[UUID],
    *,
    size: int = SIZE,
) -> Page[R]:
    """Read one page in the order of a text column (then of the id), from where `after` says."""
    if cursor := request.args.get("after"):
        text, row_id = _place_in(cursor)
        statement = statement.where(sa.or_(sort > text, sa.and_(sort == text, key > row_id)))
    rows = db.session.scalars(statement.order_by(sort, key).limit(size + 1)).unique().all()
    if len(rows) <= size:
        return Page(rows, None)
    last = rows[size - 1]
    place = json.dumps([getattr(last, sort.key), str(getattr(last, key.key))])
    return Page(rows[:size], base64.urlsafe_b64encode(place.encode()).decode())


def _id_in(cursor: str) -> UUID:
    try:
        return UUID(cursor)
    except ValueError:
        raise _not_a_place() from None


def _place_in(cursor: str) -> tuple[str, UUID]:
    try:
        text, row_id = json.loads(base64.urlsafe_b64decode(cursor))
        return str(text), UUID(row_id)
    except (ValueError, TypeError, AttributeError, binascii.Error):
        raise _not_a_place() from None


def _not_a_place() -> Invalid:
    return Invalid(fields={"after": lazy("This is not a place in the list.")})
