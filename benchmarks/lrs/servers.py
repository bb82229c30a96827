"""Servers as processes of their own, and what they cost."""

import os
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

TICKS = os.sysconf("SC_CLK_TCK")
PROCESSES = 2
THREADS = 8
OURS = [sys.executable, "-m", "edu", "serve"]


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Cost:
    """Seconds of processor time of a process with all below it, and of its PostgreSQL."""

    def __init__(self, pid: int = 0, *, has_database: bool = True) -> None:
        self.pids = [pid] if pid else []
        if has_database and (postmaster := _postmaster()):
            self.pids.append(postmaster)

    def __call__(self) -> float:
        """Give what was spent so far."""
        return sum(map(_seconds_of_tree, self.pids))


def _postmaster() -> int:
    url = os.environ.get("EDU_TEST_DATABASE_URL", "")
    if not url:
        return 0
    sockets = Path(parse_qs(urlsplit(url).query)["host"][0])
    return int((sockets / "data" / "postmaster.pid").read_text("ascii").split()[0])


def _seconds_of_tree(pid: int) -> float:
    """Its own, of its ended children, and of those that run."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:
        return 0.0
    own = sum(map(int, fields[11:15])) / TICKS
    return own + sum(_seconds_of_tree(int(child)) for child in children)


def environment(home: Path, port: int, database: str) -> dict[str, str]:
    """Settings of an installation that is only a record store."""
    return os.environ | {
        "EDU_HOME": str(home),
        "EDU_PORT": str(port),
        "EDU_DATABASE_URL": database,
        "EDU_WEB_PROCESSES": str(PROCESSES),
        "EDU_WEB_THREADS": str(THREADS),
        "EDU_SEARCH_ENGINE": "memory",
        "EDU_STORAGE_URL": "memory://",
    }


def prepared_key(settings: dict[str, str]) -> str:
    """Make the tables and a key; give the Authorization that it stands for."""
    made = subprocess.run(
        [sys.executable, "-m", "benchmarks.lrs.prepare"],
        env=settings, check=True, capture_output=True, text=True,
    )  # fmt: skip
    key, secret = made.stdout.split()[-2:]
    return "Basic " + b64encode(f"{key}:{secret}".encode()).decode()


@contextmanager
def running(
    command: list[str], settings: dict[str, str], port: int, *, has_database: bool = True
) -> Iterator[Cost]:
    """Run a server for the length of the block; give its cost."""
    process = subprocess.Popen(command, env=settings)  # noqa: S603 - the benchmark's own words
    try:
        _wait_for(port, process)
        yield Cost(process.pid, has_database=has_database)
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            time.sleep(2)  # every process of it must be up
            return
    raise RuntimeError("the server did not start")
