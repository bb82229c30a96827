"""Our record store, Ralph's with nothing behind it, and bare inserts of the same rows, in one run.

    python -m benchmarks.lrs.throughput                                   # SQLite
    python -m tests.postgres --durable python -m benchmarks.lrs.throughput --ralph VENV

VENV is a virtual environment with `ralph-malph[full]`. Each line: operations a second, CPU
milliseconds of one (server with all its processes and PostgreSQL; without the clients), and the
latencies that half and 95 % of the answers stay below. Batches hold a hundred statements.

Everything is done in rounds, in which each store takes its turn, and each figure is the best of a
store's rounds: what a neighbour on the machine costs is nobody's fault. The ratios are ours to the
other's: rates, and how many times less processor time.
"""

import argparse
import base64
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

import orjson

from benchmarks.lrs import load, servers
from benchmarks.lrs.statements import run, searches, statement

PAGE = 25
ROUNDS = 6


class Round(NamedTuple):
    """What a part of the work took: CPU milliseconds of an operation, operations a second, ms."""

    cpu: float
    rate: float
    half: float = 0.0
    most: float = 0.0


class Workload:
    """What every store is asked, as bytes made beforehand."""

    def __init__(self, count: int) -> None:
        """Make `count` single statements, and a twentieth of it as batches."""
        chance = random.Random(20261122)
        self.warming = [orjson.dumps(statement(chance)) for _ in range(count // 4)]
        self.warming.append(orjson.dumps(run(chance, PAGE + 1)))
        self.single = [orjson.dumps(statement(chance)) for _ in range(count)]
        self.batches = [
            orjson.dumps([statement(chance) for _ in range(100)]) for _ in range(count // 20)
        ]


class Store:
    """A record store at a port of its own."""

    def __init__(self, name: str, place: str, authorization: str, port: int) -> None:
        self.name = name
        self.port = port
        self.cost: Callable[[], float] = servers.Cost()
        self._place = place
        self._headers = {
            "Authorization": authorization,
            "X-Experience-API-Version": "1.0.3",
            "Content-Type": "application/json",
        }

    def posts(self, bodies: Sequence[bytes]) -> list[bytes]:
        """Write requests that store these."""
        return [load.request("POST", self._place, self._headers, body) for body in bodies]

    def gets(self, query: str, times: int) -> list[bytes]:
        """Write requests for a page."""
        place = f"{self._place}?{query}&limit={PAGE}"
        return [load.request("GET", place, self._headers)] * times

    def round(self, asked: Sequence[bytes], at_once: int) -> Round:
        """Send them, so many at a time."""
        before = self.cost()
        measured = load.run(self.port, asked, at_once)
        if measured.wrong:
            print(f"  {len(measured.wrong)} went wrong: {measured.wrong[0]!r}")
        cpu = (self.cost() - before) / len(asked) * 1000
        return Round(cpu, measured.rate, measured.at(0.5), measured.at(0.95))


@contextmanager
def ours(home: Path, database: str) -> Iterator[Store]:
    port = servers.free_port()
    settings = servers.environment(home, port, database)
    store = Store("ours", "/xapi/statements", servers.prepared_key(settings), port)
    with servers.running(servers.OURS, settings, port) as store.cost:
        yield store


@contextmanager
def ralph(work: Workload, home: Path, venv: Path) -> Iterator[Store]:
    port = servers.free_port()
    kept = home / "statements.json"
    kept.write_bytes(b"[" + b",".join(work.single[:PAGE]) + b"]")
    settings = os.environ | {
        "RALPH_APP_DIR": str(home),
        "RALPH_RUNSERVER_BACKEND": "fs",
        "NULL_STATEMENTS": str(kept),
        "PYTHONWARNINGS": "ignore",
    }
    given = ["-u", "test", "-p", "test", "-s", "all", "-M", "mailto:test@example.org", "-w"]
    made = [venv / "bin" / "ralph", "auth", *given]
    subprocess.run(made, env=settings, check=True, stderr=subprocess.DEVNULL)  # noqa: S603
    command = [
        str(venv / "bin" / "uvicorn"), "ralph_null:app", "--app-dir", str(Path(__file__).parent),
        "--port", str(port), "--workers", str(servers.PROCESSES), "--log-level", "critical",
    ]  # fmt: skip
    basic = "Basic " + base64.b64encode(b"test:test").decode()
    # its API answers 500 to "registration": it knows the parameter and does not search by it
    store = Store("Ralph, null store", "/xAPI/statements", basic, port)
    with servers.running(command, settings, port, has_database=False) as store.cost:
        yield store


def bare(database: str, size: int, times: int, at_once: int, _turn: int) -> Round:
    """Insert the same rows, in a process of its own, so that its cost can be told."""
    at_once = at_once if database.startswith("postgresql") else 1
    words = [f"--size={size}", f"--times={times}", f"--at-once={at_once}"]
    told = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "benchmarks.lrs.bare", *words],
        env=os.environ | {"EDU_DATABASE_URL": database},
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    rate, cpu = (float(word) for word in told.stdout.split())
    return Round(cpu, rate)


def in_turns(does: dict[str, Callable[[int], Round]]) -> dict[str, Round]:
    """Let each do its part of every round; give the best of each figure."""
    done = {name: list[Round]() for name in does}
    for turn in range(ROUNDS):
        for name, do in does.items():
            done[name].append(do(turn))
    return {name: _best(rounds) for name, rounds in done.items()}


def _best(rounds: Sequence[Round]) -> Round:
    cpu, rate, half, most = zip(*rounds, strict=True)
    return Round(min(cpu), max(rate), min(half), min(most))


def tell(what: str, best: dict[str, Round]) -> None:
    print(what)
    for name, told in best.items():
        latencies = f"{told.half:8.1f}{told.most:8.1f}" if told.half else ""
        print(f"  {name:20}{told.rate:9.0f}/s{told.cpu:9.3f} ms CPU{latencies}")
    own, *others = best.items()
    for name, told in others:
        ratios = f"rate {own[1].rate / told.rate:.2f}, processor {told.cpu / own[1].cpu:.2f}"
        print(f"    ours to {name}: {ratios}", flush=True)


def compare(stores: Sequence[Store], work: Workload, database: str) -> None:
    """Ask all of them everything."""
    for store in stores:
        load.run(store.port, store.posts(work.warming), 16)
    for size, bodies, at_once in ((1, work.single, 16), (100, work.batches, 4)):
        does: dict[str, Callable[[int], Round]] = {
            store.name: partial(_post, store, bodies, at_once) for store in stores
        }
        does["bare"] = partial(bare, database, size, len(bodies) // ROUNDS, at_once)
        tell(f"POST {size}, c={at_once}", in_turns(does))
    for name, query in searches().items():
        asked = {each.name: partial(_get, each, query, len(work.single)) for each in stores}
        tell(f"GET {PAGE} by {name}, c=4", in_turns(asked))


def _post(store: Store, bodies: Sequence[bytes], at_once: int, turn: int) -> Round:
    return store.round(store.posts(bodies[turn::ROUNDS]), at_once)


def _get(store: Store, query: str, times: int, _turn: int) -> Round:
    return store.round(store.gets(query, times // ROUNDS), 4)


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--count", type=int, default=9000)
    asked.add_argument("--ralph", type=Path, help="virtual environment that Ralph is in")
    given = asked.parse_args()
    work = Workload(given.count)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        home = Path(folder)
        database = os.environ.get("EDU_TEST_DATABASE_URL", f"sqlite:///{home}/edu.sqlite3")
        stores = [running.enter_context(ours(home, database))]
        if given.ralph:
            stores.append(running.enter_context(ralph(work, home, given.ralph)))
        size = sum(map(len, work.single)) / len(work.single)
        print(f"{database.partition(':')[0]}, {size:.0f} bytes each, load {os.getloadavg()[0]:.1f}")
        print(f"{'':22}{'':11}{'':16}{'p50 ms':>8}{'p95 ms':>8}")
        compare(stores, work, database)


if __name__ == "__main__":
    main()
