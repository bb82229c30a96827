"""An index in a dictionary: for tests, for demos, and as the plainest statement of the rules."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from edu.search.adapters.answering import Counts, Facets, Selection, answer, fields_of
from edu.search.core.analysis import (
    EXACT_PHRASE,
    EXACT_WORD,
    FIELD_WEIGHTS,
    FOLDED_PHRASE,
    Stream,
    Wanted,
)
from edu.search.index import AUDIENCE, Document, Hits, Order, SearchQuery, Viewer

_SATURATION = 1.2
"""The k1 of BM25: how soon more of the same word stops to count."""


@dataclass(frozen=True, slots=True)
class _Entry:
    document: Document
    labels: Mapping[str, tuple[str, ...]]
    fields: Mapping[str, Stream]
    folded: frozenset[str]
    exact: frozenset[str]


class MemorySearchIndex:
    """Looks at every document for every query. Good for some thousands of documents."""

    def __init__(self) -> None:
        self._entries: dict[str, _Entry] = {}

    def put(self, documents: Iterable[Document]) -> None:
        """Add documents, replacing those with the same id."""
        self._entries = self._entries | {document.id: _entry(document) for document in documents}

    def remove(self, ids: Iterable[str]) -> None:
        """Take documents out."""
        gone = set(ids)
        kept = {key: entry for key, entry in self._entries.items() if key not in gone}
        self._entries = kept

    def rebuild(self, documents: Iterable[Document]) -> None:
        """Replace everything at once."""
        self._entries = {document.id: _entry(document) for document in documents}

    def search(self, query: SearchQuery) -> Hits:
        """Answer a query."""
        return answer(_MemoryReader(tuple(self._entries.values())), query)


class _MemoryReader:
    def __init__(self, entries: tuple[_Entry, ...]) -> None:
        self._entries = entries

    def select(self, wanted: Wanted, query: SearchQuery) -> Selection:
        found = self._matching(wanted, query)
        if query.order is Order.NEWEST or not wanted:
            scores = {entry.document.id: entry.document.changed_at.timestamp() for entry in found}
        else:
            rarity = self._rarity(wanted)
            scores = {entry.document.id: _score(entry, wanted, rarity) for entry in found}
        found.sort(key=lambda entry: (-scores[entry.document.id], entry.document.id))
        page = found[query.offset : query.offset + query.limit]
        rows = tuple((entry.document, scores[entry.document.id]) for entry in page)
        return Selection(len(found), rows)

    def count(self, facets: Facets, wanted: Wanted, query: SearchQuery) -> dict[str, Counts]:
        found = self._matching(wanted, query)
        return {
            name: Counter(value for entry in found for value in entry.labels.get(name, ()))
            for name in facets
        }

    def frequencies(self) -> Mapping[str, int]:
        return Counter(word for entry in self._entries for word in entry.folded)

    def together(self, phrase: tuple[str, ...], viewer: Viewer) -> int:
        seen = {AUDIENCE: viewer.audiences}
        return sum(
            _carries(entry, seen)
            and any(_phrases(field.folded, phrase) for field in entry.fields.values())
            for entry in self._entries
        )

    def _matching(self, wanted: Wanted, query: SearchQuery) -> list[_Entry]:
        labels = query.labels
        return [
            entry
            for entry in self._entries
            if wanted.folded <= entry.folded and _carries(entry, labels)
        ]

    def _rarity(self, wanted: Wanted) -> dict[str, float]:
        known = self.frequencies()
        return {
            word: math.log(1 + len(self._entries) / (known[word] + 0.5)) for word in wanted.folded
        }


def _entry(document: Document) -> _Entry:
    fields = fields_of(document)
    return _Entry(
        document=document,
        labels=document.labels,
        fields=fields,
        folded=frozenset(word for field in fields.values() for word in field.folded),
        exact=frozenset(word for field in fields.values() for word in field.exact),
    )


def _carries(entry: _Entry, labels: Mapping[str, tuple[str, ...]]) -> bool:
    return all(
        any(value in values for value in entry.labels.get(name, ()))
        for name, values in labels.items()
    )


def _score(entry: _Entry, wanted: Wanted, rarity: Mapping[str, float]) -> float:
    score = EXACT_WORD * len(wanted.accented & entry.exact)
    mean = sum(rarity.values()) / len(rarity)
    for name, weight in FIELD_WEIGHTS.items():
        field = entry.fields[name]
        for word in wanted.folded:
            times = field.folded.count(word)
            score += weight * rarity[word] * times / (times + _SATURATION)
        if len(wanted.words) > 1:
            for stream, phrase, boost in (
                (field.folded, wanted.phrase, FOLDED_PHRASE),
                (field.exact, wanted.exact_phrase, EXACT_PHRASE),
            ):
                times = _phrases(stream, phrase)
                score += boost * weight * mean * times / (times + _SATURATION)
    return score


def _phrases(stream: list[str], phrase: tuple[str, ...]) -> int:
    length = len(phrase)
    return sum(
        tuple(stream[start : start + length]) == phrase
        for start, word in enumerate(stream)
        if word == phrase[0]
    )
