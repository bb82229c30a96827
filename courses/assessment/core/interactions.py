"""Items and answers as xAPI writes them: the cmi.interaction activity definition.

xAPI 1.0.3, Data §2.4.4.1 "Interaction Activities", and Appendix C for the patterns:
`[,]` separates parts, `[.]` the halves of a pair, `[:]` the ends of a range.
"""

from collections.abc import Sequence
from functools import lru_cache
from textwrap import shorten
from typing import Any

from courses.assessment.core.items import (
    Item,
    MultipleChoice,
    Numeric,
    Option,
    Order,
    SingleChoice,
    TextEntry,
)
from courses.assessment.core.scoring import (
    Response,
    bounds,
    option_id,
    option_ids,
    order_of,
    pairs_of,
    parse_number,
    typed_text,
)
from courses.authoring.core.plain_text import plain_text

ACTIVITY_TYPE = "http://adlnet.gov/expapi/activities/cmi.interaction"

LONGEST_NAME = 100

_PART, _PAIR, _RANGE = "[,]", "[.]", "[:]"


def definition(item: Item) -> dict[str, Any]:  # Any: JSON
    """The activity definition: what was asked, what could be answered, what is right.

    Its name, for people who read the record, is the beginning of the question without its marks.
    """
    names = {tag: _name(prompt) for tag, prompt in item.prompt.items()}
    return {
        "type": ACTIVITY_TYPE,
        "name": {tag: name for tag, name in names.items() if name},
        "description": dict(item.prompt),
        **_interaction(item),
    }


@lru_cache(maxsize=4096)
def _name(prompt: str) -> str:
    return shorten(plain_text(prompt).prose, LONGEST_NAME, placeholder=" …")


def response_text(item: Item, response: Response) -> str:
    """The answer as the `result.response` of a statement.

    Raises ResponseInvalid for what the item's form cannot have sent.
    """
    if not response:
        return ""
    match item:
        case SingleChoice():
            text = option_id(item, response)
        case MultipleChoice():
            text = _PART.join(option_ids(item, response))
        case TextEntry():
            text = _one_part(typed_text(response))
        case Numeric():
            number = parse_number(typed_text(response), unit=item.unit)
            text = typed_text(response) if number is None else f"{number:f}"
        case Order():
            text = _PART.join(order_of(item, response))
        case _:  # Match
            text = _pairs(pairs_of(item, response))
    return text


def _interaction(item: Item) -> dict[str, Any]:
    match item:
        case SingleChoice():
            return _typed("choice", [item.correct], choices=_components(item.options))
        case MultipleChoice():
            correct = [option.id for option in item.options if option.id in item.correct]
            return _typed("choice", [_PART.join(correct)], choices=_components(item.options))
        case TextEntry():
            case = f"{{case_matters={str(not item.fold_case).lower()}}}"
            right = [answer.text for answer in item.answers if answer.score == 1]
            return _typed("fill-in", [case + _one_part(text) for text in right])
        case Numeric():
            low, high = bounds(item)
            return _typed("numeric", [f"{low:f}{_RANGE}{high:f}"])
        case Order():
            ordered = _PART.join(entry.id for entry in item.entries)
            return _typed("sequencing", [ordered], choices=_components(item.entries))
        case _:  # Match
            return _typed(
                "matching",
                [_pairs({source.id: item.pairs[source.id] for source in item.sources})],
                source=_components(item.sources),
                target=_components(item.targets),
            )


def _typed(kind: str, correct: list[str], **components: list[dict[str, Any]]) -> dict[str, Any]:
    return {"interactionType": kind, "correctResponsesPattern": correct, **components}


def _components(options: Sequence[Option]) -> list[dict[str, Any]]:
    return [
        {"id": option.id, "description": {tag: _plain(text) for tag, text in option.text.items()}}
        for option in options
    ]


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """What people read in an option; one that is code alone stays as it is written."""
    return plain_text(text).prose or text


def _one_part(text: str) -> str:
    """A person's words, which must not read as two parts."""
    return text.replace(_PART, "[, ]")


def _pairs(pairs: dict[str, str]) -> str:
    return _PART.join(f"{source}{_PAIR}{target}" for source, target in pairs.items())
