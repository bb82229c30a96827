"""What engines index and what people ask, as streams of words.

Every engine uses this, and only this: they all find the same documents, and differ in speed and in
the fine order of hits.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from edu.search.core.vietnamese import Word, normalise, words

FIELD_WEIGHTS = {"title": 3.0, "keywords": 2.0, "body": 1.0}
"""How much a word counts by where it stands."""

EXACT_WORD = 1000.0
"""Added per word that has the accents of the query: above all that rarity and closeness can add."""

FOLDED_PHRASE = 3.0
EXACT_PHRASE = 6.0
"""How much more a phrase counts than a word; Vietnamese words are phrases of syllables."""

MOST_WORDS = 16
"""Words of a query that are looked at; the rest is ignored."""

LONGEST_BODY = 100_000
"""Characters of a body that are searched; books belong into the index by their chapters."""

BREAK = "¶"
"""Stands between two values of one field, so that no phrase reaches across. Never a word."""


@dataclass(frozen=True, slots=True)
class Stream:
    """The words of one field in both forms; equal lengths, equal positions."""

    folded: list[str]
    exact: list[str]


def stream(values: Iterable[str]) -> Stream:
    """Analyse the values of one field, for instance one title per language."""
    folded: list[str] = []
    exact: list[str] = []
    for value in values:
        if folded:
            folded.append(BREAK)
            exact.append(BREAK)
        for word in words(normalise(value[:LONGEST_BODY])):
            folded.append(word.folded)
            exact.append(word.exact)
    return Stream(folded, exact)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query as words, in the order in which they were typed."""

    words: tuple[Word, ...]

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def phrase(self) -> tuple[str, ...]:
        """The folded words in order: what makes a phrase when there are two or more."""
        return tuple(word.folded for word in self.words)

    @property
    def exact_phrase(self) -> tuple[str, ...]:
        """The exact words in order."""
        return tuple(word.exact for word in self.words)

    @property
    def folded(self) -> frozenset[str]:
        """Every document must hold all of these."""
        return frozenset(word.folded for word in self.words)

    @property
    def accented(self) -> frozenset[str]:
        """Exact forms that somebody took care to type with accents; such documents come first."""
        return frozenset(word.exact for word in self.words if word.is_accented)


def parse(text: str) -> Wanted:
    """Read what a person typed. All words are wanted; there is no query language to learn."""
    return Wanted(tuple(words(normalise(text)))[:MOST_WORDS])
