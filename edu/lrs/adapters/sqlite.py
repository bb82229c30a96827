"""Statements in SQLite, where one writer works at a time."""

import fcntl
import sqlite3
from collections.abc import Sequence

from sqlalchemy.engine import Connection

from edu.db import utcnow
from edu.lrs.adapters.rows import IdTaken, MentionRow, StatementRow
from edu.lrs.adapters.sql import cursor, run
from edu.lrs.models import TICK_BITS, first_seq_at

_INSERT_STATEMENT = (
    "INSERT INTO lrs_statement (seq, id, tenant_id, payload, target_id, is_voiding)"
    " VALUES (?, ?, ?, ?, ?, ?)"
)
_INSERT_MENTION = "INSERT INTO lrs_mention (key, seq, usages) VALUES (?, ?, ?)"
_JOIN_MENTION = (
    f"{_INSERT_MENTION} ON CONFLICT (key, seq) DO UPDATE SET usages = usages | excluded.usages"
)
_LAST = "SELECT max(seq) FROM lrs_statement"


class SqliteTables:
    """Plain inserts; the write lock, held by the unit of work, keeps the order."""

    has_many_writers = False

    def reserve(self, connection: Connection, count: int) -> list[int]:
        """Count on from the last number should the clock have been set back."""
        tick = 1 << TICK_BITS
        first = max(first_seq_at(utcnow()), self._last(connection) + tick)
        return list(range(first, first + count * tick, tick))

    def insert(
        self,
        connection: Connection,
        statements: Sequence[StatementRow],
        mentions: Sequence[MentionRow],
    ) -> None:
        """Add rows, both kinds in one go each."""
        writing = cursor(connection)
        try:
            writing.executemany(_INSERT_STATEMENT, [_written(row) for row in statements])
        except sqlite3.IntegrityError as error:
            raise IdTaken from error
        writing.executemany(_INSERT_MENTION, mentions)
        writing.close()

    def add_mentions(self, connection: Connection, mentions: Sequence[MentionRow]) -> None:
        """Add or join rows."""
        cursor(connection).executemany(_JOIN_MENTION, mentions)

    def horizon(self, connection: Connection) -> int:
        """Now, when nobody is writing; else the last there is, for numbers only grow."""
        now = first_seq_at(utcnow())
        held = connection.info.get("lock")
        if held is None or connection.get_execution_options().get("writes"):
            return now
        try:
            fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return self._last(connection) + 1
        fcntl.flock(held, fcntl.LOCK_UN)
        return now

    def _last(self, connection: Connection) -> int:
        [(last,)] = run(connection, _LAST, ())
        return last or 0


def _written(row: StatementRow) -> tuple[object, ...]:
    target = row.target_id.hex if row.target_id else None
    return (row.seq, row.id.hex, row.tenant_id.hex, row.payload, target, row.is_voiding)
