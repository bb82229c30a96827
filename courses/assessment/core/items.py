"""Assessment items as plain values, in the spirit of QTI 3.

An item asks one thing and knows its right answer. Its texts are language maps (BCP 47 tag →
Markdown), so that one item has one identity, and one history of answers, in every language it is
shown in. `to_json` and `from_json` are exact inverses; `from_json` refuses what no teacher could
have meant.
"""

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

LanguageMap: TypeAlias = Mapping[str, str]

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_FEEDBACK = frozenset({"correct", "partial", "incorrect", "explanation"})


class ItemInvalid(Exception):
    """An item that cannot be asked or scored.

    Codes: shape, id, language-map, feedback-key, id-repeated, too-few-options, option-unknown,
    no-correct-option, no-accepted-answer, answer-score, number, pairs.
    """

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


def _require(holds: bool, code: str, **values: str) -> None:  # noqa: FBT001
    if not holds:
        raise ItemInvalid(code, **values)


def _check_text(text: LanguageMap, where: str) -> None:
    _require(
        bool(text)
        and all(_LANGUAGE.fullmatch(tag) and words.strip() for tag, words in text.items()),
        "language-map",
        where=where,
    )


def _check_id(identifier: str) -> None:
    _require(_ID.fullmatch(identifier) is not None, "id", id=identifier)


@dataclass(frozen=True, kw_only=True)
class Option:
    """Something to choose, to put in order or to match.

    fixed keeps its place when options are shuffled ("none of these").
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    id: str
    text: LanguageMap
    fixed: bool = False

    def __post_init__(self) -> None:
        _check_id(self.id)
        _check_text(self.text, self.id)


@dataclass(frozen=True, kw_only=True)
class AcceptedAnswer:
    """A text that counts, and how much of the mark it earns (above 0, at most 1)."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    text: str
    score: float = 1.0

    def __post_init__(self) -> None:
        _require(bool(self.text.strip()), "no-accepted-answer")
        _require(0 < self.score <= 1, "answer-score", score=str(self.score))


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """What every item has.

    feedback maps a key to a text: a verdict ("correct", "partial", "incorrect"), "explanation",
    shown whatever was answered, or "option.<id>", shown to who chose that option.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    id: str
    prompt: LanguageMap
    feedback: Mapping[str, LanguageMap] = field(default_factory=dict)

    def _check(self, options: Iterable[Option] = ()) -> None:
        _check_id(self.id)
        _check_text(self.prompt, "prompt")
        keys = _FEEDBACK | {f"option.{option.id}" for option in options}
        for key, text in self.feedback.items():
            _require(key in keys, "feedback-key", key=key)
            _check_text(text, key)


def _check_options(options: tuple[Option, ...], least: int) -> frozenset[str]:
    """Enough options, each with its own id; gives the ids."""
    ids = [option.id for option in options]
    _require(len(ids) >= least, "too-few-options", least=str(least))
    _require(len(set(ids)) == len(ids), "id-repeated")
    return frozenset(ids)


@dataclass(frozen=True, kw_only=True)
class SingleChoice(_Asked):
    """Choose the one right option. QTI: choiceInteraction with max-choices 1."""

    options: tuple[Option, ...]
    correct: str
    shuffle: bool = True
    kind: Literal["single-choice"] = "single-choice"

    def __post_init__(self) -> None:
        self._check(self.options)
        known = _check_options(self.options, 2)
        _require(self.correct in known, "option-unknown", option=self.correct)


@dataclass(frozen=True, kw_only=True)
class MultipleChoice(_Asked):
    """Choose every right option. QTI: choiceInteraction without an upper bound.

    partial: half-right answers earn part of the mark; see `scoring`.
    """

    options: tuple[Option, ...]
    correct: tuple[str, ...]
    partial: bool = True
    shuffle: bool = True
    kind: Literal["multiple-choice"] = "multiple-choice"

    def __post_init__(self) -> None:
        self._check(self.options)
        known = _check_options(self.options, 2)
        _require(bool(self.correct), "no-correct-option")
        _require(len(set(self.correct)) == len(self.correct), "id-repeated")
        for option in self.correct:
            _require(option in known, "option-unknown", option=option)


@dataclass(frozen=True, kw_only=True)
class TextEntry(_Asked):
    """Type a word or a short phrase. QTI: textEntryInteraction with a mapping.

    Spaces at the ends and doubled spaces never count, nor does where a Vietnamese tone mark sits
    (hoà and hòa). fold_case forgives capitals; fold_accents forgives missing diacritics and đ.
    """

    answers: tuple[AcceptedAnswer, ...]
    fold_case: bool = True
    fold_accents: bool = False
    kind: Literal["text-entry"] = "text-entry"

    def __post_init__(self) -> None:
        self._check()
        _require(bool(self.answers), "no-accepted-answer")
        _require(any(answer.score == 1 for answer in self.answers), "answer-score", score="1")


@dataclass(frozen=True, kw_only=True)
class Numeric(_Asked):
    """Type a number. QTI: textEntryInteraction of base-type float.

    Right when within tolerance of value, ends included. tolerance is in the unit of value, or,
    when relative, a share of it (0.05 is 5 %).
    """

    value: float
    tolerance: float = 0.0
    relative: bool = False
    unit: str = ""
    kind: Literal["numeric"] = "numeric"

    def __post_init__(self) -> None:
        self._check()
        _require(math.isfinite(self.value), "number", field="value")
        _require(math.isfinite(self.tolerance) and self.tolerance >= 0, "number", field="tolerance")


@dataclass(frozen=True, kw_only=True)
class Order(_Asked):
    """Put the entries in order; they are listed here in the right one. QTI: orderInteraction."""

    entries: tuple[Option, ...]
    partial: bool = True
    kind: Literal["order"] = "order"

    def __post_init__(self) -> None:
        self._check()
        _check_options(self.entries, 2)


@dataclass(frozen=True, kw_only=True)
class Match(_Asked):
    """Give each source its target. QTI: matchInteraction.

    pairs: source id → target id, one for every source. A target may serve twice, or never.
    """

    sources: tuple[Option, ...]
    targets: tuple[Option, ...]
    pairs: Mapping[str, str]
    partial: bool = True
    kind: Literal["match"] = "match"

    def __post_init__(self) -> None:
        self._check()
        sources = _check_options(self.sources, 1)
        targets = _check_options(self.targets, 2)
        _require(self.pairs.keys() == sources, "pairs")
        _require(set(self.pairs.values()) <= targets, "pairs")


Item: TypeAlias = SingleChoice | MultipleChoice | TextEntry | Numeric | Order | Match

_ITEM: TypeAdapter[Item] = TypeAdapter(Annotated[Item, Field(discriminator="kind")])


def from_json(document: Mapping[str, Any]) -> Item:  # Any: what JSON holds is checked here
    """The item a JSON object describes.

    Raises ItemInvalid: "shape" with the path of the first part that is missing, misnamed or of the
    wrong type; otherwise the code of the rule it breaks.
    """
    try:
        return _ITEM.validate_json(json.dumps(document), strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        path = ".".join(str(part) for part in first["loc"])
        raise ItemInvalid("shape", path=path, problem=first["type"]) from None
    except (TypeError, ValueError):  # not JSON at all: a set, a circle, a lone surrogate
        raise ItemInvalid("shape", path="", problem="not-json") from None


def to_json(item: Item) -> dict[str, Any]:
    """The item as a JSON object."""
    document: dict[str, Any] = _ITEM.dump_python(item, mode="json")
    return document
