"""What a person may have meant, when what they typed finds nothing.

Each word is replaced by a word of the index that is near it; which one is decided by the company it
keeps: of two near words, the one that documents hold next to its neighbour.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Protocol

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from edu.search.core.vietnamese import Word, normalise, words

NEAREST = 5
"""Words tried in the place of a misspelt one."""

EDITS_ALLOWED = {0: 0, 1: 0, 2: 0, 3: 1, 4: 1}
"""By the length of the word; in longer ones two."""

EDIT_COST = 6.0
"""One edit outweighs a neighbourhood that is e^6, about 400, times as common."""

UNSEEN = -3.0
"""Worth of two neighbours that no document holds side by side."""

RARITY = 0.25
"""How much the frequency of a word by itself counts, against that of its company."""

Words = tuple[str, ...]


class Lexicon(Protocol):
    """What an engine knows about its words."""

    def frequencies(self) -> Mapping[str, int]:
        """In how many documents each folded word stands, roughly."""

    def together(self, phrase: Words) -> int:
        """How many documents that the reader may see hold these folded words side by side."""


def correct(typed: Sequence[str], lexicon: Lexicon) -> Words | None:
    """The folded words most likely meant, or None where nothing near is better."""
    known = lexicon.frequencies()
    paths: dict[Words, float] = {(): 0.0}
    for word in typed:
        paths = _extended(paths, _choices(word, known), lexicon)
    meant = max(paths, key=lambda path: (paths[path], path), default=())
    return meant if meant and meant != tuple(typed) else None


def as_written(meant: Words, texts: Iterable[str]) -> str:
    """The words with the accents that these texts give them most often."""
    phrases: Counter[str] = Counter()
    singles: dict[str, Counter[str]] = {word: Counter() for word in meant}
    for text in texts:
        found = list(words(normalise(text)))
        for word in found:
            if word.folded in singles:
                singles[word.folded][word.surface] += 1
        phrases.update(_occurrences(meant, found))
    if phrases:
        return _most_used(phrases)
    return " ".join(_most_used(singles[word]) if singles[word] else word for word in meant)


def _occurrences(meant: Words, found: list[Word]) -> Iterable[str]:
    for start in range(len(found) - len(meant) + 1):
        window = found[start : start + len(meant)]
        if tuple(word.folded for word in window) == meant:
            yield " ".join(word.surface for word in window)


def _most_used(counted: Counter[str]) -> str:
    return max(counted, key=lambda surface: (counted[surface], surface))


def _extended(
    paths: Mapping[Words, float], choices: Mapping[Words, float], lexicon: Lexicon
) -> dict[Words, float]:
    """For each choice of the next word the best path that ends in it."""
    extended: dict[Words, float] = {}
    for choice, worth in choices.items():
        scored = {
            path + choice: value + worth + _company(path[-1:] + choice, lexicon)
            for path, value in paths.items()
        }
        best = max(scored, key=lambda path: (scored[path], path), default=())
        if best:
            extended[best] = scored[best]
    return extended


def _company(neighbours: Words, lexicon: Lexicon) -> float:
    counts = (lexicon.together(pair) for pair in pairwise(neighbours))
    return sum(math.log1p(count) if count else UNSEEN for count in counts)


def _choices(word: str, known: Mapping[str, int]) -> dict[Words, float]:
    """What may stand for one typed word, with its worth: itself, a near word, two words run in."""
    is_number = any(letter.isdigit() for letter in word)
    distances = {} if is_number else _near(word, known)
    if word in known:
        distances[word] = 0
    worths: dict[Words, float] = {
        (near,): RARITY * math.log1p(known[near]) - EDIT_COST * distance
        for near, distance in distances.items()
    }
    if not is_number and word not in known:
        worths |= dict.fromkeys(_cuts(word, known), -EDIT_COST)
    return worths


def _near(word: str, known: Mapping[str, int]) -> dict[str, int]:
    edits = EDITS_ALLOWED.get(len(word), 2)
    found = extract(word, known.keys(), scorer=OSA.distance, score_cutoff=edits, limit=50)
    nearest = sorted(found, key=lambda match: (match[1], -known[match[0]], match[0]))
    return {near: int(distance) for near, distance, _ in nearest[:NEAREST]}


def _cuts(word: str, known: Mapping[str, int]) -> Iterable[Words]:
    for place in range(2, len(word) - 1):
        if word[:place] in known and word[place:] in known:
            yield word[:place], word[place:]
