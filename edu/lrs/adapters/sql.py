"""SQL in our own words, straight to the driver.

What is found in 0.1 ms must not be asked for longer than that: SQLAlchemy takes 0.05 ms to hand a
statement on and more to build one. The connection is the session's, so all is one transaction.
Statements are written with "?" for values, as SQLite reads them.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.engine import Connection

from edu.batches import batches
from edu.postgres import Direct

T = TypeVar("T")

Reader = Connection | Direct  # the session's connection, or one beside it that only PostgreSQL has

CHUNK = 5000  # values in one list: both engines have a limit


def cursor(connection: Connection) -> Any:  # Any: sqlite3's or psycopg's
    """Open a cursor of the driver in the open transaction."""
    return connection.connection.cursor()


def run(connection: Reader, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Run a query and give its rows (Any: as the driver takes and gives them)."""
    if isinstance(connection, Direct):
        return connection.run(sql, values)
    reading = cursor(connection)
    if connection.dialect.name == "postgresql":
        # some keys are in every statement and others in one: each deserves a plan of its own
        reading.execute(_for_psycopg(sql), values, prepare=False)
    else:
        reading.execute(sql, _bound(values))
    found: list[tuple[Any, ...]] = reading.fetchall()
    reading.close()
    return found


def run_many(connection: Connection, sql: str, rows: Iterable[Sequence[object]]) -> None:
    """Run a change once for each row of values."""
    writing = cursor(connection)
    if connection.dialect.name == "postgresql":
        writing.executemany(_for_psycopg(sql), rows)
    else:
        writing.executemany(sql, [_bound(values) for values in rows])
    writing.close()


def _bound(values: Sequence[object]) -> list[object]:
    """SQLite keeps ids as text."""
    return [value.hex if isinstance(value, UUID) else value for value in values]


@lru_cache(maxsize=256)  # each number of values is a text of its own
def _for_psycopg(sql: str) -> str:
    return sql.replace("%", "%%").replace("?", "%s")


def marks(values: Sequence[object]) -> str:
    """One "?" for each value."""
    return ", ".join("?" * len(values))


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """Cut a long list into pieces that one statement can take."""
    return batches(values, CHUNK)


def as_uuid(value: object) -> UUID:
    """Read an id as the engine keeps it."""
    return value if isinstance(value, UUID) else UUID(str(value))
