"""A course laid out as the “…-for-Beginners” series: sections, pages, assignments, a quiz-app."""

import json

import pytest

from courses.assessment import queries as bank
from courses.assessment.models import QuizPlace
from courses.authoring import queries as authoring
from courses.authoring.core.source import ZipSource
from courses.authoring.models import UnitKind
from courses.importing import service
from edu.db import inside, unit_of_work
from tests.courses.authoring.core.folders import archive

LESSON = "1-start/lessons/1-intro/README.md"


def quiz(number, words):
    return {
        "id": number,
        "title": f"{words} lecture quiz",
        "quiz": [
            {
                "questionText": f"Question {number}?",
                "answerOptions": [
                    {"answerText": "Yes", "isCorrect": "true"},
                    {"answerText": "No", "isCorrect": "false"},
                ],
            }
        ],
    }


FILES = {
    "README.md": "# IoT\n\nThe whole course.",
    "1-start/README.md": "# Start\n\nHow to begin.",
    LESSON: (
        "# Intro\n\n[Pre](https://q.example/quiz/1)\n\nSee [the section](../../README.md), "
        "[the course](../../../README.md), [Pi](pi.md#wires) and [data](data.csv).\n\n"
        "[Post](https://q.example/quiz/2)\n\n[Assignment](assignment.md)\n"
    ),
    "1-start/lessons/1-intro/pi.md": "# Pi\n\n## Wires\n\nRed and black.",
    "1-start/lessons/1-intro/assignment.md": "# Build it\n\nWith your hands.",
    "1-start/lessons/1-intro/data.csv": "a,b\n1,2\n",
    "quiz-app/src/assets/translations/en.json": json.dumps(
        [{"title": "Quizzes", "quizzes": [quiz(1, "Pre"), quiz(2, "Post"), quiz(3, "Post")]}]
    ),
    "LICENSE": "MIT License\n\nCopyright (c) 2021 A Company\n",
}


@pytest.fixture
def units(dn_college, teacher, module):
    with inside(dn_college.id):
        with unit_of_work():
            service.import_course(teacher, module, ZipSource(archive(FILES)), publish=True)
        yield {unit.slug: unit for unit in authoring.units_in(module)}


def reading(unit):
    return authoring.blocks_of(unit, "en", unit_url=lambda i: f"/to/{i}", module_url="/front")


def test_lessons_count_pages_and_assignments_do_not(units):
    assert [(unit.kind, unit.is_required) for unit in units.values()] == [
        (UnitKind.LESSON, True),
        (UnitKind.PAGE, False),
        (UnitKind.ASSIGNMENT, False),
        (UnitKind.PAGE, False),
    ]
    assert units[LESSON].section == {"en": "Start"}


def test_the_introduction_of_a_section_is_a_page_after_the_lessons(units):
    page = units["1-start/README.md"]

    assert page.title == {"en": "Start"}
    assert page.position > units[LESSON].position


def test_every_address_leads_somewhere(units):
    html = "".join(block.html for block in reading(units[LESSON]).blocks)

    assert f'href="/to/{units["1-start/README.md"].id}"' in html
    assert 'href="/front"' in html
    assert f'href="/to/{units["1-start/lessons/1-intro/pi.md"].id}#u-wires"' in html
    assert 'href="http://content.test/files/' in html


def test_quizzes_stand_where_the_lesson_asks_them(units):
    kinds = [(block.kind, block.reference) for block in reading(units[LESSON]).blocks]
    quizzes = [(quiz.identifier, quiz.place) for quiz in bank.quizzes_of(units[LESSON])]

    assert kinds == [("quiz", "1"), ("text", ""), ("quiz", "2"), ("assignment", "assignment.md")]
    assert quizzes == [("1", QuizPlace.PRE), ("2", QuizPlace.POST)]


def test_a_quiz_that_no_lesson_asks_waits_in_the_bank(units, module):
    asked = {
        item.identifier
        for quiz in bank.quizzes_of(units[LESSON])
        for item in (entry.item for entry in quiz.entries)
    }

    everything = module_items(module)

    assert len(everything) == 3
    assert len(everything - asked) == 1


def module_items(module):
    import sqlalchemy as sa

    from courses.assessment.models import Item
    from edu.db import db

    return set(db.session.scalars(sa.select(Item.identifier).where(Item.module_id == module.id)))


def test_a_permissive_licence_is_kept_with_its_owner(units):
    assert units[LESSON].source_licence == "MIT"
    assert "Copyright (c) 2021 A Company" in units[LESSON].attribution["en"]


def test_a_lesson_edited_later_keeps_its_quizzes(units, teacher):
    from courses.authoring import service as writing

    unit = units[LESSON]
    text = unit.published.source["en"].replace("See", "Look at")
    with unit_of_work():
        writing.edit(teacher, unit, {"en": text})
        writing.publish(teacher, unit)

    assert [quiz.identifier for quiz in bank.quizzes_of(unit)] == ["1", "2"]


def test_a_quiz_that_is_no_longer_linked_is_let_go(units, teacher):
    from courses.authoring import service as writing

    unit = units[LESSON]
    text = unit.published.source["en"].replace("[Pre](https://q.example/quiz/1)", "")
    with unit_of_work():
        writing.edit(teacher, unit, {"en": text})
        writing.publish(teacher, unit)

    assert [quiz.identifier for quiz in bank.quizzes_of(unit)] == ["2"]
