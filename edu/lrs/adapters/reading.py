"""Find statements: SQL over the tables that the engines write.

These are Core selects, which the tenant guard does not see: each names the tenant itself, or keys
that were made with it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from edu.lrs.adapters.rows import StatementRow
from edu.lrs.models import Description, Mention, Statement

_statement = Statement.__table__
_mention = Mention.__table__
_description = Description.__table__


class Told(NamedTuple):
    """A statement as it is handed on: its number and its bytes."""

    seq: int
    payload: bytes


class Wanted(NamedTuple):
    """A key that a statement must be found by, at one of the places whose bits are set."""

    key: bytes
    usages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Which statements, and which part of them; numbers are exclusive bounds."""

    tenant_id: UUID
    wanted: Sequence[Wanted] = ()  # the rarest first: its index gives the order
    above: int | None = None
    below: int | None = None
    ascending: bool = False
    limit: int
    voided_too: bool = False


def find(connection: Connection, search: Search) -> list[Told]:
    """Read statements in the order of storing, the voided left out."""
    statement = sa.select(_statement.c.seq, _statement.c.payload)
    seq = _statement.c.seq
    if not search.wanted:
        statement = statement.where(_statement.c.tenant_id == search.tenant_id)
    else:
        seq = _mention.c.seq
        statement = statement.join(_mention, _statement.c.seq == seq).where(
            _matches(search.wanted[0])
        )
    for other in search.wanted[1:]:
        also = _mention.alias()
        statement = statement.where(
            sa.exists().where(also.c.seq == seq, *_tests(also, other)).correlate_except(also)
        )
    if search.above is not None:
        statement = statement.where(seq > search.above)
    if search.below is not None:
        statement = statement.where(seq < search.below)
    if not search.voided_too:
        statement = statement.where(sa.or_(_statement.c.is_voiding, ~_is_targeted_by_voiding()))
    statement = statement.order_by(seq if search.ascending else seq.desc()).limit(search.limit)
    return [Told(*row) for row in connection.execute(statement)]


def _matches(wanted: Wanted) -> sa.ColumnElement[bool]:
    return sa.and_(*_tests(_mention, wanted))


def _tests(table: sa.FromClause, wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    return [
        table.c.key == wanted.key,
        table.c.usages.op("&", return_type=sa.SmallInteger())(wanted.usages) != 0,
    ]


def _is_targeted_by_voiding() -> sa.ColumnElement[bool]:
    """Data 2.3.2: what a voiding statement refers to, unless that is one itself."""
    voiding = _statement.alias("voiding")
    return (
        sa.exists()
        .where(
            voiding.c.tenant_id == _statement.c.tenant_id,
            voiding.c.target_id == _statement.c.id,
            voiding.c.is_voiding,
        )
        .correlate(_statement)
    )


def find_one(
    connection: Connection, tenant_id: UUID, statement_id: UUID, *, voided: bool
) -> Told | None:
    """Read one statement by its id, if it is voided or not as asked."""
    is_voided = sa.and_(~_statement.c.is_voiding, _is_targeted_by_voiding())
    row = connection.execute(
        sa.select(_statement.c.seq, _statement.c.payload).where(
            _statement.c.tenant_id == tenant_id,
            _statement.c.id == statement_id,
            is_voided if voided else ~is_voided,
        )
    ).one_or_none()
    return Told(*row) if row else None


def by_ids(
    connection: Connection, tenant_id: UUID, ids: Collection[UUID]
) -> dict[UUID, StatementRow]:
    """Read the statements that exist of some ids, voided or not; for none, do not even ask."""
    if not ids:
        return {}
    rows = connection.execute(
        sa.select(*_columns()).where(
            _statement.c.tenant_id == tenant_id, _statement.c.id.in_(list(ids))
        )
    )
    return {row.id: StatementRow._make(row) for row in rows}


def referring_to(
    connection: Connection, tenant_id: UUID, ids: Collection[UUID]
) -> list[StatementRow]:
    """Read the statements whose object is a reference to one of some ids."""
    rows = connection.execute(
        sa.select(*_columns()).where(
            _statement.c.tenant_id == tenant_id, _statement.c.target_id.in_(list(ids))
        )
    )
    return [StatementRow._make(row) for row in rows]


def after(
    connection: Connection, seq: int, horizon: int, *, limit: int, tenant_id: UUID | None
) -> list[StatementRow]:
    """Read on from a number, never past the horizon, so that no late comer is passed over."""
    statement = sa.select(*_columns()).where(_statement.c.seq > seq, _statement.c.seq < horizon)
    if tenant_id is not None:
        statement = statement.where(_statement.c.tenant_id == tenant_id)
    rows = connection.execute(statement.order_by(_statement.c.seq).limit(limit))
    return [StatementRow._make(row) for row in rows]


def _columns() -> list[sa.ColumnElement[object]]:
    return [_statement.c[name] for name in StatementRow._fields]


def descriptions(connection: Connection, keys: Collection[bytes]) -> list[tuple[bytes, bytes]]:
    """Read what was told of some things, as pairs of key and JSON, the oldest first."""
    rows = connection.execute(
        sa.select(_description.c.key, _description.c.content)
        .where(_description.c.key.in_(list(keys)))
        .order_by(_description.c.seq)
    )
    return [(row.key, row.content) for row in rows]


def known_digests(connection: Connection, keys: Collection[bytes]) -> set[tuple[bytes, bytes]]:
    """Read which wordings of some things are kept, as pairs of key and digest."""
    rows = connection.execute(
        sa.select(_description.c.key, _description.c.digest).where(
            _description.c.key.in_(list(keys))
        )
    )
    return {(row.key, row.digest) for row in rows}


def add_descriptions(connection: Connection, rows: Sequence[dict[str, object]]) -> None:
    """Keep further wordings."""
    connection.execute(sa.insert(Description), list(rows))
