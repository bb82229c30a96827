"""What all engines share: from a query to a page of hits. An engine only selects and counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

import orjson

from edu.search.core import highlight, spelling
from edu.search.core.analysis import FIELD_WEIGHTS, Stream, Wanted, parse, stream
from edu.search.index import (
    DEEPEST,
    MOST_FACET_VALUES,
    Document,
    FacetCount,
    Hit,
    Hits,
    SearchQuery,
    Text,
    Viewer,
    Visibility,
)

SUGGESTION_SAMPLE = 20
"""Documents read to learn how a suggestion is written."""

Facets = tuple[str, ...]
Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Selection:
    """The documents of one page with their scores, and how many there are in all."""

    total: int
    rows: tuple[tuple[Document, float], ...]


class Reader(Protocol):
    """One consistent look into an index."""

    def select(self, wanted: Wanted, query: SearchQuery) -> Selection:
        """The page that `query.offset` and `query.limit` name, best first."""

    def count(self, facets: Facets, wanted: Wanted, query: SearchQuery) -> dict[str, Counts]:
        """For each facet how many matching documents carry each of its values."""

    def frequencies(self) -> Mapping[str, int]:
        """In how many documents each folded word stands, roughly."""

    def together(self, phrase: spelling.Words, viewer: Viewer) -> int:
        """How many documents that the viewer may find hold these folded words side by side."""


def answer(reader: Reader, query: SearchQuery) -> Hits:
    """Answer a query from one look into an index."""
    wanted = parse(query.text)
    selection = reader.select(wanted, query)
    following = query.offset + len(selection.rows)
    return Hits(
        total=selection.total,
        items=tuple(_hit(document, score, wanted, query) for document, score in selection.rows),
        facets=_facets(reader, wanted, query),
        did_you_mean=_suggestion(reader, wanted, query) if wanted and not selection.total else None,
        next_cursor=str(following) if following < min(selection.total, DEEPEST) else None,
    )


def fields_of(document: Document) -> dict[str, Stream]:
    """The analysed fields of a document, by the names in FIELD_WEIGHTS, all languages together."""
    texts = list(document.texts.values())
    fields = {
        "title": stream(text.title for text in texts),
        "keywords": stream(keyword for text in texts for keyword in text.keywords),
        "body": stream(text.body for text in texts),
    }
    return {name: fields[name] for name in FIELD_WEIGHTS}


def dump(document: Document) -> bytes:
    """A document as bytes, to be kept in an index beside its words."""
    return orjson.dumps(document)


def load(content: bytes) -> Document:
    """The document that `dump` wrote."""
    raw: dict[str, Any] = orjson.loads(content)
    raw["texts"] = {
        language: Text(text["title"], text["body"], tuple(text["keywords"]))
        for language, text in raw["texts"].items()
    }
    raw["facets"] = {name: tuple(values) for name, values in raw["facets"].items()}
    raw["changed_at"] = datetime.fromisoformat(raw["changed_at"])
    raw["visibility"] = Visibility(raw["visibility"])
    for key in ("tenant_id", "owner_id"):
        raw[key] = UUID(raw[key]) if raw[key] else None
    return Document(**raw)


def _hit(document: Document, score: float, wanted: Wanted, query: SearchQuery) -> Hit:
    language = _language_to_show(document, wanted, query.language)
    text = document.texts.get(language, Text(""))
    return Hit(
        id=document.id,
        kind=document.kind,
        language=language,
        title=highlight.marked(text.title, wanted),
        snippet=highlight.snippet(text.body, wanted),
        score=score,
    )


def _language_to_show(document: Document, wanted: Wanted, preferred: str) -> str:
    """The reader's language where it holds all that is wanted, else the one that holds most."""
    order = sorted(document.texts, key=lambda code: (code != preferred, code))

    def held(code: str) -> int:
        text = document.texts[code]
        held_words = stream((text.title, *text.keywords, text.body)).folded
        return len(wanted.folded.intersection(held_words))

    if not order[1:]:
        return next(iter(order), preferred)
    return max(order, key=held)


def _facets(
    reader: Reader, wanted: Wanted, query: SearchQuery
) -> dict[str, tuple[FacetCount, ...]]:
    """Count the facets: those not filtered by in one go, each other one without its own filter."""
    filtered = [name for name in query.count_facets if name in query.labels]
    others = tuple(name for name in query.count_facets if name not in filtered)
    counted = reader.count(others, wanted, query) if others else {}
    for name in filtered:
        counted |= reader.count((name,), wanted, query.unfiltered_by(name))
    return {name: _most_common_first(counted[name]) for name in query.count_facets}


def _most_common_first(counted: Counts) -> tuple[FacetCount, ...]:
    most_first = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FacetCount(value, count) for value, count in most_first[:MOST_FACET_VALUES])


@dataclass(frozen=True, slots=True)
class _SeenBy:
    """The lexicon of a reader, as far as one viewer may know it."""

    reader: Reader
    viewer: Viewer

    def frequencies(self) -> Mapping[str, int]:
        return self.reader.frequencies()

    def together(self, phrase: spelling.Words) -> int:
        return self.reader.together(phrase, self.viewer)


def _suggestion(reader: Reader, wanted: Wanted, query: SearchQuery) -> str | None:
    """A better spelling that finds something for this viewer under these filters."""
    anywhere = replace(query, facets={}, kinds=(), tenant_id=None, cursor=None, size=1)
    if reader.select(wanted, anywhere).total:  # rightly spelt: the filters are what hides it
        return None
    meant = spelling.correct(wanted.phrase, _SeenBy(reader, query.viewer))
    if meant is None:
        return None
    sample = replace(query, cursor=None, size=SUGGESTION_SAMPLE)
    found = reader.select(parse(" ".join(meant)), sample)
    if not found.total:
        return None
    return spelling.as_written(meant, _all_texts(document for document, _ in found.rows))


def _all_texts(documents: Iterable[Document]) -> Iterable[str]:
    for document in documents:
        for text in document.texts.values():
            yield from (text.title, *text.keywords, text.body)
