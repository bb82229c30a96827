"""What dashboards cost in a college of 1,000 and of 20,000 learners.

    .venv/bin/python -m benchmarks.dashboards [LEARNERS ...]

Each size gets a database of its own in a temporary folder: classes of 40, two for each learner,
with lessons, answers and estimates. Printed are the seconds of the nightly work, and of
each page the median and the 95th percentile of 30 views, in milliseconds, through the whole app.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import quantiles
from uuid import UUID

import sqlalchemy as sa
from flask import Flask

from analytics.indicators import jobs
from analytics.mastery.models import GeneralAbility, SkillAbility
from courses.assessment.models import Answer, Item, ItemSkill
from courses.authoring.models import Unit, UnitVersion, VersionState
from courses.catalogue.models import ClassGroup, ClassState
from courses.enrolment.models import Enrolment, EnrolmentState
from courses.learning.models import UnitProgress
from courses.programmes.models import CurriculumState, CurriculumVersion, Module, Programme
from edu.accounts import service as accounts
from edu.accounts.models import Person, Role
from edu.app import create_app
from edu.batches import batches
from edu.db import Base, db, inside, new_id, today, unit_of_work, utcnow
from edu.http.log import quiet
from edu.jobs import refresh_statistics, run_due
from edu.settings import Settings
from edu.taxonomy.models import Skill
from edu.tenancy.models import Organisation, OrganisationKind

SIZES = (1_000, 20_000)
CLASS_SIZE, CLASSES_EACH, TAUGHT = 40, 2, 10
LESSONS, DONE, ITEMS, SKILLS = 8, 5, 12, 6
VIEWS = 30
BATCH = 5_000


def main(sizes: list[int]) -> None:
    for size in sizes:
        with tempfile.TemporaryDirectory() as home:
            measure(size, Path(home))


def measure(size: int, home: Path) -> None:
    app = create_app(
        Settings(
            home=home, base_url="http://portal.test", storage_url="memory://",
            search_engine="memory", mail_url="memory://", redis_url="",
        )
    )  # fmt: skip
    app.config["RATELIMIT_ENABLED"] = False
    with quiet():
        plant_and_measure(app, size)


def plant_and_measure(app: Flask, size: int) -> None:
    with app.app_context():
        db.create_all()
        began = time.perf_counter()
        people = plant(size)
        print(f"\n{size:,} learners (planted in {time.perf_counter() - began:.0f} s)")
        for label, work in (("first night", night), ("every night after", night)):
            began = time.perf_counter()
            work()
            print(f"  {label:34}{time.perf_counter() - began:8.1f} s")
    for label, role, path in (
        ("college dashboard", "manager", "/at/songhan/dashboard"),
        ("who went quiet", "manager", "/at/songhan/dashboard/quiet"),
        (f"who needs help ({TAUGHT} classes)", "teacher", "/at/songhan/teaching/overview"),
        ("province dashboard", "officer", "/at/danang/dashboard"),
        ("indicator feed", "officer", "/api/v1/province/indicators"),
        ("start page of a learner", "learner", "/"),
    ):
        times = sorted(views(app, people[role], path))
        centiles = quantiles(times, n=20)
        print(f"  {label:34}{centiles[9]:8.0f} ms median {centiles[18]:8.0f} ms p95")


def night() -> None:
    """What the nightly job does, with what follows from it."""
    refresh_statistics()
    jobs.work_out_all()
    run_due()


def views(app: Flask, person_id: UUID, path: str) -> Iterator[float]:
    """The milliseconds of each view, the first left out."""
    client = app.test_client()
    with app.app_context(), unit_of_work():
        token = accounts.start_session(db.session.get_one(Person, person_id))
    with client.session_transaction(base_url="http://portal.test") as session:
        session["sign_in"] = token
    for number in range(VIEWS + 1):
        began = time.perf_counter()
        answer = client.get(path, base_url="http://portal.test")
        spent = time.perf_counter() - began
        assert answer.status_code == 200, (path, answer.status_code)
        if number:
            yield spent * 1000


# Planting -------------------------------------------------------------------------------------


def plant(size: int) -> dict[str, UUID]:
    """A province with one college of that size; gives a person of each kind."""
    with unit_of_work():
        province, college = (
            Organisation(code=code, kind=kind, name={"vi": code}, place_code="48")
            for code, kind in (
                ("danang", OrganisationKind.PROVINCE),
                ("songhan", OrganisationKind.COLLEGE),
            )
        )
        db.session.add_all([province, college])
        skills = [Skill(code=f"s{n}", label={"vi": f"Kỹ năng {n}"}) for n in range(SKILLS)]
        db.session.add_all(skills)
        db.session.flush()
        found = {
            "manager": _person("manager", Role.MANAGER, college),
            "officer": _person("officer", Role.OFFICER, province),
        }
        teachers = [
            _person(f"teacher{n}", Role.TEACHER, college)
            for n in range(size * CLASSES_EACH // CLASS_SIZE // TAUGHT + 1)
        ]
    with inside(college.id):
        modules = _modules(skills, teachers[0])
        groups = _classes(college.id, modules, teachers, size)
        learners = _learners(college.id, groups, modules, size)
    _estimates(learners, skills)
    return {**found, "teacher": teachers[0], "learner": learners[0]}


def _person(name: str, role: Role, organisation: Organisation) -> UUID:
    person = accounts.create_person(name=f"Nguyễn {name}", email=f"{name}@example.test")
    accounts.grant(person, role, organisation)
    return person.id


def _modules(skills: list[Skill], author: UUID) -> list[Module]:
    """Twenty modules, each with lessons and a bank of questions."""
    with unit_of_work():
        programme = Programme(code="5520205", title={"vi": "Điện lạnh"}, level=4)
        version = CurriculumVersion(
            programme=programme,
            valid_from=date(2026, 1, 1),
            state=CurriculumState.IN_FORCE,
            rule_set="vn-vocational-2022",
            credits=60,
        )
        modules = [
            Module(curriculum=version, code=f"M{n}", title={"vi": f"Mô-đun {n}"}, credits=3)
            for n in range(20)
        ]
        db.session.add_all(modules)
        db.session.flush()
        for module in modules:
            for n in range(LESSONS):
                unit = Unit(module=module, slug=f"u{n}", title={"vi": f"Bài {n}"}, position=n)
                text = UnitVersion(
                    unit=unit, number=1, state=VersionState.PUBLISHED, source={}, author_id=author
                )
                db.session.add_all([unit, text])
                db.session.flush()
                unit.published = text
            db.session.add_all(
                Item(
                    module=module,
                    identifier=f"q{n}",
                    kind="numeric",
                    content={},
                    skills=[ItemSkill(skill=skills[n % SKILLS])],
                )
                for n in range(ITEMS)
            )
    return modules


def _classes(
    college_id: UUID, modules: list[Module], teachers: list[UUID], size: int
) -> list[tuple[UUID, UUID]]:
    """The classes as pairs of class and module; each teacher has ten."""
    day = today()
    pairs = [
        (new_id(), modules[n % len(modules)].id) for n in range(size * CLASSES_EACH // CLASS_SIZE)
    ]
    _insert(
        ClassGroup,
        (
            {
                "id": group_id,
                "tenant_id": college_id,
                "module_id": module_id,
                "teacher_id": teachers[n // TAUGHT],
                "code": f"K{n}",
                "starts_on": day - timedelta(days=60),
                "ends_on": day + timedelta(days=60),
                "state": ClassState.PUBLISHED,
                "is_open": False,
                "created_at": utcnow(),
            }
            for n, (group_id, module_id) in enumerate(pairs)
        ),
    )
    return pairs


def _learners(
    college_id: UUID, groups: list[tuple[UUID, UUID]], modules: list[Module], size: int
) -> list[UUID]:
    """People with places in two classes each, lessons done and questions answered."""
    ids = [new_id() for _ in range(size)]
    _insert(
        Person,
        (
            {
                "id": person_id,
                "name": f"Trần Văn {n}",
                "name_key": f"{n} tran van",
                "email": f"learner{n}@example.test",
                "place_code": f"202{n % 90:02}",
                "created_at": utcnow(),
            }
            for n, person_id in enumerate(ids)
        ),
    )
    places = [
        (new_id(), person_id, groups[(n // CLASS_SIZE * CLASSES_EACH + k) % len(groups)])
        for n, person_id in enumerate(ids)
        for k in range(CLASSES_EACH)
    ]
    _insert(
        Enrolment,
        (
            {
                "id": place_id,
                "tenant_id": college_id,
                "class_group_id": group_id,
                "learner_id": person_id,
                "state": EnrolmentState.ACTIVE,
                "enrolled_at": utcnow() - timedelta(days=50),
                "registration": new_id(),
            }
            for place_id, person_id, (group_id, _module_id) in places
        ),
    )
    _insert(UnitProgress, _progress(college_id, places, modules))
    _insert(Answer, _answers(college_id, places, modules))
    return ids


Places = list[tuple[UUID, UUID, tuple[UUID, UUID]]]


def _progress(college_id: UUID, places: Places, modules: list[Module]) -> Iterator[dict]:
    units = {
        module.id: db.session.scalars(
            sa.select(Unit.id).where(Unit.module_id == module.id).order_by(Unit.position)
        ).all()
        for module in modules
    }
    for n, (place_id, _person_id, (_group_id, module_id)) in enumerate(places):
        for lesson, unit_id in enumerate(units[module_id][: n % (DONE + 1)]):
            moment = utcnow() - timedelta(days=n % 28 + lesson)
            yield {
                "id": new_id(),
                "tenant_id": college_id,
                "enrolment_id": place_id,
                "unit_id": unit_id,
                "started_at": moment,
                "seen_at": moment,
                "completed_at": moment,
            }


def _answers(college_id: UUID, places: Places, modules: list[Module]) -> Iterator[dict]:
    items = {
        module.id: db.session.scalars(sa.select(Item.id).where(Item.module_id == module.id)).all()
        for module in modules
    }
    for n, (place_id, person_id, (_group_id, module_id)) in enumerate(places):
        moment = utcnow() - timedelta(days=n % 28)
        for item_id in items[module_id]:
            yield {
                "id": new_id(),
                "tenant_id": college_id,
                "enrolment_id": place_id,
                "learner_id": person_id,
                "item_id": item_id,
                "attempt": 1,
                "response": {},
                "score": 1.0,
                "is_correct": True,
                "shown_at": moment,
                "answered_at": moment,
            }


def _estimates(learners: list[UUID], skills: list[Skill]) -> None:
    _insert(
        GeneralAbility,
        ({"id": new_id(), "person_id": one, "precision": 1.0, "shift": 0.2} for one in learners),
    )
    _insert(
        SkillAbility,
        (
            {
                "id": new_id(),
                "person_id": one,
                "skill_id": skill.id,
                "precision": 2.0,
                "shift": -2.0 if n % 9 == 0 else 1.0,
                "answers": 4,
                "seen_at": utcnow(),
            }
            for n, one in enumerate(learners)
            for skill in skills
        ),
    )


def _insert(kind: type[Base], rows: Iterator[dict]) -> None:
    """Write many rows past the session: nobody is told, nothing else follows."""
    for batch in batches(rows, BATCH):
        with unit_of_work():
            db.session.connection().execute(sa.insert(kind.__table__), batch)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
