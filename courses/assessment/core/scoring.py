"""What an answer is worth.

Every score is scaled to 0..1. Partial credit never pays for guessing or ticking everything:

* several right options: share of right ones ticked, less share of wrong ones ticked, not below 0;
* order: Kendall's tau of the answer against the right order, not below 0, so that a random order
  is worth nothing on balance and a reversed one nothing at all;
* match: share of sources that got their own target;
* text: the score of the best accepted answer that it equals.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import combinations
from typing import TypeAlias

from courses.assessment.core.items import (
    Item,
    Match,
    MultipleChoice,
    Numeric,
    Order,
    SingleChoice,
    TextEntry,
)

Response: TypeAlias = str | Sequence[str] | Mapping[str, str] | None
"""An option's id; ids, ticked or in order; the text or number typed; source → target; no answer."""

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")  # grave, acute, tilde, hook above, dot below
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")
_LONGEST_NUMBER = 40


class Verdict(StrEnum):
    """An outcome in one word; also the key of an item's feedback."""

    CORRECT = "correct"
    PARTIAL = "partial"
    INCORRECT = "incorrect"
    UNANSWERED = "unanswered"


@dataclass(frozen=True)
class Outcome:
    """The score (0..1), in a word, and which of the item's feedback to show, in that order."""

    scaled: float
    verdict: Verdict
    feedback: tuple[str, ...]

    @property
    def correct(self) -> bool:
        """Whole mark."""
        return self.verdict is Verdict.CORRECT


class ResponseInvalid(Exception):
    """An answer this item's form cannot have sent.

    Codes: response-shape, option-unknown, option-repeated, order-incomplete.
    """

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


def score(item: Item, response: Response) -> Outcome:
    """What the response earns on the item. No response earns 0 and is "unanswered".

    Raises ResponseInvalid when the response has the wrong shape or names options the item lacks.
    """
    chosen: tuple[str, ...] = ()
    scaled = 0.0
    if not response:
        return _outcome(item, 0.0, chosen, Verdict.UNANSWERED)
    match item:
        case SingleChoice():
            chosen = (option_id(item, response),)
            scaled = float(chosen[0] == item.correct)
        case MultipleChoice():
            chosen = option_ids(item, response)
            scaled = _ticked(item, chosen)
        case TextEntry():
            scaled = _typed(item, typed_text(response))
        case Numeric():
            scaled = _measured(item, typed_text(response))
        case Order():
            scaled = _ordered(item, order_of(item, response))
        case _:  # Match
            scaled = _matched(item, pairs_of(item, response))
    return _outcome(item, scaled, chosen, _verdict(scaled))


def _verdict(scaled: float) -> Verdict:
    if scaled >= 1:
        return Verdict.CORRECT
    return Verdict.PARTIAL if scaled > 0 else Verdict.INCORRECT


def _outcome(item: Item, scaled: float, chosen: Sequence[str], verdict: Verdict) -> Outcome:
    keys = [*(f"option.{option}" for option in chosen), verdict.value, "explanation"]
    return Outcome(scaled, verdict, tuple(key for key in keys if key in item.feedback))


def option_id(item: SingleChoice, response: Response) -> str:
    """The one option chosen. Raises ResponseInvalid."""
    chosen = typed_text(response)
    _known((chosen,), {option.id for option in item.options})
    return chosen


def option_ids(item: MultipleChoice, response: Response) -> tuple[str, ...]:
    """The options ticked, in the item's own order. Raises ResponseInvalid."""
    ticked = _ids(response)
    _known(ticked, {option.id for option in item.options})
    return tuple(option.id for option in item.options if option.id in ticked)


def order_of(item: Order, response: Response) -> tuple[str, ...]:
    """All entries as the learner ordered them. Raises ResponseInvalid."""
    ordered = _ids(response)
    entries = {entry.id for entry in item.entries}
    _known(ordered, entries)
    if len(ordered) != len(entries):
        raise ResponseInvalid("order-incomplete")
    return ordered


def pairs_of(item: Match, response: Response) -> dict[str, str]:
    """Source → target, in the item's own order; sources may be missing. Raises ResponseInvalid."""
    if not isinstance(response, Mapping):
        raise ResponseInvalid("response-shape", expected="pairs")
    _known(tuple(response), {source.id for source in item.sources})
    for target in response.values():
        _known((target,), {target.id for target in item.targets})
    return {source.id: response[source.id] for source in item.sources if source.id in response}


def typed_text(response: Response) -> str:
    """What was typed. Raises ResponseInvalid when it is not a text."""
    if not isinstance(response, str):
        raise ResponseInvalid("response-shape", expected="text")
    return response


def _ids(response: Response) -> tuple[str, ...]:
    if isinstance(response, str | Mapping) or not isinstance(response, Sequence):
        raise ResponseInvalid("response-shape", expected="list")
    return tuple(response)


def _known(ids: tuple[str, ...], known: set[str]) -> None:
    for identifier in ids:
        if not isinstance(identifier, str) or identifier not in known:
            raise ResponseInvalid("option-unknown", option=str(identifier)[:80])
    if len(set(ids)) != len(ids):
        raise ResponseInvalid("option-repeated")


def _ticked(item: MultipleChoice, chosen: tuple[str, ...]) -> float:
    right = len(set(chosen) & set(item.correct))
    wrong = len(chosen) - right
    if right == len(item.correct) and not wrong:
        return 1.0
    if not item.partial:
        return 0.0
    distractors = len(item.options) - len(item.correct)
    penalty = wrong / distractors if distractors else 0.0
    return max(0.0, right / len(item.correct) - penalty)


def _typed(item: TextEntry, text: str) -> float:
    given = _folded(item, text)
    return max(
        (answer.score for answer in item.answers if _folded(item, answer.text) == given),
        default=0.0,
    )


def _folded(item: TextEntry, text: str) -> str:
    """The text with every difference removed that this item forgives."""
    words = unicodedata.normalize("NFD", " ".join(text.split())).split(" ")
    folded = unicodedata.normalize("NFC", " ".join(_tone_last(word) for word in words))
    if item.fold_accents:
        marked = unicodedata.normalize("NFD", folded)
        plain = "".join(sign for sign in marked if not unicodedata.combining(sign))
        folded = plain.replace("đ", "d").replace("Đ", "D")
    return folded.casefold() if item.fold_case else folded


def _tone_last(word: str) -> str:
    """A decomposed word with its tone marks at the end: hoà and hòa become one spelling."""
    tones = [sign for sign in word if sign in _TONES]
    return "".join([sign for sign in word if sign not in _TONES] + tones)


def _measured(item: Numeric, text: str) -> float:
    number = parse_number(text, unit=item.unit)
    if number is None:
        return 0.0
    low, high = bounds(item)
    return float(low <= number <= high)


def bounds(item: Numeric) -> tuple[Decimal, Decimal]:
    """The smallest and the largest right answer, exact in decimal: 3.2 ± 0.1 ends at 3.3."""
    value, tolerance = Decimal(repr(item.value)), Decimal(repr(item.tolerance))
    if item.relative:
        tolerance *= abs(value)
    return value - tolerance, value + tolerance


def parse_number(text: str, *, unit: str = "") -> Decimal | None:
    """The number a person typed, or None.

    A single comma or point is the decimal mark; where both occur the last one is and the other
    groups digits, as blanks do. "1.234,5", "1,234.5" and "1 234.5" are the same number, and "1.234"
    is one and a bit: reading it as a thousand would be guessing. The unit may follow.
    """
    digits = "".join(text.split()).replace("\N{MINUS SIGN}", "-")
    digits = digits.removesuffix("".join(unit.split()))
    if "," in digits and "." in digits:
        grouping = "," if digits.rindex(".") > digits.rindex(",") else "."
        digits = digits.replace(grouping, "")
    digits = digits.replace(",", ".")
    if len(digits) > _LONGEST_NUMBER or not _NUMBER.fullmatch(digits) or not digits.isascii():
        return None
    return Decimal(digits)


def _ordered(item: Order, ordered: tuple[str, ...]) -> float:
    right = [entry.id for entry in item.entries]
    place = {entry: index for index, entry in enumerate(ordered)}
    pairs = list(combinations(right, 2))
    kept = sum(place[first] < place[second] for first, second in pairs)
    if kept == len(pairs):
        return 1.0
    return max(0.0, 2 * kept / len(pairs) - 1) if item.partial else 0.0


def _matched(item: Match, pairs: Mapping[str, str]) -> float:
    right = sum(pairs.get(source) == target for source, target in item.pairs.items())
    if right == len(item.pairs):
        return 1.0
    return right / len(item.pairs) if item.partial else 0.0
