"""The rows of statements through the driver alone: the floor that `throughput` stands on.

The rows are those of the same statements: as long, found by as many keys, under the same indexes.
Each transaction is kept on the disk. One statement is one SQL statement (or `executemany`, in
SQLite); a hundred go by binary COPY, the fastest way PostgreSQL has, in the
order of their keys.
"""

import argparse
import os
import sqlite3
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from secrets import token_bytes
from uuid import UUID, uuid4

import psycopg

from benchmarks.lrs.servers import Cost

MENTIONS = 7  # per statement, as those of `statements`
PAYLOAD = b"x" * 1300
_COLUMNS = "seq, id, tenant_id, payload, is_voiding"
_STATEMENT = f"INSERT INTO lrs_statement ({_COLUMNS}) VALUES"
_STATEMENT_TYPES = ("int8", "uuid", "uuid", "bytea", "bool")
_MENTION_TYPES = ("bytea", "int8", "int2")
_MENTION = "INSERT INTO lrs_mention (key, seq, usages)"
_ONE = f"""
    WITH made AS ({_STATEMENT} (%s, %s, %s, %s, %s)) {_MENTION}
    SELECT unnest(%s::bytea[]), %s, 1
"""

Rows = tuple[list[tuple], list[tuple]]
Store = Callable[[Rows], None]

_numbers = count(time.time_ns() >> 8)
_TENANT = uuid4()


def rows(size: int, as_id: Callable[[UUID], object]) -> Rows:
    """Make the rows of so many statements."""
    seqs = [next(_numbers) for _ in range(size)]
    statements = [(seq, as_id(uuid4()), as_id(_TENANT), PAYLOAD, False) for seq in seqs]
    return statements, sorted((token_bytes(16), seq, 1) for seq in seqs for _ in range(MENTIONS))


def sqlite(url: str) -> Store:
    path = url.partition("///")[2]
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA synchronous=FULL")

    def store(made: Rows) -> None:
        statements, mentions = made
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(f"{_STATEMENT} (?, ?, ?, ?, ?)", statements)
        connection.executemany(f"{_MENTION} VALUES (?, ?, ?)", mentions)
        connection.execute("COMMIT")

    return store


def postgres(url: str) -> Store:
    connection = psycopg.connect(url.replace("+psycopg", ""), autocommit=True)

    def store(made: Rows) -> None:
        statements, mentions = made
        if len(statements) == 1:
            keys = "{" + ",".join(f'"\\\\x{key.hex()}"' for key, _, _ in mentions) + "}"
            connection.execute(_ONE, (*statements[0], keys, statements[0][0]))
            return
        with connection.transaction(), connection.cursor() as cursor:
            _copy(cursor, f"lrs_statement ({_COLUMNS})", _STATEMENT_TYPES, statements)
            _copy(cursor, "lrs_mention (key, seq, usages)", _MENTION_TYPES, mentions)

    return store


def _copy(cursor: psycopg.Cursor, into: str, types: Sequence[str], made: Sequence[tuple]) -> None:
    with cursor.copy(f"COPY {into} FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types(types)
        for row in made:
            copy.write_row(row)


def measure(url: str, *, size: int, times: int, at_once: int) -> tuple[float, float]:
    """Store so many statements so many times; give transactions a second and CPU ms of one."""
    is_sqlite = url.startswith("sqlite")
    prepared = [rows(size, _hex if is_sqlite else _itself) for _ in range(times)]
    stores = [sqlite(url) if is_sqlite else postgres(url) for _ in range(at_once)]

    def share(number: int) -> None:
        for made in prepared[number::at_once]:
            stores[number](made)

    cost, began = Cost(os.getpid()), time.perf_counter()
    before = cost()
    with ThreadPoolExecutor(at_once) as pool:
        list(pool.map(share, range(at_once)))
    return times / (time.perf_counter() - began), (cost() - before) / times * 1000


def _hex(value: UUID) -> str:
    return value.hex


def _itself(value: UUID) -> UUID:
    return value


def main() -> None:
    asked = argparse.ArgumentParser()
    for name in ("size", "times", "at-once"):
        asked.add_argument(f"--{name}", type=int)
    given = asked.parse_args()
    rate, cpu = measure(
        os.environ["EDU_DATABASE_URL"],
        size=given.size, times=given.times, at_once=given.at_once,
    )  # fmt: skip
    print(rate, cpu)


if __name__ == "__main__":
    main()
