"""The default engine: tantivy, one index on local disk, one writer, any number of readers."""

import threading
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

import tantivy

from edu.search.adapters.answering import Counts, Facets, Selection, answer, dump, fields_of, load
from edu.search.adapters.folders import Generations, looking_again
from edu.search.core.analysis import (
    BREAK,
    EXACT_PHRASE,
    EXACT_WORD,
    FIELD_WEIGHTS,
    FOLDED_PHRASE,
    Wanted,
)
from edu.search.index import (
    AUDIENCE,
    MOST_FACET_VALUES,
    Document,
    Hits,
    Order,
    SearchQuery,
    Viewer,
)

_WRITER_MEMORY = 50_000_000
"""Bytes the writer collects before it writes a segment."""

_VOCABULARY_SECONDS = 300.0

_FORMAT = "tantivy-1"
"""The folder of this engine and schema. A changed schema counts up and waits for a rebuild."""


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    builder.add_json_field("labels", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("changed_at", fast=True)
    builder.add_bytes_field("document", stored=True)
    for name in FIELD_WEIGHTS:
        builder.add_text_field(f"{name}_folded", tokenizer_name="whitespace")
        builder.add_text_field(f"{name}_exact", tokenizer_name="whitespace")
    return builder.build()


_SCHEMA = _schema()


class TantivySearchIndex:
    """An index in a folder. Every process may read; put it on local disk, never on a network."""

    def __init__(self, folder: Path, *, patience: float = 30.0) -> None:
        """Use the folder, made when first written. `patience`: seconds to wait for a writer."""
        self._generations = Generations(folder / _FORMAT, patience=patience)
        self._opening = threading.Lock()
        self._open: tuple[Path, tantivy.Index] | None = None
        self._vocabulary = _Vocabulary()

    def put(self, documents: Iterable[Document]) -> None:
        """Add documents, replacing those with the same id. Raises IndexBusy."""
        with self._generations.writing():
            folder = self._generations.ensure(_create)
            _write(folder, documents, gone=())

    def remove(self, ids: Iterable[str]) -> None:
        """Take documents out. Raises IndexBusy."""
        with self._generations.writing():
            if folder := self._generations.current():
                _write(folder, (), gone=ids)

    def rebuild(self, documents: Iterable[Document]) -> None:
        """Replace everything at once. Raises IndexBusy."""
        with self._generations.writing():
            self._generations.renew(lambda folder: _build(folder, documents))

    def search(self, query: SearchQuery) -> Hits:
        """Answer a query from the newest commit."""
        return looking_again(lambda: self._search(query), ValueError, OSError)

    def _search(self, query: SearchQuery) -> Hits:
        try:
            index = self._index()
            index.reload()
            return answer(_TantivyReader(index.searcher(), self._vocabulary), query)
        except (ValueError, OSError):  # all that tantivy raises
            with self._opening:
                self._open = None
            raise

    def _index(self) -> tantivy.Index:
        """The current generation, opened once per process; an empty one before the first."""
        folder = self._generations.current()
        if folder is None:
            return tantivy.Index(_SCHEMA)
        with self._opening:
            if self._open is None or self._open[0] != folder:
                index = tantivy.Index.open(str(folder))
                index.config_reader("manual")
                self._open = (folder, index)
            return self._open[1]


def _create(folder: Path) -> None:
    tantivy.Index(_SCHEMA, str(folder))


def _build(folder: Path, documents: Iterable[Document]) -> None:
    _create(folder)
    _write(folder, documents, gone=())


def _write(folder: Path, documents: Iterable[Document], *, gone: Iterable[str]) -> None:
    """One batch, one commit. The index is opened anew, as a stale one leaves orphaned files."""
    writer = tantivy.Index.open(str(folder)).writer(_WRITER_MEMORY, 1)
    try:
        for key in gone:
            writer.delete_documents_by_term("id", key)
        for document in documents:
            writer.delete_documents_by_term("id", document.id)
            writer.add_document(_row(document))
        writer.commit()
    except BaseException:
        writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()


def _row(document: Document) -> tantivy.Document:
    row = tantivy.Document()
    row.add_text("id", document.id)
    row.add_json("labels", {name: list(values) for name, values in document.labels.items()})
    row.add_integer("changed_at", int(document.changed_at.timestamp() * 1_000_000))
    row.add_bytes("document", dump(document))
    for name, stream in fields_of(document).items():
        row.add_text(f"{name}_folded", " ".join(stream.folded))
        row.add_text(f"{name}_exact", " ".join(stream.exact))
    return row


class _Vocabulary:
    """The words of the index, kept for some minutes: to read them takes half a second at 50,000.

    They are read again sooner when the index grew or shrank by more than a tenth.
    """

    def __init__(self) -> None:
        self._read: tuple[float, int, Mapping[str, int]] | None = None

    def of(self, searcher: tantivy.Searcher) -> Mapping[str, int]:
        now, size = time.monotonic(), searcher.num_docs
        if self._read is not None:
            read_at, size_then, known = self._read
            if now - read_at < _VOCABULARY_SECONDS and 10 * abs(size - size_then) <= size_then:
                return known
        known = _frequencies(searcher)
        self._read = (now, size, known)
        return known


def _frequencies(searcher: tantivy.Searcher) -> Mapping[str, int]:
    counted: dict[str, int] = {}
    for name in FIELD_WEIGHTS:
        for word, documents in searcher.terms_with_prefix(f"{name}_folded", ""):
            counted[word] = max(counted.get(word, 0), documents)
    counted.pop(BREAK, None)
    return counted


class _TantivyReader:
    def __init__(self, searcher: tantivy.Searcher, vocabulary: _Vocabulary) -> None:
        self._searcher = searcher
        self._vocabulary = vocabulary

    def select(self, wanted: Wanted, query: SearchQuery) -> Selection:
        newest = query.order is Order.NEWEST or not wanted
        found = self._searcher.search(
            _query(wanted, query.labels),
            limit=query.limit,
            offset=query.offset,
            order_by_field="changed_at" if newest else None,
        )
        rows = ((self._searcher.doc(address), score) for score, address in found.hits)
        documents = tuple((load(row["document"][0]), float(score)) for row, score in rows)
        return Selection(_total(found), documents)

    def count(self, facets: Facets, wanted: Wanted, query: SearchQuery) -> dict[str, Counts]:
        asked = {
            name: {"terms": {"field": f"labels.{name}", "size": MOST_FACET_VALUES}}
            for name in facets
        }
        counted = self._searcher.aggregate(_query(wanted, query.labels, ranked=False), asked)
        return {
            name: {bucket["key"]: bucket["doc_count"] for bucket in counted[name]["buckets"]}
            for name in facets
        }

    def frequencies(self) -> Mapping[str, int]:
        return self._vocabulary.of(self._searcher)

    def together(self, phrase: tuple[str, ...], viewer: Viewer) -> int:
        side_by_side = _any(
            [_phrase(f"{name}_folded", phrase) for name in FIELD_WEIGHTS],
        )
        matching = _all([side_by_side, *_filters({AUDIENCE: viewer.audiences})])
        return _total(self._searcher.search(matching, limit=1))


def _total(result: tantivy.SearchResult) -> int:
    total: int = result.count  # type: ignore[attr-defined]  # the stubs forgot it
    return total


def _query(
    wanted: Wanted, labels: Mapping[str, tuple[str, ...]], *, ranked: bool = True
) -> tantivy.Query:
    musts = [_anywhere(word) for word in sorted(wanted.folded)]
    shoulds = _preferences(wanted) if ranked else []
    return tantivy.Query.boolean_query(
        [
            *((tantivy.Occur.Must, query) for query in (*musts, *_filters(labels))),
            *((tantivy.Occur.Should, query) for query in shoulds),
        ]
    )


def _anywhere(folded: str) -> tantivy.Query:
    return _any([_term(f"{name}_folded", folded, FIELD_WEIGHTS[name]) for name in FIELD_WEIGHTS])


def _preferences(wanted: Wanted) -> list[tantivy.Query]:
    """What lifts a document: the right accents above all, then phrases."""
    lifts = [
        tantivy.Query.const_score_query(
            _any([_term(f"{name}_exact", word, 1.0) for name in FIELD_WEIGHTS]), EXACT_WORD
        )
        for word in sorted(wanted.accented)
    ]
    if len(wanted.words) > 1:
        for name, weight in FIELD_WEIGHTS.items():
            folded = _phrase(f"{name}_folded", wanted.phrase)
            exact = _phrase(f"{name}_exact", wanted.exact_phrase)
            lifts.append(tantivy.Query.boost_query(folded, FOLDED_PHRASE * weight))
            lifts.append(tantivy.Query.boost_query(exact, EXACT_PHRASE * weight))
    return lifts


def _filters(labels: Mapping[str, tuple[str, ...]]) -> list[tantivy.Query]:
    return [
        tantivy.Query.const_score_query(
            tantivy.Query.term_set_query(_SCHEMA, f"labels.{name}", list(values)), 0.0
        )
        for name, values in labels.items()
    ]


def _term(field: str, word: str, weight: float) -> tantivy.Query:
    term = tantivy.Query.term_query(_SCHEMA, field, word, index_option="freq")
    return tantivy.Query.boost_query(term, weight)


def _phrase(field: str, phrase: tuple[str, ...]) -> tantivy.Query:
    return tantivy.Query.phrase_query(_SCHEMA, field, list(phrase))


def _any(queries: list[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


def _all(queries: list[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, query) for query in queries])
