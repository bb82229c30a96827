"""The same searches in a small record and in large ones; bytes on disk; memory of an export.

    python -m tests.postgres --durable python -m benchmarks.lrs.growth --sizes 10000 1000000

Fills a database of each size by COPY with rows made by our own builders (the statements of
`statements`, a year of them). Then all are asked the same, one client and one question after
another, in rounds in which each takes its turn: a minute in which the machine is disturbed is one
for all of them. The last column tells how many times the smallest one's tail the largest one's is.
At the end all of the largest is exported, and the exporting process watched.

What is beyond a million are copies that PostgreSQL makes of the first million: with ids, numbers
and index entries of their own, and the bytes of the original. So every key is as common at any
size.
"""

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

import psycopg
from psycopg.rows import scalar_row

from benchmarks.lrs import load, servers
from benchmarks.lrs.statements import random_id, searches, statement
from edu.lrs import links
from edu.lrs.core.identity import names
from edu.lrs.core.intake import complete
from edu.lrs.core.json_in import write
from edu.lrs.core.values import format_timestamp
from edu.lrs.core.version import Version
from edu.lrs.models import TICK_BITS, first_seq_at, moment_of

LRS = {"account": {"homePage": "https://portal.example", "name": "app"}}
YEAR = timedelta(days=365)
MADE = (
    20_000  # different statements; more are these again, with ids, times and numbers of their own
)
COPIED = 1_000_000
ASKED, ROUNDS = 40, 25  # so many times in a row, in so many rounds
TABLES = ("lrs_statement", "lrs_mention", "lrs_description")

_STATEMENTS = "COPY lrs_statement (seq, id, tenant_id, payload, is_voiding) FROM STDIN"
_MENTIONS = "COPY lrs_mention (key, seq, usages) FROM STDIN"
_COPY_STATEMENTS = """
    INSERT INTO lrs_statement (seq, id, tenant_id, payload, is_voiding)
    SELECT seq + %s, gen_random_uuid(), tenant_id, payload, is_voiding
    FROM lrs_statement WHERE seq < %s
"""
_COPY_MENTIONS = """
    INSERT INTO lrs_mention (key, seq, usages)
    SELECT key, seq + %s, usages FROM lrs_mention WHERE seq < %s ORDER BY key, seq
"""


class Filler:
    """Makes the rows of statements, evenly over a year that ends now."""

    def __init__(self, database: str) -> None:
        self.connection = psycopg.connect(database, autocommit=True, row_factory=scalar_row)
        self.tenant = self._ask("SELECT tenant_id FROM lrs_key")
        chance = random.Random(20261122)
        self.made = [statement(chance) for _ in range(MADE)]
        self.chance = chance
        self.begin = datetime.now(UTC) - YEAR

    def _ask(self, sql: str) -> object:
        return self.connection.execute(sql).fetchone()

    def fill(self, size: int) -> None:
        """Add so many rows."""
        step = YEAR / size
        own = min(size, COPIED)
        for first in range(0, own, MADE):
            count = min(MADE, own - first)
            self._add([first_seq_at(self.begin + (first + turn) * step) for turn in range(count)])
        first_million = COPIED * step
        for turn in range(1, size // COPIED):
            self._copy(first_seq_at(self.begin + first_million), turn * first_million)
        self.connection.execute("VACUUM ANALYZE")

    def _copy(self, end: int, later: timedelta) -> None:
        """Add what was stored before a number once more, so much later."""
        shift = (later // timedelta(microseconds=1)) << TICK_BITS
        with self.connection.transaction():
            self.connection.execute(_COPY_STATEMENTS, (shift, end))
            self.connection.execute(_COPY_MENTIONS, (shift, end))

    def _add(self, numbers: list[int]) -> None:
        rows, mentions = [], []
        for number, said in zip(numbers, self.made, strict=False):
            own = said | {"id": random_id(self.chance)}
            moment = format_timestamp(moment_of(number))
            kept = complete(own, statement_id="", stored=moment, authority=LRS, version=Version.V1)
            rows.append((number, own["id"], self.tenant, write(kept), False))
            found = links.by_key(self.tenant, names(kept))
            mentions += [(key, number, places) for key, places in found.items()]
        with self.connection.transaction(), self.connection.cursor() as cursor:
            for command, some in ((_STATEMENTS, rows), (_MENTIONS, mentions)):
                with cursor.copy(command) as copy:
                    for row in some:
                        copy.write_row(row)

    def bytes_by_table(self) -> dict[str, int]:
        """Bytes on disk, indexes and all."""
        return {table: self._ask(f"SELECT pg_total_relation_size('{table}')") for table in TABLES}


class Record(NamedTuple):
    """A server before a database of some size."""

    size: int
    settings: dict[str, str]
    port: int
    authorization: str

    def ask(self, query: str) -> list[float]:
        """Ask for a page some times, one after another; give the latencies in seconds."""
        headers = {"Authorization": self.authorization, "X-Experience-API-Version": "1.0.3"}
        asked = load.request("GET", f"/xapi/statements?{query}&limit=25", headers)
        return load.run(self.port, [asked] * ASKED, 1).latencies


def filled(home: Path, size: int) -> Record:
    """Make a database of a size, and tell what it takes."""
    url = urlsplit(os.environ["EDU_TEST_DATABASE_URL"])
    database = f"edu_{size}"
    with psycopg.connect(_plain(url), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {database}")
    url = url._replace(path=f"/{database}")
    port = servers.free_port()
    settings = servers.environment(home, port, url.geturl())
    record = Record(size, settings, port, servers.prepared_key(settings))
    filler = Filler(_plain(url))
    began = time.perf_counter()
    filler.fill(size)
    seconds = time.perf_counter() - began
    each = {table: found / size for table, found in filler.bytes_by_table().items()}
    told = ", ".join(f"{table} {found:.0f}" for table, found in each.items())
    print(f"{size} statements, filled in {seconds:.0f} s")
    print(f"  {sum(each.values()):.0f} bytes each on disk: {told}", flush=True)
    return record


def _plain(url: SplitResult) -> str:
    """As PostgreSQL itself writes an address."""
    return url._replace(scheme="postgresql").geturl()


def ask_all(records: Sequence[Record]) -> None:
    """Print what each search takes in each size, one after another: no queue is measured."""
    sizes = "".join(f"{record.size:>18}" for record in records)
    print(f"{'p50 / p95 ms':24}{sizes}{'p95 last/first':>18}")
    for name, query in {**searches(), "agent and verb": _both()}.items():
        taken: dict[int, list[float]] = {record.size: [] for record in records}
        for turn in range(ROUNDS + 1):
            for record in records:
                latencies = record.ask(query)
                if turn:  # the first round is for warming
                    taken[record.size] += latencies
        quantiles = [_quantiles(each) for each in taken.values()]
        told = "".join(f"{f'{half:.2f} / {most:.2f}':>18}" for half, most in quantiles)
        ratio = quantiles[-1][1] / quantiles[0][1]
        print(f"GET 25 by {name:14}{told}{ratio:18.2f}", flush=True)


def _quantiles(seconds: list[float]) -> tuple[float, float]:
    """Half, and 95 of a hundred, take at most so many milliseconds."""
    twentieths = statistics.quantiles(seconds, n=20)
    return twentieths[9] * 1000, twentieths[18] * 1000


def _both() -> str:
    return f"{searches()['agent']}&{searches()['verb']}"


def export(settings: dict[str, str]) -> None:
    """Export all of it in a process of its own; print its time and largest memory."""
    command = [sys.executable, "-m", "edu", "lrs", "export", "--organisation", "bench"]
    began = time.perf_counter()
    with subprocess.Popen(command, env=settings, stdout=subprocess.PIPE) as exporting:  # noqa: S603
        memory = list(_watch(exporting))
    seconds = time.perf_counter() - began
    early, late = memory[len(memory) // 4 : len(memory) // 2], memory[len(memory) // 2 :]
    print(f"  export: {seconds:.0f} s, RSS {max(early):.0f} then {max(late):.0f} MiB")


def _watch(exporting: subprocess.Popen[bytes]) -> Iterator[float]:
    """Read what is exported and tell the memory of the one who does it, in MiB."""
    page = resource.getpagesize()
    while exporting.stdout.read(1 << 22):
        pages = int(Path(f"/proc/{exporting.pid}/statm").read_text("ascii").split()[1])
        yield pages * page / (1 << 20)


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--sizes", type=int, nargs="+", default=[10_000, 1_000_000])
    sizes = asked.parse_args().sizes
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        records = [filled(Path(folder), size) for size in sizes]
        for record in records:
            running.enter_context(servers.running(servers.OURS, record.settings, record.port))
        ask_all(records)
        export(records[-1].settings)


if __name__ == "__main__":
    main()
