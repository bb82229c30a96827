"""Pages of a long list by keyset: the thousandth page costs as much as the first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

import sqlalchemy as sa
from flask import request
from sqlalchemy.orm import InstrumentedAttribute

from edu.db import db
from edu.errors import Invalid
from edu.i18n import lazy

T = TypeVar("T")

SIZE = 50


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows of a list and where the next ones begin; `after` is None on the last page."""

    items: Sequence[T]
    after: str | None


def page(
    statement: sa.Select[tuple[T]], key: InstrumentedAttribute[UUID], *, size: int = SIZE
) -> Page[T]:
    """Read one page, newest first, from where the request's `after` says.

    Ids are UUIDv7, so their order is the order of time.
    """
    if cursor := request.args.get("after"):
        statement = statement.where(key < _cursor(cursor))
    rows = list(db.session.scalars(statement.order_by(key.desc()).limit(size + 1)).unique())
    more = len(rows) > size
    rows = rows[:size]
    return Page(rows, str(getattr(rows[-1], key.key)) if more else None)


def _cursor(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Invalid(fields={"after": lazy("This is not a place in the list.")}) from None
