"""An installation that runs as people run it, and a browser and a player that talk to it."""

import base64
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode, urlsplit

PATIENCE = 120.0  # seconds: a loaded machine starts slowly
AWAY = (OSError, HTTPException)


def wait_until(holds, *, seconds: float = PATIENCE, every: float = 0.1) -> None:
    """Wait for a condition. Raises TimeoutError."""
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            raise TimeoutError(holds.__name__)
        time.sleep(every)


def is_alive(pid: int) -> bool:
    """True while the process runs; a zombie has ended."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0]
    except FileNotFoundError:
        return False
    return state != "Z"


@dataclass
class Program:
    """A program of the installation, and what it says."""

    process: subprocess.Popen[bytes]
    log: Path

    @property
    def said(self) -> str:
        """All of its output so far."""
        return self.log.read_text("utf-8", "replace")

    def has_said(self, words: str) -> bool:
        """True once it said so. Fails when the program has ended instead."""
        if words in self.said:
            return True
        assert self.process.poll() is None, self.said[-3000:]
        return False

    def children(self) -> dict[str, int]:
        """The process ids of the parts that run, by name."""
        named = {_name_of(pid): pid for pid in children_of(self.process.pid)}
        return {name: pid for name, pid in named.items() if name}

    def end(self, number: signal.Signals = signal.SIGINT) -> int:
        """Send the signal and wait; give the exit code."""
        self.process.send_signal(number)
        return self.process.wait(30)


def children_of(pid: int) -> list[int]:
    """The process ids of what a process started and what lives still."""
    started = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return [int(each) for each in started if is_alive(int(each))]


def _name_of(pid: int) -> str:
    """Which part a process is; nothing for one that is being born or has just died."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    except FileNotFoundError:
        return ""
    return "" if len(words) < 2 else {"serve": "web", "worker": "worker"}.get(words[-2], "valkey")


def free_port() -> int:
    """Give a port of loopback that nobody listens at."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@dataclass
class Installation:
    """A home of its own, a port of its own; `told` is what its planting printed."""

    home: Path
    told: dict = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    settings: dict[str, str] = field(default_factory=dict)
    programs: list[Program] = field(default_factory=list)

    @classmethod
    def planted_by(cls, module: str, home: Path) -> "Installation":
        """A new home, filled by a module that prints as JSON what it planted. Nothing runs."""
        made = cls(home)
        run = subprocess.run(
            [sys.executable, "-m", module], env=made.environment, capture_output=True, check=False
        )
        assert run.returncode == 0, run.stderr.decode()[-3000:]
        made.told = json.loads(run.stdout)
        return made

    @property
    def environment(self) -> dict[str, str]:
        ours = {name: text for name, text in os.environ.items() if not name.startswith("EDU_")}
        return ours | {
            "EDU_HOME": str(self.home),
            "EDU_PORT": str(self.port),
            "EDU_JOB_POLL_SECONDS": "0.5",
            "EDU_JOB_LEASE_SECONDS": "3",
            "PYTHONUNBUFFERED": "1",
            **self.settings,
        }

    def start(self, *command: str) -> Program:
        """Start an `edu` command, or with `-c` a line of Python, in the background."""
        log = self.home.parent / f"{len(self.programs)}.log"
        words = command if command[0] == "-c" else ("-m", "edu", *command)
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, *words],
                env=self.environment,
                stdout=out,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self.programs.append(Program(process, log))
        return self.programs[-1]

    def up(self) -> Program:
        """`edu up`, ready."""
        program = self.start("up")
        wait_until(lambda: program.has_said("ready http://"))
        return program

    def serve(self) -> Program:
        """`edu serve` alone, ready."""
        program = self.start("serve")
        wait_until(lambda: program.has_said("") and self.answers())
        return program

    def answers(self) -> bool:
        """True when the web server does."""
        try:
            return self.browser().get("/healthz").status == 200
        except AWAY:
            return False

    def browser(self, cookie: str = "") -> "Browser":
        """A browser, signed in when given its cookie."""
        return Browser(self, {"edu": cookie} if cookie else {})

    def rows(self, query: str, *values: object) -> list[tuple]:
        """Read the database, beside whoever uses it."""
        file = self.home / "edu.sqlite3"
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=30)) as database:
            return database.execute(query, values).fetchall()

    def count(self, query: str, *values: object) -> int:
        """Read one number."""
        return self.rows(query, *values)[0][0]

    @property
    def lesson(self) -> str:
        """The address of the lesson."""
        told = self.told
        return f"/at/{told['place']}/classes/{told['class_group']}/units/{told['unit']}"

    @property
    def question(self) -> str:
        """Where the answers to its first question go."""
        told = self.told
        return (
            f"/at/{told['place']}/classes/{told['class_group']}"
            f"/quizzes/{told['quiz']}/items/{told['items'][0]}"
        )

    def is_drained(self) -> bool:
        """True when nothing is left to do but what waits for its time."""
        # whole seconds sort before their own parts: what is due within this one is due
        begun_or_due = (
            "SELECT count(*) FROM job WHERE attempts > 0 OR due_at < datetime('now', '+1 second')"
        )
        return self.count(begun_or_due) == 0

    def close(self) -> None:
        """End what still runs, children and all."""
        for program in self.programs:
            if program.process.poll() is None:
                program.process.send_signal(signal.SIGTERM)
                try:
                    program.process.wait(15)
                except subprocess.TimeoutExpired:
                    program.process.kill()
                    program.process.wait()


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    text: str


@dataclass
class Browser:
    """A browser without JavaScript: keeps cookies, fills in forms, follows nothing."""

    installation: Installation
    cookies: dict[str, str]

    def get(self, path: str) -> Answer:
        """Open a page. Raises OSError or HTTPException when the server is away."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        """Send a form."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(fields), kind)

    def put_statement(self, statement: dict) -> Answer:
        """Store a statement as a player with a key does."""
        pair = ":".join(self.installation.told["key"]).encode()
        headers = {
            "Authorization": f"Basic {base64.b64encode(pair).decode()}",
            "X-Experience-API-Version": "1.0.3",
            "Content-Type": "application/json",
        }
        path = f"/xapi/statements?statementId={statement['id']}"
        return self._ask("PUT", path, json.dumps(statement), headers)

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        kept = "; ".join(f"{name}={text}" for name, text in self.cookies.items())
        if kept and "Authorization" not in headers:
            headers = headers | {"Cookie": kept}
        with closing(HTTPConnection("127.0.0.1", self.installation.port, timeout=20)) as connection:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    key, _, text = value.partition(";")[0].partition("=")
                    self.cookies[key] = text
            return Answer(answer.status, answer.read().decode("utf-8", "replace"))


def form_at(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that is sent to an address."""
    for form in re.findall(r"<form\b.*?</form>", page, re.DOTALL):
        sent_to = re.search(r'\baction="([^"]*)"', form)
        if sent_to and urlsplit(sent_to[1]).path == action:
            hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
            token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', form)
            return dict(hidden) | ({"csrf_token": token[1]} if token else {})
    raise LookupError(f"no form is sent to {action}")
