"""Quizzes written in Markdown, inside the lesson they belong to.

A quiz is a fenced block named quiz. After the name may come its place, pre, post or check (check
when absent), and a name of its own, which it needs when a lesson has two of the same place:

    ```quiz check #ohm
    ? Which part resists the current?
    - [x] A resistor
      > Its resistance is measured in ohms.
    - [ ] A capacitor
      > It stores charge.
    ! Resistance is what opposes a current.

    ? Two cells of 1.5 V in series: what voltage? {#series}
    = 3 V ± 0.1
    ```

* `?` begins a question. `{#name}` at its end names it; without a name, its words do, and a
  corrected question is then a new one.
* `- [x]` is a right option, `- [ ]` a wrong one. One right option: choose one; more: choose all.
* `=` is an accepted answer, `~` one that forgives missing accents. A single `=` with a number, in a
  unit or not, within `± tolerance` or `± n %` or not, asks for a number.
* `1.` `2.` `3.` are things to put in order, written in the right one.
* `- left => right` are things to match; `- => right` is a right side that belongs to nothing.
* `>` under an option is said to who chose it; `!` is said to everyone afterwards.
* Any other line goes on with the text above it, code fences included (open the quiz with four marks
  then). All texts are Markdown.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from courses.assessment.core.items import (
    AcceptedAnswer,
    Item,
    ItemInvalid,
    Match,
    MultipleChoice,
    Numeric,
    Option,
    Order,
    SingleChoice,
    TextEntry,
)
from courses.assessment.core.scoring import parse_number
from courses.authoring.core.blocks import quiz_label
from courses.authoring.core.course import QuizPlace, Reason
from courses.authoring.core.quizzes.draft import Fault, QuizDraft, item_id

_MARKS = (
    ("question", re.compile(r"\?\s+")),
    ("right", re.compile(r"-\s+\[[xX]\]\s+")),
    ("wrong", re.compile(r"-\s+\[ \]\s+")),
    ("answer", re.compile(r"=\s+")),
    ("tolerant", re.compile(r"~\s+")),
    ("entry", re.compile(r"\d+\.\s+")),
    ("feedback", re.compile(r">\s+")),
    ("explanation", re.compile(r"!\s+")),
    ("pair", re.compile(r"-\s+(?=.*=>)")),
)
_NAME = re.compile(r"\s*\{#([A-Za-z0-9][A-Za-z0-9._-]{0,63})\}\s*$")
_NUMBER = r"[+\-−]?[\d.,]*\d"
_MEASURE = re.compile(
    rf"(?P<value>{_NUMBER})\s*(?P<unit>[^\d\s±+]\S{{0,9}})?"
    rf"(?:\s*(?:±|\+/?-)\s*(?P<tolerance>{_NUMBER})\s*(?P<of>\S{{0,10}}))?"
)
_KINDS = {
    "right": "choice",
    "wrong": "choice",
    "answer": "answer",
    "tolerant": "answer",
    "entry": "order",
    "pair": "match",
}


@dataclass
class _Line:
    """A marked line, and what goes on from it."""

    mark: str
    text: str


def read_quiz(info: str, source: str, language: str) -> QuizDraft:
    """The quiz in a fence; info is what follows the word quiz on its opening line."""
    items: list[Item | None] = []
    faults: list[Fault] = []
    for lines in _questions(source):
        try:
            items.append(_item(lines, language))
        except ItemInvalid as error:
            items.append(None)
            keyless = error.code in {"no-correct-option", "no-accepted-answer"}
            reason = Reason.QUESTION_WITHOUT_KEY if keyless else Reason.QUESTION_UNREADABLE
            faults.append(Fault(reason, lines[0].text))
    places = [word for word in info.split() if word in set(QuizPlace)]
    place = QuizPlace(places[0]) if places else QuizPlace.CHECK
    return QuizDraft(quiz_label(info), place, "", tuple(items), tuple(faults))


def _questions(source: str) -> list[list[_Line]]:
    """The marked lines of each question. What stands before the first is a question gone wrong."""
    questions: list[list[_Line]] = []
    for line in _marked(source):
        if line.mark == "question" or not questions:
            questions.append([])
        questions[-1].append(line)
    return questions


def _marked(source: str) -> list[_Line]:
    lines: list[_Line] = []
    in_code = False
    for raw in source.splitlines():
        bare = raw.strip()
        marks = ((name, found) for name, mark in _MARKS if (found := mark.match(bare)))
        name, found = next(marks, ("text", None)) if not in_code else ("text", None)
        in_code ^= bare.startswith("```")
        if found is not None:
            lines.append(_Line(name, bare[found.end() :]))
        elif lines:
            lines[-1].text += "\n" + (raw if in_code else bare)
        elif bare:
            lines.append(_Line("text", bare))
    for line in lines:
        line.text = line.text.strip()
    return lines


def _item(lines: Sequence[_Line], language: str) -> Item:
    """The item a question's lines describe. Raises ItemInvalid."""
    first, rest = lines[0], lines[1:]
    kinds = {_KINDS[line.mark] for line in rest if line.mark in _KINDS}
    if first.mark != "question" or len(kinds) > 1:
        raise ItemInvalid("shape", path=first.text, problem="mixed")
    if not kinds:
        raise ItemInvalid("no-accepted-answer")
    named = _NAME.search(first.text)
    prompt = _NAME.sub("", first.text)
    parts = [line.text for line in rest]
    said = [line.text for line in rest if line.mark == "explanation"]
    asked: dict[str, Any] = {  # Any: keyword arguments of whichever item it becomes
        "id": named[1] if named else item_id(prompt, parts),
        "prompt": {language: prompt},
        "feedback": {"explanation": {language: "\n\n".join(said)}} if said else {},
    }
    build = {"choice": _choice, "answer": _entry, "order": _order, "match": _match}[kinds.pop()]
    return build(asked, rest, language)


def _choice(asked: dict[str, Any], lines: Sequence[_Line], language: str) -> Item:
    texts: list[str] = []
    right: list[str] = []
    for line in lines:
        if line.mark in {"right", "wrong"}:
            texts.append(line.text)
            right += [str(len(texts))] if line.mark == "right" else []
        elif line.mark == "feedback":
            asked["feedback"][f"option.{len(texts)}"] = {language: line.text}
    options = _options(texts, language)
    if len(right) == 1:
        return SingleChoice(**asked, options=options, correct=right[0])
    return MultipleChoice(**asked, options=options, correct=tuple(right))


def _entry(asked: dict[str, Any], lines: Sequence[_Line], language: str) -> Item:
    del language
    answers = [line for line in lines if line.mark in {"answer", "tolerant"}]
    if len(answers) == 1 and answers[0].mark == "answer":
        measure = _measure(answers[0].text)
        if measure is not None:
            return Numeric(**asked, **measure)
    return TextEntry(
        **asked,
        answers=tuple(AcceptedAnswer(text=line.text) for line in answers),
        fold_accents=any(line.mark == "tolerant" for line in answers),
    )


def _measure(text: str) -> dict[str, Any] | None:
    """Value, tolerance and unit, when the text is a number with at most these; None otherwise."""
    found = _MEASURE.fullmatch(text)
    value = parse_number(found["value"]) if found else None
    if found is None or value is None:
        return None
    tolerance = parse_number(found["tolerance"] or "0")
    if tolerance is None:
        return None
    relative = found["of"] == "%" and found["unit"] != "%"
    return {
        "value": float(value),
        "tolerance": float(tolerance) / (100 if relative else 1),
        "relative": relative,
        "unit": found["unit"] or ("" if relative else found["of"] or ""),
    }


def _order(asked: dict[str, Any], lines: Sequence[_Line], language: str) -> Item:
    texts = [line.text for line in lines if line.mark == "entry"]
    return Order(**asked, entries=_options(texts, language))


def _match(asked: dict[str, Any], lines: Sequence[_Line], language: str) -> Item:
    sides = [line.text.partition("=>") for line in lines if line.mark == "pair"]
    lefts = [left.strip() for left, _, _ in sides if left.strip()]
    rights = list(dict.fromkeys(right.strip() for _, _, right in sides))
    chosen = [right.strip() for left, _, right in sides if left.strip()]
    return Match(
        **asked,
        sources=_options(lefts, language),
        targets=_options(rights, language),
        pairs={
            str(place): str(rights.index(right) + 1) for place, right in enumerate(chosen, start=1)
        },
    )


def _options(texts: Sequence[str], language: str) -> tuple[Option, ...]:
    return tuple(
        Option(id=str(place), text={language: text}) for place, text in enumerate(texts, start=1)
    )
