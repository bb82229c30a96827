"""A college with a module that teaches skills: lessons with questions, a class, learners."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from courses.assessment import service as answers
from courses.assessment.core import items as core
from courses.assessment.models import Answer, Item, ItemSkill, Quiz, QuizEntry
from courses.authoring.models import Unit, UnitVersion, VersionState
from courses.catalogue import service as catalogue
from courses.catalogue.models import ClassGroup
from courses.catalogue.service import Run
from courses.enrolment import service as enrolments
from courses.enrolment.models import Enrolment
from courses.learning import service as study
from courses.programmes import service as programmes
from courses.programmes.models import CurriculumVersion, Module
from courses.programmes.service import ModuleText
from edu.accounts.models import Person, Role
from edu.db import db, inside, today, unit_of_work, utcnow
from edu.taxonomy.models import Skill
from edu.tenancy.models import Organisation
from tests.factories import a_person

_number = count(1)

RIGHT, WRONG = "a", "b"


@dataclass
class Classroom:
    """A class, and what it runs on."""

    college: Organisation
    teacher: Person
    group: ClassGroup
    units: list[Unit]
    quizzes: list[Quiz]

    @property
    def module(self) -> Module:
        return self.group.module


def a_skill(code: str = "", vi: str = "Hàn ống đồng", en: str = "Brazing", **more) -> Skill:
    with unit_of_work():
        skill = Skill(code=code or f"s{next(_number)}", label={"vi": vi, "en": en}, **more)
        db.session.add(skill)
    return skill


def a_curriculum(college: Organisation, *, code: str = "") -> CurriculumVersion:
    """A programme whose curriculum can still be filled; put it in force afterwards."""
    with inside(college.id), unit_of_work():
        programme = programmes.create_programme(
            code=code or f"p{next(_number)}",
            title={"vi": "Điện lạnh", "en": "Refrigeration"},
            about={},
            level=4,
        )
        return programmes.draft_version(
            programme, valid_from=date(2026, 1, 1), rule_set="vn-vocational-2022", credits=53
        )


def a_module(college: Organisation, skills: Sequence[Skill] = (), *, code: str = "") -> Module:
    version = a_curriculum(college)
    with inside(college.id), unit_of_work():
        module = programmes.add_module(
            version,
            ModuleText(
                code=code or f"M{next(_number)}",
                title={"vi": "Cơ sở kỹ thuật lạnh", "en": "Refrigeration basics"},
                about={},
                credits=3,
            ),
            outcomes=[({"vi": s.label["vi"], "en": s.label["en"]}, s.id) for s in skills],
        )
        programmes.put_in_force(version)
    return module


def a_class(  # noqa: PLR0913 - keyword-only: what a test may care about
    college: Organisation,
    skills: Sequence[Skill] = (),
    *,
    lessons: int = 2,
    questions: int = 2,
    teacher: Person | None = None,
    starts_on: date | None = None,
) -> Classroom:
    """A published class of a new module; each lesson asks `questions` about all the skills."""
    teacher = teacher or a_person("Trần Minh Quang", role=Role.TEACHER, at=college)
    module = a_module(college, skills)
    starts_on = starts_on or today() - timedelta(days=30)
    with inside(college.id), unit_of_work():
        units = [_lesson(module, number, teacher) for number in range(1, lessons + 1)]
        quizzes = [_quiz(unit, skills, questions) for unit in units] if questions else []
        run = Run(
            code=f"K{next(_number)}",
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=120),
            is_open=True,
        )
        group = catalogue.open_class(teacher, module, run, teacher=teacher)
        catalogue.publish(teacher, group)
    return Classroom(college, teacher, group, units, quizzes)


def _lesson(module: Module, position: int, author: Person) -> Unit:
    unit = Unit(
        module=module,
        slug=f"bai-{position}",
        title={"vi": f"Bài {position}", "en": f"Lesson {position}"},
        position=position,
    )
    version = UnitVersion(
        unit=unit, number=1, state=VersionState.PUBLISHED, source={"vi": "…"}, author_id=author.id
    )
    db.session.add_all([unit, version])
    db.session.flush()
    unit.published = version
    return unit


def _quiz(unit: Unit, skills: Sequence[Skill], questions: int) -> Quiz:
    quiz = Quiz(unit=unit, identifier="kiem-tra", title={"vi": "Kiểm tra"})
    for position in range(1, questions + 1):
        item = an_item(unit.module, skills)
        quiz.entries.append(QuizEntry(item=item, position=position))
    db.session.add(quiz)
    return quiz


def an_item(module: Module, skills: Sequence[Skill]) -> Item:
    """A question whose right answer is `RIGHT`; to be made inside a unit of work."""
    content = core.SingleChoice(
        id=f"q{next(_number)}",
        prompt={"vi": "Chọn a", "en": "Choose a"},
        options=(
            core.Option(id=RIGHT, text={"vi": "Đúng"}),
            core.Option(id=WRONG, text={"vi": "Sai"}),
        ),
        correct=RIGHT,
    )
    return Item(
        module=module,
        identifier=content.id,
        kind=content.kind,
        content=core.to_json(content),
        skills=[ItemSkill(skill=skill) for skill in skills],
    )


# What learners do -----------------------------------------------------------------------------


def enrol(room: Classroom, learner: Person) -> Enrolment:
    with inside(room.college.id), unit_of_work():
        return enrolments.enrol(room.group, learner)


def answer(
    room: Classroom, place: Enrolment, response: str = RIGHT, *, lesson: int = 1, question: int = 1
) -> Answer:
    quiz = room.quizzes[lesson - 1]
    with inside(room.college.id), unit_of_work():
        item = quiz.entries[question - 1].item
        given, _ = answers.answer(place, item, response, shown_at=utcnow(), quiz=quiz)
    return given


def open_lesson(room: Classroom, place: Enrolment, lesson: int = 1) -> None:
    with inside(room.college.id), unit_of_work():
        study.open_unit(place, room.units[lesson - 1])


def finish_lesson(room: Classroom, place: Enrolment, lesson: int = 1) -> None:
    """Answer every question of the lesson rightly and finish it."""
    for question in range(1, len(room.quizzes[lesson - 1].entries) + 1):
        answer(room, place, lesson=lesson, question=question)
    with inside(room.college.id), unit_of_work():
        study.complete_unit(place, room.units[lesson - 1])
