"""What the most visited pages cost as a province grows.

    edu demo --scale 1000          (in one home)      edu demo --scale 100000      (in another)
    python -m benchmarks.pages HOME HOME              SQLite
    python -m benchmarks.pages HOME@URL HOME@URL      PostgreSQL

Each installation is served by its own `edu serve`, one after the other, and each page is asked for
VIEWS times by the same visitor, one request after another. Printed are the median and the 95th
percentile of the time until the whole page is there, the server's processor time a view, all in
milliseconds, and how many queries go through SQLAlchemy (the record store asks its driver directly:
those are not counted). The last columns divide the last installation's p95 and processor time by
the first one's: on a busy machine the second is the one to look at.
"""

import json
import os
import sys
import time
from statistics import quantiles
from typing import NamedTuple
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import Flask

from benchmarks.site import Browser, Place, Server, measured_apart, serving, signed_in
from courses.authoring.models import Unit
from courses.catalogue.models import ClassGroup, ClassState
from courses.enrolment.models import Enrolment
from courses.learning.models import UnitProgress
from edu.accounts.models import Membership, Person, Role
from edu.app import create_app
from edu.db import db, inside, unit_of_work
from edu.http.log import quiet
from edu.lrs.core.vocabulary import Verb
from edu.lrs.keys import service as keys
from edu.settings import in_force
from edu.tenancy.models import Organisation
from employer_portal.matching.models import Candidate
from employer_portal.needs.models import SkillNeed

VIEWS, WARM_UP = 40, 5
COLLEGE, PROVINCE = "songhan", "danang"
EVERYWHERE = {"all_tenants": True}


class Page(NamedTuple):
    """A page, and as whom it is looked at: "" for a stranger, "key" for a machine."""

    label: str
    visitor: str
    path: str


class Cost(NamedTuple):
    """Milliseconds, but `queries`."""

    median: float
    p95: float
    cpu: float
    queries: int


def main(names: list[str]) -> None:
    installations = [Place.named(name) for name in names]
    found = [measured_apart("benchmarks.pages", place) for place in installations]
    head = "".join(f"  {learners:>7,} learners: p50   p95   cpu  SQL" for learners, _ in found)
    print(
        f"{installations[0].engine}, load {os.getloadavg()[0]:.1f}\n{'':34}{head}  growth: p95  cpu"
    )
    for label in found[0][1]:
        costs = [Cost(*pages[label]) for _learners, pages in found]
        row = "".join(f"{c.median:25.0f}{c.p95:6.0f}{c.cpu:6.0f}{c.queries:5}" for c in costs)
        first, last = costs[0], costs[-1]
        growth = f"{last.p95 / first.p95:12.1f}×{last.cpu / max(first.cpu, 1):4.1f}×"
        print(f"{label:34}{row}{growth}")


def _one(place: Place) -> None:
    app = create_app()
    with quiet():
        with app.app_context():
            pages, cookies, key = _prepared(app)
            of_all = sa.select(sa.func.count(sa.distinct(Enrolment.learner_id)))
            learners = db.session.scalar(of_all.execution_options(**EVERYWHERE))
            engine = db.engine
        with serving(place) as server:
            costs = {}
            for page in pages:
                cookie = cookies.get(page.visitor, "")
                browser = Browser(server, cookie, key if page.visitor == "key" else None)
                costs[page.label] = (
                    *_times(server, browser, page),
                    _queries(app, engine, page, cookie),
                )
    json.dump([learners, costs], sys.stdout)


def _times(server: Server, browser: Browser, page: Page) -> tuple[float, float, float]:
    """The median, the p95 and the processor's time."""
    times = []
    for number in range(WARM_UP + VIEWS):
        if number == WARM_UP:
            before = server.cpu_seconds()
        began = time.perf_counter()
        status, body = browser.ask("GET", page.path)
        times.append(1000 * (time.perf_counter() - began))
        assert status == 200, (page, status)
        assert len(body) > 500, (page, body)
    centiles = quantiles(times[WARM_UP:], n=20)
    return centiles[9], centiles[18], 1000 * (server.cpu_seconds() - before) / VIEWS


def _queries(app: Flask, engine: sa.Engine, page: Page, cookie: str) -> int:
    """Count the statements of one view, in this process."""
    if page.visitor == "key":
        return 0
    seen = []
    client = app.test_client()
    if cookie:
        client.set_cookie("edu", cookie, domain=urlsplit(in_force().base_url).hostname)
    note = lambda *_said: seen.append(1)  # noqa: E731
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        client.get(page.path, base_url=in_force().base_url)
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    return len(seen)


# Who looks at what ----------------------------------------------------------------------------


def _prepared(app: Flask) -> tuple[list[Page], dict[str, str], tuple[str, str]]:
    """Find people and their pages, and sign them in."""
    college = db.session.scalars(sa.select(Organisation).where(Organisation.code == COLLEGE)).one()
    with inside(college.id):
        with unit_of_work():
            made = keys.create_key("benchmark")
        people, pages = _of_college(college)
    officer = _first(Role.OFFICER, PROVINCE)
    need = _need_with_most_candidates()
    employer = db.session.get_one(Organisation, need.tenant_id)
    people |= {"officer": officer, "recruiter": db.session.get_one(Person, need.posted_by_id)}
    pages += [
        Page("province dashboard", "officer", f"/at/{PROVINCE}/dashboard"),
        Page("indicators (JSON)", "officer", "/api/v1/province/indicators"),
        Page("employers (province)", "officer", f"/at/{PROVINCE}/employers"),
        Page("a job, its way there", "learner", f"/jobs/{need.id}"),
        Page("candidates", "recruiter", f"/at/{employer.code}/needs/{need.id}/candidates"),
    ]
    cookies = {name: signed_in(app, person) for name, person in people.items()}
    return pages, cookies, (made.key.username, made.secret)


def _of_college(college: Organisation) -> tuple[dict[str, Person], list[Page]]:
    """The pages of a college: of its fullest class, and of one who learns there."""
    group = db.session.scalars(
        sa.select(ClassGroup)
        .join(Enrolment, Enrolment.class_group_id == ClassGroup.id)
        .join(UnitProgress, UnitProgress.enrolment_id == Enrolment.id)
        .where(ClassGroup.state == ClassState.PUBLISHED)
        .group_by(ClassGroup.id)
        .order_by(sa.func.count(sa.distinct(Enrolment.id)).desc(), ClassGroup.code)
        .limit(1)
    ).one()
    place, unit = db.session.execute(
        sa.select(Enrolment, Unit)
        .join(UnitProgress, UnitProgress.enrolment_id == Enrolment.id)
        .join(Unit, Unit.id == UnitProgress.unit_id)
        .where(Enrolment.class_group_id == group.id)
        .order_by(UnitProgress.completed_at.desc())
        .limit(1)
    ).one()
    here, class_ = f"/at/{college.code}", f"/at/{college.code}/classes/{group.id}"
    agent = (
        json.dumps(
            {"account": {"homePage": in_force().base_url, "name": str(place.learner_id)}},
            separators=(",", ":"),
        )
        .replace('"', "%22")
        .replace("{", "%7B")
        .replace("}", "%7D")
    )
    verb = Verb.COMPLETED.as_json()["id"]
    people = {
        "learner": place.learner,
        "teacher": group.teacher,
        "manager": _first(Role.MANAGER, college.code),
    }
    pages = [
        Page("landing", "", "/"),
        Page("catalogue", "", "/courses"),
        Page("catalogue, searched", "", "/courses?q=dien+lanh"),
        Page("course page", "", class_),
        Page("jobs", "", "/jobs"),
        Page("open data", "", "/open-data"),
        Page("learner's start page", "learner", "/"),
        Page("my learning", "learner", "/learning"),
        Page("a lesson", "learner", f"{class_}/units/{unit.id}"),
        Page("my skills", "learner", "/skills"),
        Page("my credits", "learner", "/credits"),
        Page("jobs that fit", "learner", "/jobs"),
        Page("teacher's classes", "teacher", f"{here}/teaching"),
        Page("gradebook", "teacher", f"{class_}/grades"),
        Page("who needs help", "teacher", f"{here}/teaching/overview"),
        Page("college dashboard", "manager", f"{here}/dashboard"),
        Page("who went quiet", "manager", f"{here}/dashboard/quiet"),
        Page("people", "manager", f"{here}/people"),
        Page("people, searched", "manager", f"{here}/people?q=nguyen"),
        Page("certificates", "manager", f"{here}/certificates"),
        Page("audit log", "manager", f"{here}/audit"),
        Page("statement viewer", "manager", f"{here}/lrs/statements"),
        Page(
            "statements of a person",
            "manager",
            f"{here}/lrs/statements?person={place.learner.email}",
        ),
        Page("GET statements", "key", "/xapi/statements?limit=50"),
        Page("GET statements, an agent's", "key", f"/xapi/statements?limit=50&agent={agent}"),
        Page("GET statements, a verb's", "key", f"/xapi/statements?limit=50&verb={verb}"),
    ]
    return people, pages


def _first(role: Role, code: str) -> Person:
    return db.session.scalars(
        sa.select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.role == role, Organisation.code == code)
        .order_by(Person.id)
        .limit(1)
    ).one()


def _need_with_most_candidates() -> SkillNeed:
    best = (
        sa.select(Candidate.need_id)
        .group_by(Candidate.need_id)
        .order_by(sa.func.count().desc(), Candidate.need_id)
        .limit(1)
    )
    return db.session.scalars(
        sa.select(SkillNeed)
        .where(SkillNeed.id == best.scalar_subquery())
        .execution_options(**EVERYWHERE)
    ).one()


if __name__ == "__main__":
    if sys.argv[1] == "--one":
        _one(Place.named(sys.argv[2]))
    else:
        main(sys.argv[1:])
