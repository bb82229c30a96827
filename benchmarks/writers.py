"""Fifty learners who answer at the same moment, on SQLite and on PostgreSQL.

    python -m benchmarks.writers HOME HOME@URL        (each planted by: edu demo --scale 1000)

Each installation runs as `edu serve` and `edu worker`, one after the other. Fifty learners sign in
with their password, open a lesson and then answer one of its questions again and again, each as
soon as the last answer is taken, for SECONDS. An answer is one transaction: answer, statement,
events and the mark of the quiz. The server has a thread for each: all wait at the database alone.
At the end the answers in the database are counted: none may be lost or stored twice.
"""

import json
import os
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from statistics import quantiles

import sqlalchemy as sa

from benchmarks.site import Browser, Place, Server, fields_of, measured_apart, serving
from courses.assessment.models import Answer, Item, Quiz, QuizEntry
from courses.authoring.models import Unit
from courses.catalogue.models import ClassGroup, ClassState
from courses.enrolment.models import Enrolment
from courses.programmes.models import Module
from edu.accounts.models import Person
from edu.app import create_app
from edu.db import db
from edu.demo.crowd import DOMAIN
from edu.demo.service import PASSWORD
from edu.http.log import quiet
from edu.tenancy.models import Organisation

WRITERS, SECONDS = 50, 20
EVERYWHERE = {"all_tenants": True}


@dataclass
class Writer:
    """A learner, the lesson with the question, and two of its answers."""

    email: str
    lesson: str
    question: str
    choices: tuple[str, str]
    times: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    def sign_in(self, server: Server) -> tuple[Browser, dict[str, str]]:
        """Sign in and open the lesson; give the browser and the question's form."""
        browser = Browser(server)
        form = fields_of(browser.ask("GET", "/sign-in")[1].decode(), "/sign-in")
        sent = form | {"email": self.email, "password": PASSWORD}
        assert browser.ask("POST", "/sign-in", sent)[0] == 303, self.email
        return browser, fields_of(browser.ask("GET", self.lesson)[1].decode(), self.question)

    def write(self, browser: Browser, form: dict[str, str], until: float) -> None:
        """Answer one way and the other until then."""
        while (began := time.perf_counter()) < until:
            choice = self.choices[sum(self.statuses.values()) % 2]
            status, _body = browser.ask("POST", self.question, form | {"choice": choice})
            self.times.append(1000 * (time.perf_counter() - began))
            self.statuses[status] += 1


def main(names: list[str]) -> None:
    head = ("p50", "p95", "p99", "longest", "answers/s", "refused", "lost", "CPU ms each")
    print(f"{WRITERS} writers, {SECONDS} s\n{'':12}" + "".join(f"{name:>12}" for name in head))
    for place in map(Place.named, names):
        figures = measured_apart("benchmarks.writers", place)
        row = "".join(f"{figure:12.1f}" for figure in figures)
        print(f"{place.engine:12}{row}    load {os.getloadavg()[0]:.1f}")


def _one(place: Place) -> None:
    app = create_app()
    with quiet():
        with app.app_context():
            writers = _writers()
        with serving(place, threads=WRITERS, with_worker=True) as server:
            before = _stored(app, writers)
            with ThreadPoolExecutor(WRITERS) as crowd:
                doors = list(crowd.map(lambda writer: writer.sign_in(server), writers))
                used, began = server.cpu_seconds(), time.perf_counter()
                list(
                    crowd.map(
                        lambda writer, door: writer.write(*door, began + SECONDS), writers, doors
                    )
                )
                spent, used = time.perf_counter() - began, server.cpu_seconds() - used
            stored = _stored(app, writers) - before
    times = sorted(found for writer in writers for found in writer.times)
    statuses = sum((writer.statuses for writer in writers), Counter())
    taken = statuses.pop(303)
    centiles = quantiles(times, n=100)
    figures = [centiles[49], centiles[94], centiles[98], times[-1], taken / spent]
    json.dump([*figures, statuses.total(), taken - stored, 1000 * used / taken], sys.stdout)


def _writers() -> list[Writer]:
    """Learners of the crowd, each with a question of one right answer from their own class."""
    rows = db.session.execute(
        sa.select(Person.email, Organisation.code, ClassGroup.id, Unit.id, Quiz.id, Item)
        .select_from(Enrolment)
        .join(Person, Person.id == Enrolment.learner_id)
        .join(ClassGroup, ClassGroup.id == Enrolment.class_group_id)
        .join(Organisation, Organisation.id == ClassGroup.tenant_id)
        .join(Module, Module.id == ClassGroup.module_id)
        .join(Unit, Unit.module_id == Module.id)
        .join(Quiz, Quiz.unit_id == Unit.id)
        .join(QuizEntry, QuizEntry.quiz_id == Quiz.id)
        .join(Item, Item.id == QuizEntry.item_id)
        .where(
            ClassGroup.state == ClassState.PUBLISHED,
            Person.email.like(f"hv%@{DOMAIN}"),
            Item.kind == "single-choice",
        )
        .order_by(Person.email, Item.identifier)
        .limit(40 * WRITERS)
        .execution_options(**EVERYWHERE)
    )
    found: dict[str, Writer] = {}
    for email, code, group_id, unit_id, quiz_id, item in rows:
        class_ = f"/at/{code}/classes/{group_id}"
        first, second, *_ = (option["id"] for option in item.content["options"])
        question = f"{class_}/quizzes/{quiz_id}/items/{item.id}"
        found.setdefault(
            email, Writer(email, f"{class_}/units/{unit_id}", question, (first, second))
        )
    assert len(found) >= WRITERS, "plant more learners: edu demo --scale 1000"
    return list(found.values())[:WRITERS]


def _stored(app: object, writers: list[Writer]) -> int:
    """How many answers of theirs the database holds."""
    with app.app_context():
        return db.session.scalar(
            sa.select(sa.func.count(Answer.id))
            .join(Person, Person.id == Answer.learner_id)
            .where(Person.email.in_([writer.email for writer in writers]))
            .execution_options(**EVERYWHERE)
        )


if __name__ == "__main__":
    if sys.argv[1] == "--one":
        _one(Place.named(sys.argv[2]))
    else:
        main(sys.argv[1:])
