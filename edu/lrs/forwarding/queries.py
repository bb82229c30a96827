"""Read targets of the current tenant, what waits for them, and what they refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson
import sqlalchemy as sa

from edu.db import db
from edu.errors import NotFound
from edu.lrs.adapters import reading
from edu.lrs.adapters.engines import tables_of
from edu.lrs.adapters.rows import StatementRow
from edu.lrs.forwarding.core.messages import matches
from edu.lrs.forwarding.models import DeadLetter, Target, TargetKind, TargetState
from edu.lrs.models import Statement, moment_of
from edu.lrs.queries import tenant

READ = 200  # statements looked at in one go
COUNTED = 10_000  # more than so many are "many"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a target is to get: the statements that pass its filter, and how far was looked.

    `run` says after which start.
    """

    after: int
    rows: Sequence[StatementRow]
    through: int
    is_all: bool
    run: int


@dataclass(frozen=True, slots=True)
class Lag:
    """How many statements a target has not been given, and since when the first of them waits.

    COUNTED + 1 stands for any larger number.
    """

    behind: int
    since: datetime | None


def targets() -> Sequence[Target]:
    """List the targets, the newest first."""
    return db.session.scalars(sa.select(Target).order_by(Target.id.desc())).all()


def all_targets(*states: TargetState) -> Sequence[Target]:
    """List the targets of all organisations, in any of some states: for work on all of them."""
    wanted = sa.select(Target).execution_options(all_tenants=True)
    return db.session.scalars(wanted.where(Target.state.in_(states or TargetState))).all()


def find(target_id: UUID) -> Target | None:
    """Find a target, read afresh: another process may have paused it."""
    return db.session.scalar(
        sa.select(Target).where(Target.id == target_id).execution_options(populate_existing=True)
    )


def get(target_id: UUID) -> Target:
    """Find a target. Raises NotFound."""
    if (found := find(target_id)) is None:
        raise NotFound
    return found


def dead_letters(target: Target, *, limit: int, after: int = 0) -> Sequence[DeadLetter]:
    """List what could not be delivered, the oldest first, behind a statement's number."""
    wanted = sa.select(DeadLetter).order_by(DeadLetter.seq, DeadLetter.id).limit(limit)
    wanted = wanted.where(DeadLetter.seq > after, DeadLetter.target_id == target.id)
    return db.session.scalars(wanted).all()


def dead_count(target: Target) -> int:
    """How many statements could not be delivered."""
    counted = sa.select(sa.func.count()).where(DeadLetter.target_id == target.id)
    return db.session.scalar(counted) or 0


def find_letter(letter_id: UUID) -> DeadLetter | None:
    """Find a statement that could not be delivered."""
    return db.session.scalar(sa.select(DeadLetter).where(DeadLetter.id == letter_id))


def waiting(target: Target) -> Waiting:
    """Read on from where a target stands, never past what is still being written."""
    rows = _behind(target.cursor)
    passing = [row for row in rows if _passes(target, row.payload)]
    through = rows[-1].seq if rows else target.cursor
    return Waiting(target.cursor, passing, through, len(rows) < READ, target.run)


def next_passing(target: Target, seq: int, most: int) -> Sequence[StatementRow]:
    """Find one more statement that passes, behind a number: at most so many are looked at."""
    for _some in range(most // READ):
        rows = _behind(seq)
        for row in rows:
            if _passes(target, row.payload):
                return [row]
        if len(rows) < READ:
            break
        seq = rows[-1].seq
    return []


def _behind(seq: int) -> list[StatementRow]:
    connection = db.session.connection()
    horizon = tables_of(connection).horizon(connection)
    return reading.after(connection, seq, horizon, limit=READ, tenant_id=tenant())


def statement(seq: int) -> StatementRow | None:
    """Read one statement by its number; None when it was deleted."""
    rows = reading.after(db.session.connection(), seq - 1, seq + 1, limit=1, tenant_id=tenant())
    return rows[0] if rows else None


def _passes(target: Target, payload: bytes) -> bool:
    if not target.verb and not target.activity:
        return True
    return matches(
        orjson.loads(payload),
        verb=target.verb,
        activity=target.activity,
        voidings=target.kind is TargetKind.LRS,
    )


def lag(target: Target) -> Lag:
    """Measure how far behind a target is; what its filter will pass over counts too."""
    behind = sa.select(Statement.seq).where(Statement.seq > target.cursor).order_by(Statement.seq)
    first = db.session.scalar(behind.limit(1))
    if first is None:
        return Lag(0, None)
    counted = sa.select(sa.func.count()).select_from(behind.limit(COUNTED + 1).subquery())
    return Lag(db.session.scalar(counted) or 0, moment_of(first))
