"""What a statement costs from HTTP to disk, beside bare inserts of the same rows.

    python -m benchmarks.lrs.throughput                       # SQLite
    python -m tests.postgres python -m benchmarks.lrs.throughput

Each line: wall-clock rate, and CPU milliseconds of the server processes per operation, which other
work on the machine disturbs less. The bare inserts go through the driver alone: one transaction
for each operation, rows and indexes as ours. PostgreSQL of tests.postgres runs without fsync.
"""

import argparse
import http.client
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import orjson

from benchmarks.lrs.validate import statement

HEADER = "X-Experience-API-Version"
TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """The kernel under gunicorn, two processes of eight threads, as in production."""

    def __init__(self, home: Path, database: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.environment = os.environ | {
            "EDU_HOME": str(home),
            "EDU_PORT": str(self.port),
            "EDU_DATABASE_URL": database,
            "EDU_SEARCH_ENGINE": "memory",
            "EDU_STORAGE_URL": "memory://",
        }
        made = subprocess.run(
            [sys.executable, "-m", "benchmarks.lrs.prepare"],
            env=self.environment, check=True, capture_output=True, text=True,
        )  # fmt: skip
        key, secret = made.stdout.split()[-2:]
        self.authorization = "Basic " + b64encode(f"{key}:{secret}".encode()).decode()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Serve for the length of the block."""
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "gunicorn", "edu.wsgi:app", "-b", f"127.0.0.1:{self.port}",
             "-w", "2", "--threads", "8", "--log-level", "error"],
            env=self.environment,
        )  # fmt: skip
        try:
            self._wait()
            yield
        finally:
            self.process.terminate()
            self.process.wait()

    def _wait(self) -> None:
        for _ in range(100):
            try:
                Client(self).ask("GET", "/xapi/about")
            except OSError:
                time.sleep(0.2)
            else:
                return
        raise RuntimeError("the server did not start")

    def cpu(self) -> float:
        """Seconds of CPU of the server's processes, and of PostgreSQL's that serve it."""
        return sum(_cpu_of(pid) for pid in (*_children(self.process.pid), *_postgres()))


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
    return [pid, *map(int, listed.split())]


def _postgres() -> list[int]:
    if "EDU_TEST_DATABASE_URL" not in os.environ:
        return []
    found = subprocess.run(
        ["/usr/bin/pgrep", "postgres"], capture_output=True, text=True, check=False
    )
    return [int(line) for line in found.stdout.split()]


def _cpu_of(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


class Client:
    """One kept connection."""

    def __init__(self, server: Server) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port)
        self.headers = {
            HEADER: "1.0.3",
            "Content-Type": "application/json",
            "Authorization": getattr(server, "authorization", ""),
        }

    def ask(self, method: str, path: str, body: bytes | None = None) -> bytes:
        """Send a request; give the content of a good answer."""
        self.connection.request(method, path, body, self.headers)
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{answer.status} {content[:300]!r}")
        return content


def measure(
    server: Server, name: str, work: Callable[[Client, int], object], *, count: int, at_once: int
) -> None:
    """Run the work `count` times on `at_once` connections; print what one took."""
    clients = [Client(server) for _ in range(at_once)]

    def share(number: int) -> None:
        for turn in range(number, count, at_once):
            work(clients[number], turn)

    before, began = server.cpu(), time.perf_counter()
    with ThreadPoolExecutor(at_once) as pool:
        list(pool.map(share, range(at_once)))
    wall, cpu = time.perf_counter() - began, server.cpu() - before
    print(f"{name:38} {count / wall:9.0f}/s {cpu / count * 1000:9.3f} ms CPU")


def by_a_learner(chance: random.Random) -> dict[str, object]:
    """A statement by one of a thousand learners."""
    made = statement(chance)
    made["actor"]["account"]["name"] = made["actor"]["name"]
    return made


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--count", type=int, default=2000)
    count = asked.parse_args().count
    chance = random.Random(20261122)
    single = [orjson.dumps(by_a_learner(chance)) for _ in range(count)]
    batches = [
        orjson.dumps([by_a_learner(chance) for _ in range(100)]) for _ in range(max(count // 50, 4))
    ]
    agent = quote(orjson.dumps(orjson.loads(single[0])["actor"]))
    verb = quote(orjson.loads(single[0])["verb"]["id"])
    with tempfile.TemporaryDirectory() as home:
        database = os.environ.get("EDU_TEST_DATABASE_URL", f"sqlite:///{home}/edu.sqlite3")
        print(database.partition(":")[0], f"{sum(map(len, single)) / count:.0f} bytes each")
        server = Server(Path(home), database)
        with server.running():
            post = "/xapi/statements"
            for at_once in (1, 8):
                half = single[: count // 2] if at_once == 1 else single[count // 2 :]
                measure(
                    server, f"POST one, {at_once} at once",
                    lambda client, n, half=half: client.ask("POST", post, half[n]),
                    count=len(half), at_once=at_once,
                )  # fmt: skip
            measure(
                server, "POST a hundred, 2 at once",
                lambda client, n: client.ask("POST", post, batches[n]),
                count=len(batches), at_once=2,
            )  # fmt: skip
            for name, query in (
                ("by agent", f"agent={agent}"),
                ("by verb", f"verb={verb}"),
                ("the latest", "since=2026-01-01T00:00:00Z"),
            ):
                path = f"{post}?limit=25&{query}"
                measure(
                    server, f"GET 25 {name}, 4 at once",
                    lambda client, _n, path=path: client.ask("GET", path),
                    count=count // 2, at_once=4,
                )  # fmt: skip
        subprocess.run(  # noqa: S603
            [sys.executable, "-m", "benchmarks.lrs.bare", "--count", str(count)],
            env=server.environment, check=True,
        )  # fmt: skip


if __name__ == "__main__":
    main()
