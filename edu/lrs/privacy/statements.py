"""Change statements that are kept: the one place that does.

Statements are append-only, with this exception: a person's right to have their data erased (Law
91/2025/QH15, Decree 356/2025/NĐ-CP). What they are found by changes with them, and what refers to
them is found by what they say now.
"""

from collections.abc import Iterable
from uuid import UUID

import orjson
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from edu.db import db
from edu.lrs import descriptions
from edu.lrs.adapters import reading
from edu.lrs.adapters.engines import tables_of
from edu.lrs.adapters.rows import MentionRow, StatementRow
from edu.lrs.core.json_in import JsonObject, write
from edu.lrs.links import LONGEST_CHAIN, all_names, by_key
from edu.lrs.models import Mention, Statement


def replace(row: StatementRow, statement: JsonObject) -> None:
    """Let a kept statement say something else, under the same id and number."""
    has_defined = _has_defined(row)
    with _Refiled(row):
        _where(row, sa.update(Statement).values(payload=write(statement)))
    news = descriptions.News(row.tenant_id, may_define=has_defined)
    news.gather(row.seq, statement)
    descriptions.remember(db.session.connection(), news)


def _has_defined(row: StatementRow) -> bool:
    """True where its words for things counted: who stored it had the scope "define"."""
    told = descriptions.News(row.tenant_id, may_define=True)
    told.gather(row.seq, orjson.loads(row.payload))
    keys = {each.key for each in told.wordings}
    known = reading.known_digests(db.session.connection(), keys)
    return all((each.key, each.digest) in known for each in told.wordings)


def remove(row: StatementRow) -> None:
    """Take a kept statement out of the record."""
    with _Refiled(row):
        _where(row, sa.delete(Statement))


def _where(row: StatementRow, change: "sa.Update | sa.Delete") -> None:
    db.session.execute(
        change.where(Statement.seq == row.seq), execution_options={"synchronize_session": False}
    )


class _Refiled:
    """Brings the index up to date when the change inside is made."""

    def __init__(self, row: StatementRow) -> None:
        self._connection = db.session.connection()
        self._tenant_id = row.tenant_id
        self._ids = {row.id, *(each.id for each in _referring(self._connection, row))}

    def __enter__(self) -> None:
        self._before = self._index()

    def __exit__(self, *_problem: object) -> None:
        after = self._index()
        for seq, known in self._before.items():
            if gone := [key for key, _usages in known.items() - after.get(seq, {}).items()]:
                db.session.execute(
                    sa.delete(Mention).where(Mention.seq == seq, Mention.key.in_(gone)),
                    execution_options={"synchronize_session": False},
                )
        added = [  # also a key that stays but has moved: its old places went with it above
            MentionRow(key, seq, usages)
            for seq, found in after.items()
            for key, usages in found.items() - self._before.get(seq, {}).items()
        ]
        if added:
            tables_of(self._connection).add_mentions(self._connection, added)

    def _index(self) -> dict[int, dict[bytes, int]]:
        rows = reading.by_ids(self._connection, self._tenant_id, self._ids)
        return {row.seq: _found_by(self._connection, row) for row in rows.values()}


def _referring(connection: Connection, row: StatementRow) -> Iterable[StatementRow]:
    """Every statement that refers to this one, or to one that does, and so on."""
    found: dict[UUID, StatementRow] = {}
    awaited = {row.id}
    for _ in range(LONGEST_CHAIN):
        rows = reading.referring_to(connection, row.tenant_id, awaited) if awaited else []
        awaited = {each.id for each in rows} - found.keys() - {row.id}
        found |= {each.id: each for each in rows if each.id != row.id}
    return found.values()


def _found_by(connection: Connection, row: StatementRow) -> dict[bytes, int]:
    """The keys of a statement and of all that it refers to."""
    return by_key(row.tenant_id, all_names(connection, row))
