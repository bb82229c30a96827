"""Quizzes as the quiz-app of the "…-for-Beginners" courses keeps them.

A file holds a list of one object: {"title", "quizzes": [{"id", "title", "quiz": [question…]}]}; a
question is {"questionText", "answerOptions": [{"answerText", "isCorrect"}]}, where isCorrect is a
boolean or, mostly, the word for one. The file of a language is `…/translations/en.json`, or several
in a folder `…/translations/en/`.
"""

import json
import re
from typing import Any

from courses.assessment.core.items import Item, ItemInvalid, MultipleChoice, Option, SingleChoice
from courses.authoring.core.course import QuizPlace, Reason
from courses.authoring.core.quizzes.draft import Fault, QuizDraft, item_id

_PRE = re.compile(r"\bpre\b|\btrước\b", re.IGNORECASE)
_POST = re.compile(r"\bpost\b|\bsau\b", re.IGNORECASE)


class QuizFileUnreadable(Exception):
    """The file is not what a quiz-app keeps."""


def read_quiz_file(content: bytes, language: str) -> tuple[str, tuple[QuizDraft, ...]]:
    """(the title of the whole, its quizzes). Raises QuizFileUnreadable."""
    try:
        document = json.loads(content.decode("utf-8-sig"))
        application = document[0] if isinstance(document, list) else document
        quizzes = application["quizzes"]
        drafts = tuple(_quiz(quiz, language) for quiz in quizzes)
        return str(application.get("title", "")), drafts
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise QuizFileUnreadable from None


def _quiz(quiz: dict[str, Any], language: str) -> QuizDraft:  # Any: JSON of a stranger
    title = str(quiz["title"]).strip()
    faults: list[Fault] = []
    items: list[Item | None] = []
    for question in quiz["quiz"]:
        item, fault = _question(question, language)
        items.append(item)
        faults.extend([fault] if fault else [])
    return QuizDraft(str(quiz["id"]), _place(title), title, tuple(items), tuple(faults))


def _question(question: dict[str, Any], language: str) -> tuple[Item | None, Fault | None]:
    prompt = str(question["questionText"]).strip()
    answers = [
        (str(answer["answerText"]).strip(), str(answer.get("isCorrect", "")).lower() == "true")
        for answer in question["answerOptions"]
    ]
    right = [str(number) for number, (_, correct) in enumerate(answers, start=1) if correct]
    if not right:
        return None, Fault(Reason.QUESTION_WITHOUT_KEY, prompt)
    try:
        options = tuple(
            Option(id=str(number), text={language: text})
            for number, (text, _) in enumerate(answers, start=1)
        )
        name = item_id(prompt, [text for text, _ in answers])
        said = {language: prompt}
        if len(right) == 1:
            return SingleChoice(id=name, prompt=said, options=options, correct=right[0]), None
        return MultipleChoice(id=name, prompt=said, options=options, correct=tuple(right)), None
    except ItemInvalid:
        return None, Fault(Reason.QUESTION_UNREADABLE, prompt)


def _place(title: str) -> QuizPlace | None:
    if _PRE.search(title):
        return QuizPlace.PRE
    return QuizPlace.POST if _POST.search(title) else None
