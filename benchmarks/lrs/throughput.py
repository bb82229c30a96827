"""Our record store, Ralph's with nothing behind it, and bare inserts of the same rows, in one run.

    python -m benchmarks.lrs.throughput                                   # SQLite
    python -m tests.postgres --durable python -m benchmarks.lrs.throughput --ralph VENV

VENV is a virtual environment with `ralph-malph[full]`. Each line: operations a second, CPU
milliseconds of one (server with all its processes and PostgreSQL; without the clients), and the
latencies that half and 95 % of the answers stay below. Batches hold a hundred statements. Each is
done in four rounds and the cheapest is told: what a neighbour on the machine costs is nobody's
merit.
"""

import argparse
import base64
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from operator import itemgetter
from pathlib import Path

import orjson

from benchmarks.lrs import load, servers
from benchmarks.lrs.statements import searches, statement

PAGE = 25
ROUNDS = 4
Ask = Callable[[str, str, bytes], bytes]


class Workload:
    """What every store is asked, as bytes made beforehand."""

    def __init__(self, count: int) -> None:
        """Make `count` single statements, and a twentieth of it as batches."""
        chance = random.Random(20261122)
        self.warming = [orjson.dumps(statement(chance)) for _ in range(count // 4)]
        self.single = [orjson.dumps(statement(chance)) for _ in range(count)]
        self.batches = [
            orjson.dumps([statement(chance) for _ in range(100)]) for _ in range(count // 20)
        ]


def line(name: str, rate: float, cpu: float, measured: load.Measured | None = None) -> None:
    latencies = f"{measured.at(0.5):8.1f}{measured.at(0.95):8.1f}" if measured else ""
    print(f"{name:36}{rate:9.0f}/s{cpu:9.3f} ms CPU{latencies}", flush=True)


def ask_all(name: str, port: int, cost: servers.Cost, asked: Sequence[bytes], at_once: int) -> None:
    """Send the requests, a part of them in each round, and print what the cheapest took."""
    rounds = []
    for turn in range(ROUNDS):
        part, before = asked[turn::ROUNDS], cost()
        measured = load.run(port, part, at_once)
        rounds.append(((cost() - before) / len(part) * 1000, measured))
        if measured.wrong:
            print(f"  {len(measured.wrong)} went wrong: {measured.wrong[0]!r}")
    cpu, measured = min(rounds, key=itemgetter(0))
    line(f"{name}, c={at_once}", measured.rate, cpu, measured)


def measure(port: int, cost: servers.Cost, work: Workload, ask: Ask, names: Sequence[str]) -> None:
    """Ask one store everything."""
    post = partial(ask, "POST", "")
    load.run(port, [post(body) for body in work.warming], 16)
    ask_all("POST 1", port, cost, [post(body) for body in work.single], 16)
    ask_all("POST 100", port, cost, [post(body) for body in work.batches], 4)
    for name, query in searches().items():
        if name in names:
            path = f"?{query}&limit={PAGE}"
            asked = [ask("GET", path, b"")] * len(work.single)
            ask_all(f"GET {PAGE} by {name}", port, cost, asked, 4)


def _ask(place: str, authorization: str, method: str, rest: str, body: bytes) -> bytes:
    headers = {
        "Authorization": authorization,
        "X-Experience-API-Version": "1.0.3",
        "Content-Type": "application/json",
    }
    return load.request(method, place + rest, headers, body)


def ours(work: Workload, home: Path, database: str) -> None:
    port = servers.free_port()
    settings = servers.environment(home, port, database)
    authorization = servers.prepared_key(settings)
    with servers.running(servers.OURS, settings, port) as cost:
        ask = partial(_ask, "/xapi/statements", authorization)
        measure(port, cost, work, ask, list(searches()))


def ralph(work: Workload, home: Path, venv: Path) -> None:
    port = servers.free_port()
    kept = home / "statements.json"
    kept.write_bytes(b"[" + b",".join(work.single[:PAGE]) + b"]")
    settings = os.environ | {
        "RALPH_APP_DIR": str(home),
        "RALPH_RUNSERVER_BACKEND": "fs",
        "NULL_STATEMENTS": str(kept),
    }
    given = ["-u", "test", "-p", "test", "-s", "all", "-M", "mailto:test@example.org", "-w"]
    subprocess.run([venv / "bin" / "ralph", "auth", *given], env=settings, check=True)  # noqa: S603
    command = [
        str(venv / "bin" / "uvicorn"), "ralph_null:app", "--app-dir", str(Path(__file__).parent),
        "--port", str(port), "--workers", str(servers.PROCESSES), "--log-level", "critical",
    ]  # fmt: skip
    with servers.running(command, settings, port) as cost:
        basic = "Basic " + base64.b64encode(b"test:test").decode()
        # its API answers 500 to "registration": it knows the parameter and does not search by it
        measure(port, cost, work, partial(_ask, "/xAPI/statements", basic), list(searches()))


def bare(database: str, work: Workload) -> None:
    """In a process of its own, so that its cost can be told."""
    for size, times, at_once in ((1, len(work.single), 16), (100, len(work.batches), 4)):
        at_once = at_once if database.startswith("postgresql") else 1  # noqa: PLW2901
        words = [f"--size={size}", f"--times={times // ROUNDS}", f"--at-once={at_once}"]
        rounds = []
        for _ in range(ROUNDS):
            told = subprocess.run(  # noqa: S603
                [sys.executable, "-m", "benchmarks.lrs.bare", *words],
                env=os.environ | {"EDU_DATABASE_URL": database},
                check=True, capture_output=True, text=True,
            )  # fmt: skip
            rounds.append([float(word) for word in told.stdout.split()])
        line(f"insert {size}, c={at_once}", *min(rounds, key=itemgetter(1)))


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--count", type=int, default=8000)
    asked.add_argument("--ralph", type=Path, help="virtual environment that Ralph is in")
    given = asked.parse_args()
    work = Workload(given.count)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        database = os.environ.get("EDU_TEST_DATABASE_URL", f"sqlite:///{home}/edu.sqlite3")
        size = sum(map(len, work.single)) / len(work.single)
        print(f"{database.partition(':')[0]}, {size:.0f} bytes each, load {os.getloadavg()[0]:.1f}")
        print(f"{'':36}{'':11}{'':16}{'p50 ms':>8}{'p95 ms':>8}")
        print("ours")
        ours(work, home, database)
        print("bare")
        bare(database, work)
        if given.ralph:
            print("Ralph, null store")
            ralph(work, home, given.ralph)


if __name__ == "__main__":
    main()
