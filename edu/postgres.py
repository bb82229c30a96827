"""PostgreSQL: one SQL statement as a whole transaction, in one round trip, prepared once.

What takes a tenth of a millisecond must not be wrapped in five times as much: the session's
transaction costs three round trips (is the connection alive, BEGIN, COMMIT) and the drivers'
layers more than the query itself. This is for the few places that answer hundreds of requests a
second; everything else uses the session.

It has connections of its own for it, straight to libpq. The plans there walk indexes and are made
once: whoever asks here writes queries that have but one good plan.
"""

import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from typing import Any
from uuid import UUID

import psycopg
import sqlalchemy as sa
from flask import current_app
from psycopg import pq
from psycopg.conninfo import make_conninfo

from edu.db import db

Value = int | str | bytes | UUID | None
Row = tuple[Any, ...]  # Any: as each column's type has it
Column = list[Any]

SETTINGS = (
    b"SET plan_cache_mode = force_generic_plan; SET jit = off; SET enable_seqscan = off;"
    b" SET enable_bitmapscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off;"
    b" SET enable_sort = off; SET enable_incremental_sort = off"
)
KEPT = "edu_postgres"  # among the app's extensions
_DONE = frozenset({pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK})


class Link:
    """A connection to libpq that remembers what it has prepared, and comes back when it broke."""

    def __init__(self, opened: Callable[[], pq.abc.PGconn]) -> None:
        self._opened = opened
        self._open()

    def _open(self) -> None:
        self._connection = self._opened()
        self._names: dict[str, bytes] = {}

    def run(self, sql: str, values: Sequence[Value]) -> list[Row]:
        """Read: run a statement with "?" for values; give the rows. Raises psycopg's errors.

        Where the server was started anew meanwhile, it is asked again.
        """
        return _rows(self.columns(sql, values))

    def columns(self, sql: str, values: Sequence[Value]) -> list[Column]:
        """Read likewise, and give the columns."""
        try:
            return self._run(sql, values)
        except psycopg.OperationalError:
            if self._is_good:
                raise
            self._open()
            return self._run(sql, values)

    def change(self, sql: str, values: Sequence[Value]) -> list[Row]:
        """Change something. Nobody may know what became of it where OperationalError is raised."""
        if not self._is_good:
            self._open()
        return _rows(self._run(sql, values))

    @property
    def _is_good(self) -> bool:
        """False once the server or the way to it was seen to fail."""
        return self._connection.status == pq.ConnStatus.OK

    def _run(self, sql: str, values: Sequence[Value]) -> list[Column]:
        formats = [pq.Format.BINARY if isinstance(value, _BINARY) else 0 for value in values]
        result = _checked(self._execute(sql, [_sent(value) for value in values], formats))
        return [_column(result, number) for number in range(result.nfields)]

    def _execute(
        self, sql: str, values: Sequence[bytes | None], formats: Sequence[int]
    ) -> pq.abc.PGresult:
        name = self._names.get(sql)
        if name is None:
            name = f"edu{len(self._names)}".encode()
            _checked(self._connection.prepare(name, _numbered(sql)))
            self._names[sql] = name
        sent: Any = values  # its annotation forgets that None is NULL
        return self._connection.exec_prepared(name, sent, formats, pq.Format.BINARY)


class Direct:
    """The way to one database: as many links as threads use at the same moment.

    The link that was used last is used next: its server process has all it needs at hand.
    """

    def __init__(self, make: Callable[[], Link]) -> None:
        self._make = make
        self._idle: list[Link] = []

    def run(self, sql: str, values: Sequence[Value]) -> list[Row]:
        """Read: run a statement with "?" for values. Raises psycopg's errors.

        Values other than bytes and ids go as text: the statement must tell their types. Columns
        may be whole numbers, booleans and bytes.
        """
        with self._link() as link:
            return link.run(sql, values)

    def columns(self, sql: str, values: Sequence[Value]) -> list[Column]:
        """Read likewise, and give the columns: of a page, most rows are only handed on."""
        with self._link() as link:
            return link.columns(sql, values)

    def change(self, sql: str, values: Sequence[Value]) -> list[Row]:
        """Run a statement that changes something: a transaction of its own.

        Nobody may know what became of it where OperationalError is raised.
        """
        with self._link() as link:
            return link.change(sql, values)

    @contextmanager
    def _link(self) -> Iterator[Link]:
        try:
            link = self._idle.pop()
        except IndexError:  # all are in use
            link = self._make()
        try:
            yield link
        finally:
            self._idle.append(link)


def direct() -> Direct | None:
    """Give the way to the database beside the session's; None in other databases."""
    kept = current_app.extensions
    if KEPT not in kept:
        kept[KEPT] = _way_to(db.engine)
    found: Direct | None = kept[KEPT]
    return found


def _way_to(engine: sa.Engine) -> Direct | None:
    if engine.dialect.name != "postgresql":
        return None
    _words, options = engine.dialect.create_connect_args(engine.url)
    return Direct(partial(Link, partial(_opened, options)))


def _opened(options: Mapping[str, Any]) -> pq.abc.PGconn:
    options = {name: value for name, value in options.items() if name != "context"}
    words = make_conninfo(**options, client_encoding="utf-8")
    made = pq.PGconn.connect(words.encode())
    if made.status != pq.ConnStatus.OK:
        raise psycopg.OperationalError(made.get_error_message())
    _checked(made.exec_(SETTINGS))
    return made


def _checked(result: pq.abc.PGresult) -> pq.abc.PGresult:
    if result.status in _DONE:
        return result
    state = result.error_field(pq.DiagnosticField.SQLSTATE)
    kind = psycopg.errors.lookup(state.decode()) if state else psycopg.OperationalError
    raise kind(result.error_message.decode(errors="replace"))


_BINARY = (bytes, UUID)


def _sent(value: Value) -> bytes | None:
    if value is None or isinstance(value, bytes):
        return value
    return value.bytes if isinstance(value, UUID) else str(value).encode()


def _rows(columns: Sequence[Column]) -> list[Row]:
    return list(zip(*columns, strict=True))


def _column(result: pq.abc.PGresult, number: int) -> Column:
    values: list[Any] = [result.get_value(row, number) for row in range(result.ntuples)]
    if (kind := result.ftype(number)) == _BYTEA:
        return values
    code = _CODES[kind]
    if None in values:
        return [value and struct.unpack(f"!{code}", value)[0] for value in values]
    return list(struct.unpack(f"!{len(values)}{code}", b"".join(values)))


# By the object identifiers of PostgreSQL's built-in types: how `struct` names their binary form.
_BYTEA = 17
_CODES = {16: "?", 20: "q", 23: "i"}  # boolean, bigint, integer


@cache
def _numbered(sql: str) -> bytes:
    """Write each "?" as PostgreSQL does: $1, $2 and so on."""
    *pieces, last = sql.split("?")
    numbered = (f"{piece}${place}" for place, piece in enumerate(pieces, start=1))
    return ("".join(numbered) + last).encode()
