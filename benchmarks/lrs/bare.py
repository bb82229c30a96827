"""The rows of statements through the driver alone: the floor that `throughput` stands on."""

import argparse
import os
import sqlite3
import time
from collections.abc import Callable, Sequence
from secrets import token_bytes
from uuid import uuid4

import psycopg

MENTIONS = 8  # per statement, as those of `validate.statement`
PAYLOAD = b"x" * 1300
_STATEMENT = "INSERT INTO lrs_statement (seq, id, tenant_id, payload, is_voiding) VALUES "
_MENTION = "INSERT INTO lrs_mention (key, seq, usages) VALUES "


def rows(first: int, count: int) -> tuple[list[tuple], list[tuple]]:
    statements = [(first + n, uuid4().hex, uuid4().hex, PAYLOAD, False) for n in range(count)]
    keys = [token_bytes(16) for _ in range(MENTIONS * count)]
    return statements, [(key, first + n // MENTIONS, 1) for n, key in enumerate(keys)]


def sqlite(url: str) -> Callable[[Sequence, Sequence], None]:
    connection = sqlite3.connect(url.partition("///")[2], isolation_level=None)
    connection.execute("PRAGMA synchronous=FULL")

    def store(statements: Sequence, mentions: Sequence) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(f"{_STATEMENT} (?, ?, ?, ?, ?)", statements)
        connection.executemany(f"{_MENTION} (?, ?, ?)", mentions)
        connection.execute("COMMIT")

    return store


def postgres(url: str) -> Callable[[Sequence, Sequence], None]:
    connection = psycopg.connect(url.replace("+psycopg", ""))

    def store(statements: Sequence, mentions: Sequence) -> None:
        with connection.transaction(), connection.cursor() as cursor:
            cursor.executemany(f"{_STATEMENT} (%s, %s, %s, %s, %s)", statements)
            cursor.executemany(f"{_MENTION} (%s, %s, %s)", mentions)

    return store


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--count", type=int, default=2000)
    count = asked.parse_args().count
    url = os.environ["EDU_DATABASE_URL"]
    store = sqlite(url) if url.startswith("sqlite") else postgres(url)
    for size in (1, 100):
        times = count if size == 1 else count // 50
        prepared = [rows((n + size) * size, size) for n in range(times)]
        began, cpu = time.perf_counter(), time.process_time()
        for statements, mentions in prepared:
            store(statements, mentions)
        wall, cpu = time.perf_counter() - began, time.process_time() - cpu
        rate, each = len(prepared) / wall, cpu / len(prepared) * 1000
        print(f"{f'bare inserts, {size} per transaction':38} {rate:9.0f}/s {each:9.3f} ms CPU")


if __name__ == "__main__":
    main()
