"""Parts are killed while people work: nothing that was acknowledged is lost, nothing is doubled."""

import os
import signal
import threading
import time
from uuid import UUID, uuid4

from tests.reliability.installation import AWAY, Installation, form_at, is_alive, wait_until

VERB = {"id": "http://adlnet.gov/expapi/verbs/experienced"}


class Client(threading.Thread):
    """Somebody who works until told to stop, and sends again what was not acknowledged."""

    def __init__(self, installation: Installation) -> None:
        super().__init__(daemon=True)
        self.installation = installation
        self.acknowledged: list[str] = []
        self.stopping = threading.Event()
        self.waited = 0.0
        self.odd: list[str] = []

    def run(self) -> None:
        while not self.stopping.is_set():
            self.work()

    def insist(self, ask, accepted: set[int]) -> None:
        """Ask until it is accepted; note the longest wait and whatever else was answered."""
        begun = time.monotonic()
        while True:
            try:
                answer = ask()
            except AWAY:
                time.sleep(0.05)
                continue
            if answer.status in accepted:
                break
            self.odd.append(f"{answer.status} {answer.text[:200]}")
            time.sleep(0.2)
        self.waited = max(self.waited, time.monotonic() - begun)


class Player(Client):
    """Stores statements whose ids it chose."""

    def work(self) -> None:
        statement = {
            "id": str(uuid4()),
            "actor": {"mbox": "mailto:an@example.test"},
            "verb": VERB,
            "object": {"id": "http://example.test/may-han"},
        }
        browser = self.installation.browser()
        self.insist(lambda: browser.put_statement(statement), {204})
        self.acknowledged.append(statement["id"])


class Learner(Client):
    """Opens the lesson and answers its first question, again and again."""

    def __init__(self, installation: Installation, cookie: str) -> None:
        super().__init__(installation)
        self.browser = installation.browser(cookie)

    def work(self) -> None:
        action = self.installation.question
        page: list[str] = []

        def look():
            answer = self.browser.get(self.installation.lesson)
            page[:] = [answer.text]
            return answer

        self.insist(look, {200})
        fields = form_at(page[0], action) | {"choice": "a"}
        self.insist(lambda: self.browser.post(action, fields), {303})
        self.acknowledged.append(fields["shown"])


def _kill(program, name: str) -> None:
    pid = program.children()[name]
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: program.children().get(name, pid) != pid)


def test_whoever_is_killed_nothing_acknowledged_is_lost_or_doubled(installation, record_property):
    program = installation.up()
    players = [Player(installation) for _ in range(2)]
    learners = [Learner(installation, cookie) for cookie in installation.told["students"]]
    clients = [*players, *learners]
    for client in clients:
        client.start()
    time.sleep(1.5)

    for name in ("web", "worker", "valkey"):
        _kill(program, name)
        wait_until(installation.answers)
        time.sleep(0.5)
    parts = program.children()
    program.end(signal.SIGKILL)
    wait_until(lambda: not any(is_alive(pid) for pid in parts.values()), seconds=15)
    installation.up()
    time.sleep(1.0)
    for client in clients:
        client.stopping.set()
    for client in clients:
        client.join(60)
    wait_until(installation.is_drained)

    sent = {UUID(key).hex for player in players for key in player.acknowledged}
    stored = [key for (key,) in installation.rows("SELECT id FROM lrs_statement")]
    answered = sum(len(learner.acknowledged) for learner in learners)
    assert all(client.acknowledged for client in clients)
    assert [client.odd for client in clients if client.odd] == []
    assert sent <= set(stored)
    assert len(stored) == len(set(stored))
    assert installation.count("SELECT count(*) FROM answer") == answered
    assert installation.count("SELECT count(*) FROM mastery_step") == answered
    assert installation.count("SELECT count(DISTINCT answer_id) FROM mastery_step") == answered
    assert installation.rows("PRAGMA integrity_check") == [("ok",)]
    record_property("statements", len(sent))
    record_property("answers", answered)
    record_property("longest wait, s", max(client.waited for client in clients))
