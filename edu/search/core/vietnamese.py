"""How Vietnamese (and any Latin) text becomes words that can be compared.

Every word has two forms. The *exact* form keeps its accents but not the writer's habits: case, the
placement of the tone (hoà, hòa) and y for i (kỹ, kĩ) are made one. The *folded* form has no
accents, as people type on a keyboard without them. Words are syllables: cutting Vietnamese into
longer words loses documents, and phrases do better what it was meant to do.
"""

import re
import unicodedata
from collections.abc import Container, Iterator
from functools import lru_cache
from typing import NamedTuple

LONGEST_WORD = 64
"""Longer runs of letters are not words; they are cut here, so that no index refuses them."""

_RUN = re.compile(r"[^\W_]+")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_VOWELS = "aăâeêioôơuưy"
_SYLLABLE = re.compile(
    rf"(?P<onset>qu|gi(?=[{_VOWELS}])|[bcdđghklmnpqrstvx]*)"
    rf"(?P<nucleus>[{_VOWELS}]{{1,3}})"
    r"(?P<coda>ch|ng|nh|[cmnpt])?"
)
_Y_FOR_I = re.compile(r"(qu|[bhklmstv])y")


class Word(NamedTuple):
    """One word of a text: as written (lower case), its two forms, and where it stands."""

    surface: str
    exact: str
    folded: str
    start: int
    end: int

    @property
    def is_accented(self) -> bool:
        """Whether the writer took care of accents, so that exactness means something."""
        return self.exact != self.folded


def normalise(text: str) -> str:
    """The text in composed characters (NFC), the only form in which positions are counted."""
    return unicodedata.normalize("NFC", text)


def words(text: str) -> Iterator[Word]:
    """The words of a normalised text, in order."""
    for run in _RUN.finditer(text):
        surface, exact, folded = _forms(run.group())
        yield Word(surface, exact, folded, run.start(), run.end())


def words_among(text: str, wanted: Container[str]) -> Iterator[tuple[int, Word]]:
    """The words of a normalised text whose folded form is wanted, with their numbers in order.

    The same as to choose from `words`, but does not make words that nobody wants.
    """
    for number, run in enumerate(_RUN.finditer(text)):
        surface, exact, folded = _forms(run.group())
        if folded in wanted:
            yield number, Word(surface, exact, folded, run.start(), run.end())


def spans(text: str) -> list[tuple[int, int]]:
    """Where each word of a normalised text begins and ends."""
    return [run.span() for run in _RUN.finditer(text)]


def folded(text: str) -> str:
    """The folded forms of all words, one space between them: a key for comparing phrases."""
    return " ".join(word.folded for word in words(normalise(text)))


def exact(text: str) -> str:
    """The exact forms of all words, one space between them."""
    return " ".join(word.exact for word in words(normalise(text)))


@lru_cache(maxsize=65_536)
def _forms(run: str) -> tuple[str, str, str]:
    surface = run[:LONGEST_WORD].lower()
    placed = _tone_in_place(surface)
    plain = _without_marks(placed)
    joined = _Y_FOR_I.fullmatch(plain)
    if joined is None:
        return surface, placed, plain
    return surface, _y_as_i(placed), f"{joined.group(1)}i"


def _without_marks(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _y_as_i(word: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", word).replace("y", "i"))


def _tone_in_place(word: str) -> str:
    """The tone moved to where the older, still most common spelling puts it: hoà to hòa.

    A word that is no Vietnamese syllable with exactly one tone is left alone.
    """
    letters = unicodedata.normalize("NFD", word)
    tones = [char for char in letters if char in _TONES]
    if len(tones) != 1:
        return word
    bare = unicodedata.normalize("NFC", letters.replace(tones[0], ""))
    syllable = _SYLLABLE.fullmatch(bare)
    if syllable is None:
        return word
    place = syllable.start("nucleus") + _tone_bearer(syllable["nucleus"], syllable["coda"])
    return unicodedata.normalize("NFC", f"{bare[: place + 1]}{tones[0]}{bare[place + 1 :]}")


def _tone_bearer(nucleus: str, coda: str | None) -> int:
    marked = [place for place, vowel in enumerate(nucleus) if vowel in "ăâêôơư"]
    if marked:
        return marked[-1]
    return (0, 0 if coda is None else 1, 1)[len(nucleus) - 1]
