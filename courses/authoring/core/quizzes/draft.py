"""A quiz as found in one language, and the same quiz found in several, made one."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from courses.assessment.core.items import Item
from courses.assessment.core.translation import with_translation
from courses.authoring.core.course import QuizPlace, Reason


@dataclass(frozen=True)
class Fault:
    """Something in a quiz that could not be taken, and the words or the code that show which."""

    reason: Reason
    detail: str


@dataclass(frozen=True)
class QuizDraft:
    """A quiz in one language. items has None where a question could not be read."""

    id: str
    place: QuizPlace | None
    title: str
    items: tuple[Item | None, ...]
    faults: tuple[Fault, ...] = ()


def item_id(prompt: str, parts: Sequence[str]) -> str:
    """An id made of what is asked: the same question imported again is the same item."""
    content = "\n".join([prompt, *parts])
    return f"q-{hashlib.sha256(' '.join(content.split()).encode()).hexdigest()[:10]}"


def in_all_languages(
    drafts: Mapping[str, QuizDraft], language: str
) -> tuple[tuple[Item, ...], tuple[Fault, ...]]:
    """(the items of the quiz, with their words in every language; what did not fit together).

    Questions pair by their place in the quiz. language is the one whose ids and keys hold; where
    it has no such quiz, the first language's do.
    """
    base = drafts.get(language) or next(iter(drafts.values()))
    items = list(base.items)
    faults: list[Fault] = []
    for tag, draft in drafts.items():
        if draft is base:
            continue
        if len(draft.items) != len(items):
            faults.append(Fault(Reason.QUIZ_TRANSLATION_DIFFERS, tag))
            continue
        for place, (item, other) in enumerate(zip(items, draft.items, strict=True)):
            if item is None or other is None:
                continue
            both = with_translation(item, other)
            if both is None:
                faults.append(Fault(Reason.QUIZ_TRANSLATION_DIFFERS, f"{tag} {place + 1}"))
            items[place] = both or item
    return tuple(item for item in items if item is not None), tuple(faults)
