"""Which occupation a job title means: "tho han 6G" → welder.

Titles and labels are compared by their 2 to 4 letter pieces inside word boundaries, weighted by
rarity (Salton & Buckley 1988, "Term-weighting approaches in automatic text retrieval"), folded so
that Vietnamese may be typed without diacritics. Labels of one concept are grouped: the concept is
as near as its nearest label or synonym. Where the query has diacritics, exactly spelled words
decide between labels that folding makes equal: "thợ may" sews, "thợ máy" repairs.
"""

import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nlargest
from math import log, sqrt

SMALLEST, LARGEST = 2, 4  # letters in a piece
SPELLING = 0.2  # what exactly spelled words add to a score
SHORTLIST = 60  # labels that are compared whole
MOST_READ = 40_000  # after so many entries no further piece is opened: time is bounded

_WORD = re.compile(r"\w+")
_TO_PLAIN = dict.fromkeys(range(0x300, 0x370)) | str.maketrans("đy", "di")  # no combining marks


@dataclass(frozen=True, slots=True)
class Link:
    """A concept that a title may mean, its nearest label, and how near, 0 to about 1."""

    concept: str
    label: str
    score: float


def fold(text: str) -> str:
    """Lower case without diacritics; đ is d, and y is i, as in kỹ and kĩ."""
    plain = unicodedata.normalize("NFD", text.lower())
    return plain.translate(_TO_PLAIN)


def pieces(text: str) -> Iterator[str]:
    """The pieces of each folded word, with the spaces around it: " h", "ha", …, " han "."""
    for word in _WORD.findall(fold(text)):
        padded = f" {word} "
        for size in range(SMALLEST, LARGEST + 1):
            for start in range(len(padded) - size + 1):
                yield padded[start : start + size]


class TitleIndex:
    """Labels of concepts, searchable by what people type."""

    def __init__(self, labels: Iterable[tuple[str, str]]) -> None:
        """Index pairs of concept and label; a concept has as many labels as it has names."""
        self._labels = list(labels)
        counts = [Counter(pieces(label)) for _, label in self._labels]
        spread = Counter(piece for count in counts for piece in count)
        total = len(self._labels)
        self._rarity = {piece: log((1 + total) / (1 + n)) + 1 for piece, n in spread.items()}
        self._where = {piece: array("I") for piece in spread}
        self._weight = {piece: array("d") for piece in spread}
        for number, count in enumerate(counts):
            for piece, weight in self._weigh(count).items():
                self._where[piece].append(number)
                self._weight[piece].append(weight)

    def search(self, title: str, limit: int = 5) -> list[Link]:
        """The concepts nearest to the title, best first; none when no piece is known."""
        wanted = self._weigh(Counter(piece for piece in pieces(title) if piece in self._rarity))
        spelled = _spelled(title)
        best: dict[str, Link] = {}
        for number in self._shortlist(wanted, max(SHORTLIST, limit * 8)):
            concept, label = self._labels[number]
            score = self._cosine(wanted, label) + SPELLING * _agreement(spelled, label)
            if concept not in best or score > best[concept].score:
                best[concept] = Link(concept, label, score)
        return nlargest(limit, best.values(), key=lambda link: link.score)

    def _shortlist(self, wanted: dict[str, float], size: int) -> list[int]:
        """The likeliest labels, by the rarest pieces; common ones say little and take long."""
        nearness: dict[int, float] = {}
        read = 0
        for piece in sorted(wanted, key=lambda piece: len(self._where[piece])):
            if read > MOST_READ:
                break
            weight, numbers = wanted[piece], self._where[piece]
            read += len(numbers)
            for number, other in zip(numbers, self._weight[piece], strict=True):
                nearness[number] = nearness.get(number, 0.0) + weight * other
        return nlargest(size, nearness, key=nearness.__getitem__)

    def _cosine(self, wanted: dict[str, float], label: str) -> float:
        found = self._weigh(Counter(pieces(label)))
        return sum(weight * found.get(piece, 0.0) for piece, weight in wanted.items())

    def _weigh(self, count: Counter[str]) -> dict[str, float]:
        raw = {piece: (1 + log(n)) * self._rarity[piece] for piece, n in count.items()}
        length = sqrt(sum(weight * weight for weight in raw.values()))
        return {piece: weight / length for piece, weight in raw.items()}


def _spelled(title: str) -> frozenset[str]:
    """The words of a title typed with diacritics; none when it was typed without."""
    words = _spellings(title)
    return words if any(word != fold(word) for word in words) else frozenset()


def _spellings(text: str) -> frozenset[str]:
    """The words with their marks in one order, so that hoà and hòa are the same word."""
    letters = unicodedata.normalize("NFC", text.lower())
    words = _WORD.findall(letters)
    return frozenset(
        "".join(sorted(unicodedata.normalize("NFD", word).replace("y", "i"))) for word in words
    )


def _agreement(spelled: frozenset[str], label: str) -> float:
    """The share of the title's words that the label spells in the same way."""
    return len(spelled & _spellings(label)) / len(spelled) if spelled else 0.0
