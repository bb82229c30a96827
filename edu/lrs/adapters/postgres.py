"""Statements in PostgreSQL, where many write at once and none waits for another."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter

import psycopg
from sqlalchemy.engine import Connection

from edu.lrs.adapters.rows import IdTaken, MentionRow, StatementRow
from edu.lrs.adapters.sql import Reader, cursor, run
from edu.lrs.models import TICK_BITS, first_seq_at

COPY_FROM = 8  # so many statements are sent faster by COPY than by INSERT
WRITERS = 1 << TICK_BITS
IN_FLIGHT = 0x6C7273  # "lrs": first half of the advisory lock that says "I am writing"

# Whoever writes first says since which second, by a lock that ends with the transaction, and only
# then reads the clock. So what a reader sees no lock for is visible, or younger than the look.
HELD = f"""held AS MATERIALIZED (
        SELECT pg_advisory_xact_lock_shared(
            {IN_FLIGHT}, floor(extract(epoch FROM clock_timestamp()))::int)
    )"""  # noqa: S608 - a constant
_RESERVE = f"""
    WITH {HELD}
    SELECT clock_timestamp(), nextval('lrs_statement_seq_seq') FROM held
"""  # noqa: S608 - a constant
_HORIZON = f"""
    SELECT (extract(epoch FROM
        least(statement_timestamp(), to_timestamp(min(objid::bigint)))) * 1000000)::bigint
    FROM pg_locks
    WHERE locktype = 'advisory' AND classid = {IN_FLIGHT} AND objsubid = 2
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND pid <> pg_backend_pid()
"""  # noqa: S608 - a constant
_COLUMNS = "seq, id, tenant_id, payload, target_id, is_voiding"
_INSERT_ONE = f"""
    WITH made AS (INSERT INTO lrs_statement ({_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s))
    INSERT INTO lrs_mention (key, seq, usages)
    SELECT unnest(%s::bytea[]), %s, unnest(%s::smallint[])
"""  # noqa: S608 - a constant
_JOIN_MENTIONS = """
    INSERT INTO lrs_mention (key, seq, usages)
    SELECT unnest(%s::bytea[]), unnest(%s::bigint[]), unnest(%s::smallint[])
    ON CONFLICT (key, seq) DO UPDATE SET usages = lrs_mention.usages | excluded.usages
"""


class PostgresTables:
    """One SQL statement for one xAPI statement, COPY for many."""

    has_many_writers = True

    def reserve(self, connection: Connection, count: int) -> list[int]:
        """Number from the server's clock; the low bits differ from other writers' of the time."""
        [(moment, writer)] = run(connection, _RESERVE, ())
        first = first_seq_at(moment) + writer % WRITERS
        return list(range(first, first + count * WRITERS, WRITERS))

    def insert(
        self,
        connection: Connection,
        statements: Sequence[StatementRow],
        mentions: Sequence[MentionRow],
    ) -> None:
        """Add rows: few one by one, many by COPY.

        In the order of ids, so that two who bring the same ones never wait in a ring.
        """
        insert = _insert_each if len(statements) < COPY_FROM else _copy_all
        rows = sorted(statements, key=attrgetter("id"))
        try:
            insert(cursor(connection), rows, mentions)
        except psycopg.errors.UniqueViolation as error:
            raise IdTaken from error

    def add_mentions(self, connection: Connection, mentions: Sequence[MentionRow]) -> None:
        """Add or join rows, in the order of keys so that two writers never wait in a ring."""
        rows = sorted(mentions)
        cursor(connection).execute(
            _JOIN_MENTIONS,
            (
                array_of_bytes(row.key for row in rows),
                array_of(row.seq for row in rows),
                array_of(row.usages for row in rows),
            ),
        )

    def horizon(self, connection: Reader) -> int:
        """The second in which the oldest unfinished writer began, or now when there is none."""
        [(microseconds,)] = run(connection, _HORIZON, ())
        return int(microseconds) << TICK_BITS


def _insert_each(
    writing: psycopg.Cursor, statements: Sequence[StatementRow], mentions: Sequence[MentionRow]
) -> None:
    of = {seq: list(own) for seq, own in groupby(mentions, key=attrgetter("seq"))}
    for row in statements:
        keys = array_of_bytes(mention.key for mention in of[row.seq])
        usages = array_of(mention.usages for mention in of[row.seq])
        writing.execute(_INSERT_ONE, (*row, keys, row.seq, usages))


def _copy_all(
    writing: psycopg.Cursor, statements: Sequence[StatementRow], mentions: Sequence[MentionRow]
) -> None:
    _copy(writing, f"COPY lrs_statement ({_COLUMNS}) FROM STDIN", statements)
    _copy(writing, "COPY lrs_mention (key, seq, usages) FROM STDIN", mentions)


def _copy(writing: psycopg.Cursor, command: str, rows: Iterable[tuple[object, ...]]) -> None:
    with writing.copy(command) as copy:
        for row in rows:
            copy.write_row(row)


def array_of(values: Iterable[object]) -> str:
    """Write an array literal of values without commas, quotes or spaces."""
    return "{" + ",".join(map(str, values)) + "}"


def array_of_bytes(values: Iterable[bytes]) -> str:
    """Write an array literal: psycopg's adaptation of lists costs more than the insert."""
    return "{" + ",".join(f'"\\\\x{value.hex()}"' for value in values) + "}"
