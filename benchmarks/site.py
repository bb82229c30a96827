"""A seeded installation as the benchmarks meet it: its server, and browsers that ask it."""

import base64
import gzip
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Flask

from benchmarks.lrs.servers import free_port
from edu.accounts import service as accounts
from edu.accounts.models import Person
from edu.db import unit_of_work
from edu.settings import in_force

PATIENCE = 120.0  # seconds
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Place:
    """A home and its database, as the command line names them: HOME or HOME@DATABASE_URL."""

    home: Path
    database_url: str

    @classmethod
    def named(cls, text: str) -> "Place":
        """Read it."""
        home, _, url = text.partition("@")
        return cls(Path(home), url)

    @property
    def engine(self) -> str:
        """What the database is called."""
        return "PostgreSQL" if self.database_url else "SQLite"

    @property
    def environment(self) -> dict[str, str]:
        """The environment with the settings that name it, and none besides."""
        ours = {name: text for name, text in os.environ.items() if not name.startswith("EDU_")}
        told = {"EDU_HOME": str(self.home), "EDU_DATABASE_URL": self.database_url}
        return ours | {name: text for name, text in told.items() if text}


def measured_apart(module: str, place: Place) -> Any:  # Any: what the module prints as JSON
    """Measure one installation in a process of its own, `module --one`: settings are read once."""
    command = [sys.executable, "-m", module, "--one", f"{place.home}@{place.database_url}"]
    done = subprocess.run(  # noqa: S603 - our own program
        command, env=place.environment, stdout=subprocess.PIPE, check=True
    )
    return json.loads(done.stdout)


@dataclass
class Server:
    """`edu serve` on a port of its own, under the name it was planted with."""

    process: subprocess.Popen[bytes]
    port: int
    host: str

    def cpu_seconds(self) -> float:
        """What the server has used of the processor so far, all threads."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS


@contextmanager
def serving(place: Place, *, threads: int = 8, with_worker: bool = False) -> Iterator[Server]:
    """Run the web server, and if wanted the worker beside it, until the block ends."""
    port = free_port()
    environment = place.environment | {
        "EDU_PORT": str(port),
        "EDU_BASE_URL": in_force().base_url,
        "EDU_CONTENT_URL": in_force().content_url,
        "EDU_WEB_THREADS": str(threads),
    }
    programs = [
        subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "edu", name],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for name in (["serve", "worker"] if with_worker else ["serve"])
    ]
    server = Server(programs[0], port, urlsplit(in_force().base_url).netloc)
    try:
        until = time.monotonic() + PATIENCE
        while Browser(server).status("/healthz") != 200:
            if time.monotonic() > until or server.process.poll() is not None:
                raise TimeoutError("the server does not answer")
            time.sleep(0.1)
        yield server
    finally:
        for program in programs:
            program.terminate()
        for program in programs:
            program.wait()


class Browser:
    """Keeps one connection and its cookies, follows nothing."""

    def __init__(
        self, server: Server, cookie: str = "", key: tuple[str, str] | None = None
    ) -> None:
        self._connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
        self.cookies = {"edu": cookie} if cookie else {}
        self._fixed = {"Host": server.host, "Accept-Language": "vi", "Accept-Encoding": "gzip"}
        if key:
            pair = base64.b64encode(":".join(key).encode()).decode()
            self._fixed |= {
                "Authorization": f"Basic {pair}",
                "X-Experience-API-Version": "1.0.3",
            }

    def status(self, path: str) -> int:
        """Ask; 0 when nobody answers."""
        try:
            return self.ask("GET", path)[0]
        except OSError:
            self._connection.close()
            return 0

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, bytes]:
        """Ask and read the whole answer."""
        headers = dict(self._fixed)
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={text}" for name, text in self.cookies.items())
        sent = None
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            sent = urlencode(form)
        self._connection.request(method, path, sent, headers)
        answer = self._connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, text = value.partition(";")[0].partition("=")
                self.cookies[key] = text
        body = answer.read()
        is_packed = answer.getheader("Content-Encoding") == "gzip"
        return answer.status, gzip.decompress(body) if is_packed else body


def signed_in(app: Flask, person: Person) -> str:
    """The cookie of a browser in which the person is signed in."""
    with unit_of_work():
        token = accounts.start_session(person)
    serializer = app.session_interface.get_signing_serializer(app)
    return serializer.dumps({"sign_in": token, "_permanent": True})


def fields_of(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that is sent to an address. Raises LookupError."""
    for form in re.findall(r"<form\b.*?</form>", page, re.DOTALL):
        sent_to = re.search(r'\baction="([^"]*)"', form)
        if sent_to and urlsplit(sent_to[1]).path == action:
            hidden = re.findall(r'<input\b[^>]*type="hidden"[^>]*>', form)
            return {
                name[1]: value[1]
                for field in hidden
                if (name := re.search(r'name="([^"]+)"', field))
                and (value := re.search(r'value="([^"]*)"', field))
            }
    raise LookupError(f"no form is sent to {action}")
