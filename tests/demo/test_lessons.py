import re
from collections import Counter
from xml.etree import ElementTree as ET

import pytest

from courses.assessment.core.items import SingleChoice
from courses.authoring.core.course import Verdict
from courses.authoring.core.markdown import parse
from tests.demo.conftest import COURSES

CONTENT = {"DL101": 5, "HAN101": 4, "BEP101": 4, "SO101": 5, "WEB101": 4}
AT_A_DESK = {"SO101", "WEB101"}
PARTS = {
    "vi": {"worked": "Ví dụ làm mẫu", "workshop": "Bài tập xưởng", "desk": "Bài tập thực hành"},
    "en": {"worked": "Worked example", "workshop": "Workshop task", "desk": "Practice task"},
}
WORDS = range(350, 701)  # without the quiz
QUIZ = re.compile(r"^```quiz.*?^```", re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="session")
def lessons(courses):
    """(module, unit), lesson by lesson."""
    return [(module, unit) for module, course in courses.items() for unit in course.units]


def test_each_trade_has_its_lessons(courses):
    assert {module: len(course.units) for module, course in courses.items()} == CONTENT


def test_the_importer_has_nothing_to_remark(courses):
    for module, course in courses.items():
        remarks = [line for line in course.report.lines if line.verdict is not Verdict.TAKEN]

        assert not remarks, module


def test_courses_are_named_as_their_modules(courses, modules):
    for module, course in courses.items():
        assert course.title == modules[module]["title"]


def test_every_lesson_is_complete_in_both_languages(lessons):
    for module, unit in lessons:
        assert unit.texts.keys() == {"vi", "en"}
        for language, text in unit.texts.items():
            headings = re.findall(r"^## (.+)$", text.markdown, re.MULTILINE)
            body = QUIZ.sub("", text.markdown)

            named = PARTS[language]
            assert named["worked"] in headings, text.path
            assert named["desk" if module in AT_A_DESK else "workshop"] in headings, text.path
            assert len(body.split()) in WORDS, (module, text.path)


def test_both_languages_are_built_alike(lessons):
    for module, unit in lessons:
        shapes = {
            language: Counter(token.type for token in parse(QUIZ.sub("", text.markdown)).tokens)
            for language, text in unit.texts.items()
        }
        assert shapes["vi"] == shapes["en"], (module, unit.path)


def test_code_is_the_same_in_both_languages(courses):
    for unit in courses["WEB101"].units:
        code = {
            language: re.findall(
                r"^```(?:html|css)\n(.*?)^```", text.markdown, re.DOTALL | re.MULTILINE
            )
            for language, text in unit.texts.items()
        }
        assert code["vi"] == code["en"]
        assert code["vi"]


def test_every_lesson_shows_a_table_or_a_figure(lessons):
    for _, unit in lessons:
        for text in unit.texts.values():
            assert re.search(r"^\| --- \||^!\[", text.markdown, re.MULTILINE), text.path


def test_every_lesson_ends_with_a_quiz_that_explains_each_choice(courses):
    for course in courses.values():
        assert [quiz.unit for quiz in course.quizzes] == [unit.path for unit in course.units]
        for quiz in course.quizzes:
            assert 4 <= len(quiz.items) <= 5
            for item in quiz.items:
                assert isinstance(item, SingleChoice)
                assert len(item.options) == 3
                for option in item.options:
                    feedback = item.feedback[f"option.{option.id}"]
                    assert option.text.keys() == feedback.keys() == {"vi", "en"}


def test_right_answers_stand_in_every_place(courses):
    items = [item for c in courses.values() for quiz in c.quizzes for item in quiz.items]
    places = Counter(item.correct for item in items)

    assert min(places[place] for place in "123") > len(items) / 6


def test_every_item_asks_for_a_known_skill(courses, item_skills, skills):
    items = {item.id for c in courses.values() for quiz in c.quizzes for item in quiz.items}

    assert item_skills.keys() == items
    assert set(item_skills.values()) <= skills.keys()


def test_most_outcomes_of_a_taught_module_are_asked_for(courses, modules, item_skills):
    for module, course in courses.items():
        promised = {outcome["skill"] for outcome in modules[module]["outcomes"]}
        asked = {item_skills[item.id] for quiz in course.quizzes for item in quiz.items}

        assert promised <= asked, module


def test_figures_are_drawings_and_nothing_else():
    figures = list((COURSES / "modules").glob("*/*.svg"))
    allowed = {"svg", "title", "g", "rect", "path", "circle", "text"}

    assert len(figures) >= 4
    for figure in figures:
        drawn = ET.parse(figure).getroot().iter()  # noqa: S314  a file of our own
        names = {element.tag.removeprefix("{http://www.w3.org/2000/svg}") for element in drawn}
        assert names <= allowed, figure.name
        assert "href" not in figure.read_text("utf-8")
