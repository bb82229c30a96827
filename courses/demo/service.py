"""Plant what the demo colleges teach, and let their past happen through the real services.

Every enrolment, mark, answer and credit is made by the service that people use, at its own moment
of the past (`edu.db.pretend`), in the order of time; subscribers run as they would have run.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from courses.assessment import queries as assessment
from courses.assessment import service as answers
from courses.assessment.core import items as core
from courses.assessment.models import Quiz
from courses.authoring import policy as editing
from courses.authoring.core.html import Image, Surroundings
from courses.authoring.core.render import render
from courses.authoring.core.source import FolderSource
from courses.authoring.models import Unit, UnitKind
from courses.catalogue import service as catalogue
from courses.catalogue.models import ClassGroup, ClassState
from courses.catalogue.service import Run
from courses.demo.core.answers import right, wrong
from courses.demo.core.files import (
    PACKAGE,
    RESOURCES,
    drawings_of,
    lesson_folder,
    outlines,
    skills_of_items,
    text_of,
)
from courses.enrolment import service as enrolments
from courses.enrolment.models import Enrolment
from courses.grading import service as grading
from courses.grading.models import MarkKind
from courses.importing import service as importing
from courses.learning import queries as learning
from courses.learning import service as study
from courses.programmes import service as programmes
from courses.programmes.models import CurriculumState, CurriculumVersion, Module
from courses.programmes.service import ModuleText
from courses.sharing import service as sharing
from courses.sharing.core.addresses import with_whole_addresses
from courses.sharing.service import Offer
from edu.accounts import queries as people
from edu.accounts.models import Person, Role
from edu.db import db, inside, pretend, unit_of_work, utcnow
from edu.demo.service import at, person_called, read, shifted
from edu.jobs import run_due
from edu.taxonomy.models import Skill
from edu.tenancy import queries as tenancy
from edu.tenancy.models import Organisation
from oer_repository.public import Deposit, Licence, keep_picture, share

SELF_PACED = frozenset({"SO101"})


@dataclass
class Planted:
    """What was planted so far: modules by programme, start of the version, and code."""

    modules: dict[tuple[str, str, str], list[tuple[date, Module]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def module(self, entry: dict[str, Any]) -> Module:
        """Find the module as it was in the curriculum in force when the class began."""
        key = (entry["college"], entry["programme"], entry["module"])
        starts = [pair for pair in self.modules[key] if pair[0] <= entry["starts_on"]]
        return max(starts, key=lambda pair: pair[0])[1]


def plant() -> None:
    """Plant programmes, lessons, classes and what happened in them."""
    planted = Planted()
    skills = _skills()
    for entry in read("programmes.toml", PACKAGE)["programme"]:
        college = tenancy.by_code(entry["college"])
        with inside(college.id), pretend(at(shifted(date(2023, 8, 15)))), unit_of_work():
            _programme(entry, skills, planted)
    _lessons(planted)
    _live_through([*_classes(planted), *_sharing()])


def _skills() -> dict[str, UUID]:
    return {row.code: row.id for row in db.session.execute(sa.select(Skill.code, Skill.id))}


# Programmes -----------------------------------------------------------------------------------


def _programme(entry: dict[str, Any], skills: dict[str, UUID], planted: Planted) -> None:
    programme = programmes.create_programme(
        code=entry["code"],
        title=entry["title"],
        about=entry["about"],
        level=entry["level"],
        is_open=entry["is_open"],
    )
    for version_entry in entry["versions"]:
        version = programmes.draft_version(
            programme,
            valid_from=shifted(version_entry["valid_from"]),
            rule_set=version_entry["rule_set"],
            credits=version_entry["credits"],
        )
        made: dict[str, Module] = {}
        for semester, codes in enumerate(version_entry["semesters"], start=1):
            for code in codes:
                made[code] = _module(version, code, semester, made, skills)
                key = (entry["college"], entry["code"], code)
                planted.modules[key].append((version_entry["valid_from"], made[code]))
        version.state = CurriculumState(version_entry["state"])


def _module(
    version: CurriculumVersion,
    code: str,
    semester: int,
    made: dict[str, Module],
    skills: dict[str, UUID],
) -> Module:
    outline = outlines()[code]
    return programmes.add_module(
        version,
        ModuleText(
            code=code,
            title=outline["title"],
            about=outline.get("about", {}),
            credits=outline["credits"],
            theory_hours=outline["theory_hours"],
            practice_hours=outline["practice_hours"],
            semester=semester,
            is_self_paced=code in SELF_PACED,
        ),
        outcomes=[
            ({"vi": one["vi"], "en": one["en"]}, skills[one["skill"]])
            for one in outline["outcomes"]
        ],
        after=[made[earlier] for earlier in outline.get("requires", []) if earlier in made],
    )


# Lessons --------------------------------------------------------------------------------------


def _lessons(planted: Planted) -> None:
    """Import the written lessons into each module row that a class with lessons runs."""
    wanted: dict[UUID, tuple[Module, str]] = {}
    for entry in read("classes.toml", PACKAGE)["class"]:
        if (lesson_folder(entry["module"])).is_dir():
            module = planted.module(entry)
            wanted.setdefault(module.id, (module, entry["teacher"]))
    for module, teacher in wanted.values():
        _import(module, person_called(teacher))


def _import(module: Module, teacher: Person) -> None:
    moment = at(shifted(date(2025, 8, 20)))
    with pretend(moment), inside(module.tenant_id), unit_of_work():
        importing.import_course(
            teacher,
            module,
            FolderSource(lesson_folder(module.code)),
            publish=True,
            skills=skills_of_items()[module.code],
        )


def teach(college: Organisation, programme: str, teacher: Person) -> None:
    """Let a college teach one of the demo's programmes, with the lessons that are written."""
    entries = read("programmes.toml", PACKAGE)["programme"]
    entry = next(one for one in entries if one["code"] == programme)
    planted = Planted()
    skills = _skills()
    with inside(college.id), pretend(at(shifted(date(2023, 8, 15)))), unit_of_work():
        _programme(entry, skills, planted)
    for versions in planted.modules.values():
        _starts, module = max(versions, key=itemgetter(0))
        if lesson_folder(module.code).is_dir():
            _import(module, teacher)


# What happened --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Happening:
    """What somebody did at a college at some moment, by the service that people use."""

    moment: datetime
    college: UUID
    happen: Callable[[], object]


def _live_through(happenings: Iterable[Happening]) -> None:
    """Let everything happen in the order of time; each moment of a college is one unit of work."""
    in_order = sorted(happenings, key=attrgetter("moment"))
    for moment, together in groupby(in_order, key=attrgetter("moment")):
        with pretend(moment):
            for college, at_college in groupby(together, key=attrgetter("college")):
                with inside(college), unit_of_work():
                    for one in at_college:
                        one.happen()
            run_due(at_once=100)


def _classes(planted: Planted) -> Iterator[Happening]:
    """Open every class, then tell what happened in it."""
    for entry in read("classes.toml", PACKAGE)["class"]:
        group = _open(entry, planted)
        lessons, teacher = _lessons_of(group), person_called(entry["teacher"])
        for taken in entry["enrolments"]:
            one = _Study(group, lessons, person_called(taken["learner"]), teacher)
            for moment, happen in _told(entry, taken, one):
                yield Happening(moment, group.tenant_id, happen)
        if entry["state"] == "closed":
            ended = at(shifted(entry["ends_on"]), 20)
            yield Happening(ended, group.tenant_id, partial(_close, group))


def _open(entry: dict[str, Any], planted: Planted) -> ClassGroup:
    module = planted.module(entry)
    teacher = person_called(entry["teacher"])
    opened = at(shifted(entry["starts_on"]) - timedelta(days=21))
    moment = min(opened, at(shifted(date(2026, 11, 20))))
    with pretend(moment), inside(module.tenant_id), unit_of_work():
        run = Run(
            code=entry["code"],
            starts_on=shifted(entry["starts_on"]),
            ends_on=shifted(entry["ends_on"]),
            capacity=entry.get("capacity"),
            is_open=entry["is_open"],
        )
        group = catalogue.open_class(teacher, module, run, teacher=teacher)
        if entry["state"] != "draft":
            catalogue.publish(teacher, group)
    return group


def _close(group: ClassGroup) -> None:
    group.state = ClassState.CLOSED


@dataclass
class _Study:
    """One learner's time in a class."""

    group: ClassGroup
    lessons: Sequence[Unit]
    learner: Person
    teacher: Person
    place: Enrolment = field(init=False)  # once enrolled

    def enrol(self) -> None:
        """Take a place."""
        self.place = enrolments.enrol(self.group, self.learner)

    def leave(self) -> None:
        """Give the place back."""
        enrolments.withdraw(self.learner, self.place)

    def mark(self, kind: MarkKind, slot: str, value: float) -> None:
        """Be given a mark."""
        grading.give(self.teacher, self.place, kind, Decimal(str(value)), slot=slot)

    def learn(self, lesson: Unit, right: int | None) -> None:
        """Read a lesson and answer its questions, `right` of them correctly (None: all)."""
        study.open_unit(self.place, lesson)
        for quiz in assessment.quizzes_of(lesson):
            _answer(self.place, quiz, len(quiz.entries) if right is None else right)
        study.complete_unit(self.place, lesson)


def _told(
    entry: dict[str, Any], taken: dict[str, Any], one: _Study
) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """Enrol, lessons, tests through the term, the examination; each with its moment."""
    first, last = shifted(entry["starts_on"]), shifted(entry["ends_on"])
    yield at(first, 8), one.enrol
    done = len(one.lessons) if taken["state"] == "completed" else taken.get("lessons", 0)
    seen = shifted(taken["seen_on"]) if "seen_on" in taken else last
    right = dict(enumerate(taken.get("right", [])))
    for index, lesson in enumerate(one.lessons[:done]):
        day = first + (seen - first) * (index + 1) // (done + 1) if index < done - 1 else seen
        yield at(day, 19), partial(one.learn, lesson, right.get(index))
    tests = [
        (kind, f"{kind}-{number}", mark)
        for kind in (MarkKind.REGULAR, MarkKind.PERIODIC)
        for number, mark in enumerate(taken.get(kind, []), start=1)
    ]
    until = min(last, shifted(date(2026, 11, 20)))
    for index, test in enumerate(tests, start=1):
        day = first + (until - first) * index // (len(tests) + 1)
        yield at(day, 15), partial(one.mark, *test)
    for number, mark in enumerate(taken.get("final", [])):
        day = last - timedelta(days=3 - number)
        yield at(day, 16), partial(one.mark, MarkKind.FINAL, "final", mark)
    if taken["state"] == "withdrawn":
        yield at(first + timedelta(days=10), 10), one.leave


def _lessons_of(group: ClassGroup) -> list[Unit]:
    """The required lessons of the class's module, in order."""
    with inside(group.tenant_id):
        units = learning.units_of(group.module_id)
    return [unit for unit in units if unit.is_required and unit.kind == UnitKind.LESSON]


def _answer(place: Enrolment, quiz: Quiz, correct: int) -> None:
    for number, entry in enumerate(quiz.entries):
        content = core.from_json(entry.item.content)
        response = right(content) if number < correct else wrong(content)
        answers.answer(place, entry.item, response, shown_at=utcnow(), quiz=quiz)


# Resources ------------------------------------------------------------------------------------


def _sharing() -> Iterator[Happening]:
    """Share what the demo colleges give to the open repository, each on its day."""
    for entry in read("resources.toml", RESOURCES)["resource"]:
        college = tenancy.by_code(entry["college"])
        moment = at(shifted(entry["published_on"]), 11)
        yield Happening(moment, college.id, partial(_give, entry))


def _give(entry: dict[str, Any]) -> None:
    author = person_called(entry["author"])
    if "lesson" not in entry:
        share(author, _deposit(entry, author))
        return
    offer = Offer(
        licence=Licence(entry["licence"]),
        authors=[author.name],
        description=entry["description"],
        level=entry["level"],
    )
    unit = _unit(entry["lesson"]["module"], entry["lesson"]["name"])
    sharing.share_unit(_may_edit(author, unit.module), unit, offer)


def _may_edit(author: Person, module: Module) -> Person:
    """The author, or for one who teaches the module no more the college's manager."""
    if editing.can_edit(author, module):
        return author
    return people.people_with(Role.MANAGER, module.tenant_id)[0]


def _unit(module_code: str, name: str) -> Unit:
    """The newest unit of that name at the current college."""
    found = db.session.scalar(
        sa.select(Unit)
        .join(Unit.module)
        .where(Module.code == module_code, Unit.slug.startswith(name))
        .order_by(Unit.id.desc())
        .limit(1)
    )
    if found is None:
        raise LookupError(f"{module_code} has no lesson {name}")
    return found


def _deposit(entry: dict[str, Any], author: Person) -> Deposit:
    skills = db.session.scalars(sa.select(Skill.id).where(Skill.code.in_(entry["skills"])))
    texts = {language: text_of(entry["text"], language) for language in entry["languages"]}
    figures = {name: keep_picture(author, file, name=name) for name, file in drawings_of(entry)}
    pictures = {name: Image(address) for name, address in figures.items()}
    around = Surroundings(link=figures.get, image=pictures.get)
    return Deposit(
        origin=f"demo:{entry['code']}",
        title=entry["title"],
        description=entry["description"],
        body={tag: with_whole_addresses(text, figures.get) for tag, text in texts.items()},
        html={tag: render(text, around) for tag, text in texts.items()},
        authors=[author.name],
        licence=Licence(entry["licence"]),
        level=entry["level"],
        skill_ids=list(skills),
    )
