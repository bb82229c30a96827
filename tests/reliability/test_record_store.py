"""The record store under a crowd, on PostgreSQL, while its processes are killed."""

import json
import os
import signal
import tempfile
import threading
import time
from collections import Counter
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from benchmarks.lrs import servers
from tests.postgres import Server
from tests.reliability.installation import AWAY, children_of, wait_until

CROWD = 64
GOOD = frozenset({200, 204})
AWAY_FOR_NOW = 503  # the database is away: send it again


class Tool(threading.Thread):
    """Sends statements with ids of its own, each until it is acknowledged."""

    def __init__(self, port: int, authorization: str) -> None:
        super().__init__(daemon=True)
        self.port = port
        self.headers = {
            "Authorization": authorization,
            "X-Experience-API-Version": "1.0.3",
            "Content-Type": "application/json",
        }
        self.acknowledged: list[str] = []
        self.statuses: Counter[int | str] = Counter()
        self.waited = 0.0
        self.stopping = threading.Event()

    def run(self) -> None:
        turn = 0
        while not self.stopping.is_set():
            turn += 1
            batch = [_statement() for _ in range(1 if turn % 4 else 10)]
            self._insist(batch)
            self.acknowledged += [each["id"] for each in batch]

    def _insist(self, batch: list[dict]) -> None:
        begun = time.monotonic()
        while (status := self._send(batch)) not in GOOD:
            self.statuses[status] += 1
            time.sleep(0.1)
        self.statuses[status] += 1
        self.waited = max(self.waited, time.monotonic() - begun)

    def _send(self, batch: list[dict]) -> int | str:
        try:
            with closing(HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
                connection.request("POST", "/xapi/statements", json.dumps(batch), self.headers)
                answer = connection.getresponse()
                answer.read()
                return answer.status
        except AWAY:
            return "no answer"


def _statement() -> dict:
    return {
        "id": str(uuid4()),
        "actor": {"mbox": "mailto:an@example.test"},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/experienced"},
        "object": {"id": "http://example.test/may-han"},
    }


@pytest.fixture
def database():
    with tempfile.TemporaryDirectory(prefix="edu-pg-") as folder:
        server = Server(Path(folder), is_durable=True)
        server.start()
        server.create_database()
        yield server
        server.stop()


def _kill_one(master: int) -> None:
    victim = children_of(master)[0]
    os.kill(victim, signal.SIGKILL)
    wait_until(lambda: len(set(children_of(master)) - {victim}) == servers.PROCESSES)


def test_nothing_is_lost_or_doubled_whoever_is_killed(database, tmp_path, record_property):
    port = servers.free_port()
    settings = servers.environment(tmp_path, port, database.url)
    authorization = servers.prepared_key(settings)
    crowd = [Tool(port, authorization) for _ in range(CROWD)]

    with servers.running(servers.OURS, settings, port) as cost:
        for tool in crowd:
            tool.start()
        for _ in range(3):
            time.sleep(2)
            _kill_one(cost.pids[0])
        time.sleep(2)
        database.stop()
        time.sleep(2)
        database.start()
        time.sleep(4)
        for tool in crowd:
            tool.stopping.set()
        for tool in crowd:
            tool.join(120)

    with psycopg.connect(f"host={database.folder} user=edu dbname=edu") as connection:
        stored = [str(found) for (found,) in connection.execute("SELECT id FROM lrs_statement")]
        mentions = connection.execute("SELECT count(*) FROM lrs_mention").fetchone()
    acknowledged = [each for tool in crowd for each in tool.acknowledged]
    statuses = sum((tool.statuses for tool in crowd), Counter())
    assert all(tool.acknowledged for tool in crowd)
    assert set(statuses) <= {*GOOD, AWAY_FOR_NOW, "no answer"}, statuses
    assert set(acknowledged) <= set(stored)
    assert len(stored) == len(set(stored))
    assert mentions == (4 * len(stored),)
    record_property("acknowledged", len(acknowledged))
    record_property("answers", dict(statuses))
    record_property("longest wait, s", max(tool.waited for tool in crowd))
