"""Quizzes of a course folder: paired across languages, tied to lessons; faults are said."""

import json

import pytest

from courses.authoring.core.course import Reason
from courses.authoring.core.importer import import_course
from tests.courses.authoring.core.example import BEGINNERS, LESSON, changed, lines, quizzes


def test_vietnamese_quizzes_pair_with_the_english_ones():
    path = "quiz-app/src/assets/translations/vi.json"
    course = import_course(changed(**{path: quizzes(1, 2, language="vi", options=("Có", "Không"))}))

    first = course.quizzes[0].items[0]
    assert first.prompt == {"en": "1? (en)", "vi": "1? (vi)"}
    assert first.options[0].text == {"en": "Yes", "vi": "Có"}


@pytest.mark.parametrize(
    ("translation", "detail"),
    [
        (quizzes(1, language="vi", options=("Có", "Không", "Có lẽ")), "vi 1"),
        (json.dumps([{"quizzes": [{"id": 1, "title": "x", "quiz": []}]}]), "vi"),
    ],
)
def test_a_translation_that_asks_something_else_is_said(translation, detail):
    course = import_course(changed(**{"quiz-app/x/translations/vi.json": translation}))

    differing = [values["detail"] for _, values in lines(course, Reason.QUIZ_TRANSLATION_DIFFERS)]
    assert differing == [detail]
    assert course.quizzes[0].items[0].prompt["en"] == "1? (en)"


def test_a_question_unreadable_in_one_language_is_kept_in_the_other():
    keyless = quizzes(1, language="vi").replace('"true"', '"false"')
    course = import_course(changed(**{"quiz-app/x/translations/vi.json": keyless}))

    assert course.quizzes[0].items[0].prompt == {"en": "1? (en)"}
    assert len(lines(course, Reason.QUESTION_WITHOUT_KEY)) == 1


def test_a_quiz_only_in_another_language_is_taken_in_it():
    course = import_course(
        changed(
            **{
                "quiz-app/src/assets/translations/en.json": quizzes(1),
                "quiz-app/src/assets/translations/vi.json": quizzes(2, language="vi"),
            }
        )
    )

    assert course.quizzes[1].items[0].prompt == {"vi": "2? (vi)"}


def test_questions_without_key_and_empty_quizzes_are_said():
    keyless = quizzes(1, 2).replace('"true"', '"false"')
    course = import_course(changed(**{"quiz-app/src/assets/translations/en.json": keyless}))

    assert course.quizzes == ()
    assert [values["quiz"] for _, values in lines(course, Reason.QUESTION_WITHOUT_KEY)] == [
        "1",
        "2",
    ]
    assert [values["quiz"] for _, values in lines(course, Reason.QUIZ_EMPTY)] == ["1", "2"]


def test_an_unreadable_quiz_file_is_said_and_its_links_too():
    course = import_course(changed(**{"quiz-app/src/assets/translations/en.json": "oops"}))

    assert lines(course, Reason.QUIZ_UNREADABLE) == [
        ("quiz-app/src/assets/translations/en.json", {})
    ]
    assert len(lines(course, Reason.QUIZ_MISSING)) == 4


def test_unwanted_quiz_languages_are_said():
    course = import_course(changed(**{"quiz-app/x/translations/fr.json": quizzes(1)}))

    assert ("quiz-app/x/translations/fr.json", {"language": "fr"}) in lines(
        course, Reason.LANGUAGE_NOT_WANTED
    )


def test_a_translation_that_asks_other_quizzes_is_said():
    path = f"translations/vi/{LESSON}"
    course = import_course(changed(**{path: BEGINNERS[path].replace("quiz/1", "quiz/2")}))

    assert lines(course, Reason.QUIZ_LINK_DIFFERS) == [
        (path, {"own": "1 2", "here": "2", "language": "vi"})
    ]


def test_a_quiz_two_lessons_ask_belongs_to_the_first():
    course = import_course(
        changed(**{"1-start/lessons/2-next/README.md": "# N\n\n[q](https://quiz.example/quiz/2)"})
    )

    assert [quiz.unit for quiz in course.quizzes if quiz.id == "2"] == [LESSON]
