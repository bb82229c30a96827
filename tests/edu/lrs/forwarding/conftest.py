"""Somebody else's server on loopback, which the settings let us reach."""

import json
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import sqlalchemy as sa

from edu.db import db, inside, unit_of_work, utcnow
from edu.jobs import Job, run_due
from edu.lrs import public
from edu.lrs.core import build
from edu.lrs.core.version import Version
from edu.lrs.core.vocabulary import Verb
from edu.lrs.forwarding import jobs, queries, service
from edu.settings import in_force
from tests.edu.loopback import serving


@dataclass
class Heard:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)


@dataclass
class Elsewhere:
    """Answers as told: `answers` by what the request's body holds, else `status`."""

    url: str = ""
    status: int = 200
    text: str = "[]"
    headers: dict[str, str] = field(default_factory=dict)
    refuses: dict[str, int] = field(default_factory=dict)
    heard: list[Heard] = field(default_factory=list)

    def answer(self, heard: Heard) -> tuple[int, str]:
        self.heard.append(heard)
        for needle, status in self.refuses.items():
            if needle.encode() in heard.body:
                return status, f"not {needle}"
        return self.status, self.text

    @property
    def taken(self) -> list[str]:
        """Ids of the statements that came in requests it took, in order."""
        return [
            each["id"]
            for heard in self.heard
            if not any(needle.encode() in heard.body for needle in self.refuses)
            for each in (heard.json if isinstance(heard.json, list) else [heard.json["data"]])
        ]


@pytest.fixture
def elsewhere(app, monkeypatch):
    other = Elsewhere()

    class Handler(BaseHTTPRequestHandler):
        def _do(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, said = other.answer(Heard(self.command, self.path, headers, body))
            text = said.encode()
            self.send_response(status)
            for name, value in {**other.headers, "Content-Length": str(len(text))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = _do  # noqa: N815 - as its base class asks

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    with serving(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as server:
        host = f"127.0.0.1:{server.server_port}"
        monkeypatch.setattr(in_force(), "fetch_also", host)
        other.url = f"http://{host}/xapi"
        yield other


def said(word: str, verb: Verb = Verb.COMPLETED) -> str:
    """Store a statement about a lesson of that name; give its id."""
    lan = build.agent_for("https://hoc.example", "lan")
    with unit_of_work():
        return str(public.record(build.statement(lan, verb, {"id": f"https://hoc.example/{word}"})))


def to_lrs(elsewhere, *, version=Version.V2, **wishes):
    with unit_of_work():
        target = service.add_lrs(
            service.Wishes(name="Bạn", url=elsewhere.url, **{"from_the_start": True} | wishes),
            service.Access(username="khóa", secret="bí mật", version=version),
        )
        started(target)
    return target


def to_webhook(elsewhere, **wishes):
    with unit_of_work():
        made = service.add_webhook(
            service.Wishes(name="Máy", url=elsewhere.url, **{"from_the_start": True} | wishes)
        )
        started(made.target)
    return made


def started(target):
    """Start it, or let it go on."""
    service.resume(target)
    jobs.start(target)


PAGE = "/at/{}/lrs/forwarding"


def add(browser, college, elsewhere, kind="lrs", **form):
    """Fill in the form for a new target."""
    given = {"name": "Kho tỉnh", "url": elsewhere.url, "from_the_start": "y"}
    if kind == "lrs":
        given |= {"username": "k", "secret": "bí mật", "version": "2.0.0"}
    return browser.post(f"{PAGE.format(college.code)}/{kind}", data=given | form)


def add_and_start(browser, college, elsewhere, kind="lrs", **form):
    """Fill in the form and press Start; give the address of the target's page."""
    shown = add(browser, college, elsewhere, kind, **form).location
    browser.post(f"{shown}/resume")
    return shown


def the_target(college):
    with inside(college.id):
        [target] = queries.targets()
    return target


def once_waited():
    """Do what is due once all waiting is over."""
    with unit_of_work():
        db.session.execute(sa.update(Job).values(due_at=utcnow()))
    run_due()
