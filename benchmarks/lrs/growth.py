"""The same searches in a small record and in a large one; bytes on disk; memory of an export.

    python -m tests.postgres --durable python -m benchmarks.lrs.growth --sizes 10000 1000000

Fills the record by COPY with rows made by our own builders (the statements of `statements`, a year
of them), asks each size the same, then exports all of it and watches the exporting process. What is
beyond a million are copies that PostgreSQL makes of the first million: with ids, numbers and index
entries of their own, and the bytes of the original. So every key is as common at any size.
"""

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

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
ASKED = 400
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
        self.filled = 0

    def _ask(self, sql: str) -> object:
        return self.connection.execute(sql).fetchone()

    def fill(self, size: int, largest: int) -> None:
        """Add rows until there are so many; `largest` says how close they lie together."""
        step = YEAR / largest
        own = min(size, COPIED)
        for first in range(self.filled, own, MADE):
            count = min(MADE, own - first)
            numbers = [first_seq_at(self.begin + (first + turn) * step) for turn in range(count)]
            self._add(numbers)
        first_million = COPIED * step
        for turn in range(max(self.filled, COPIED) // COPIED, size // COPIED):
            self._copy(first_seq_at(self.begin + first_million), turn * first_million)
        self.filled = size
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

    def bytes_each(self) -> dict[str, float]:
        """Bytes on disk for one statement, by table, indexes and all."""
        return {
            table: self._ask(f"SELECT pg_total_relation_size('{table}')") / self.filled
            for table in TABLES
        }


def ask_all(port: int, authorization: str) -> None:
    """Print what each search takes, one after another: no queue is measured."""
    headers = {"Authorization": authorization, "X-Experience-API-Version": "1.0.3"}
    for name, query in {**searches(), "agent and verb": _both()}.items():
        asked = load.request("GET", f"/xapi/statements?{query}&limit=25", headers)
        load.run(port, [asked] * 20, 1)
        measured = load.run(port, [asked] * ASKED, 1)
        print(f"  GET 25 by {name:20}{measured.at(0.5):8.2f}{measured.at(0.95):8.2f}", flush=True)


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
    url = os.environ["EDU_TEST_DATABASE_URL"]
    with tempfile.TemporaryDirectory() as folder:
        port = servers.free_port()
        settings = servers.environment(Path(folder), port, url)
        authorization = servers.prepared_key(settings)
        filler = Filler(urlsplit(url)._replace(scheme="postgresql").geturl())
        with servers.running(servers.OURS, settings, port):
            for size in sizes:
                began = time.perf_counter()
                filler.fill(size, sizes[-1])
                seconds = time.perf_counter() - began
                each = filler.bytes_each()
                told = ", ".join(f"{table} {found:.0f}" for table, found in each.items())
                print(f"{size} statements, filled in {seconds:.0f} s")
                print(f"  {sum(each.values()):.0f} bytes each on disk: {told}")
                print(f"  {'':30}{'p50 ms':>8}{'p95 ms':>8}")
                ask_all(port, authorization)
        export(settings)


if __name__ == "__main__":
    main()
