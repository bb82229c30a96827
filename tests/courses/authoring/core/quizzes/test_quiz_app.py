import json

import pytest

from courses.authoring.core.course import QuizPlace, Reason
from courses.authoring.core.quizzes.draft import Fault
from courses.authoring.core.quizzes.quiz_app import QuizFileUnreadable, read_quiz_file


def question(text="Why?", *answers):
    return {
        "questionText": text,
        "answerOptions": [
            {"answerText": words, "isCorrect": correct} for words, correct in answers
        ],
    }


def application(*questions, title="Lesson 1: Pre-Lecture Quiz", number=7):
    quiz = {"id": number, "title": title, "quiz": list(questions)}
    return [{"title": "IoT: Quizzes", "quizzes": [quiz]}]


def read(document):
    return read_quiz_file(json.dumps(document).encode(), "en")


def test_a_quiz_is_read_with_its_key():
    title, (draft,) = read(
        application(
            question("Why?", ("So", "true"), ("No", "false")),
            question("Which?", ("A", True), ("B", "True"), ("C", False)),
        )
    )

    assert title == "IoT: Quizzes"
    assert (draft.id, draft.place, draft.faults) == ("7", QuizPlace.PRE, ())
    first, second = draft.items
    assert (first.kind, first.correct, first.options[0].text) == (
        "single-choice",
        "1",
        {"en": "So"},
    )
    assert (second.kind, second.correct) == ("multiple-choice", ("1", "2"))


def test_one_object_without_the_list_is_read_too():
    assert len(read(application(question("Why?", ("So", "true"), ("No", "")))[0])[1]) == 1


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("Lesson 2 - Post-Lecture Quiz", QuizPlace.POST),
        ("Bài 2: trước bài giảng", QuizPlace.PRE),
        ("Bài 2: sau bài giảng", QuizPlace.POST),
        ("Expression quiz", None),
    ],
)
def test_the_title_says_when_a_quiz_is_taken(title, place):
    assert read(application(title=title))[1][0].place is place


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ([("So", "false"), ("No", "false")], Reason.QUESTION_WITHOUT_KEY),
        ([], Reason.QUESTION_WITHOUT_KEY),
        ([("So", "true")], Reason.QUESTION_UNREADABLE),
        ([("So", "true"), ("", "false")], Reason.QUESTION_UNREADABLE),
    ],
)
def test_a_question_that_cannot_be_scored_is_named(answers, reason):
    draft = read(application(question("Why?", *answers)))[1][0]

    assert draft.items == (None,)
    assert draft.faults == (Fault(reason, "Why?"),)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"7",
        b"\xff\xfe",
        b'{"quizzes": 7}',
        b'{"quizzes": [{}]}',
        b'{"quizzes": [7]}',
        b'[{"quizzes": [{"id": 1, "title": "x", "quiz": [{"questionText": "y"}]}]}]',
        (
            b'[{"quizzes": [{"id": 1, "title": "x", "quiz": '
            b'[{"questionText": "y", "answerOptions": ["z"]}]}]}]'
        ),
        b"[" * 100_000,
    ],
)
def test_another_file_is_no_quiz(content):
    with pytest.raises(QuizFileUnreadable):
        read_quiz_file(content, "en")
