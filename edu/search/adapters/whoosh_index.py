"""The pure-Python engine, for machines without a wheel of tantivy: Whoosh (the package whoosh3).

Readers open the newest commit for each query, as an open one never sees a newer.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice
from pathlib import Path

from whoosh import fields, index, searching
from whoosh.analysis.tokenizers import RegexTokenizer
from whoosh.filedb.filestore import RamStorage
from whoosh.query.compound import And, AndMaybe, Or
from whoosh.query.positional import Phrase
from whoosh.query.qcore import Every, Query
from whoosh.query.terms import Term
from whoosh.query.wrappers import ConstantScoreQuery
from whoosh.reading import ReaderClosed

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
    Document,
    Hits,
    Order,
    SearchQuery,
    Viewer,
)

_END = "\x1e"
_BETWEEN = "\x1f"
"""A label is indexed as one term, name and value with this between; terms end with `_END`."""

_WRITER_MEGABYTES = 64

_FORMAT = "whoosh-1"
"""The folder of this engine and schema. A changed schema counts up and waits for a rebuild."""


def _schema() -> fields.Schema:
    words = RegexTokenizer(r"[^ ]+")
    schema = fields.Schema(
        id=fields.ID(unique=True),
        labels=fields.TEXT(analyzer=RegexTokenizer(f"[^{_END}]+"), phrase=False),
        changed_at=fields.NUMERIC(numtype=int, bits=64, sortable=True),
        document=fields.STORED,
    )
    for name in FIELD_WEIGHTS:
        schema.add(f"{name}_folded", fields.TEXT(analyzer=words))
        schema.add(f"{name}_exact", fields.TEXT(analyzer=words))
    return schema


class WhooshSearchIndex:
    """An index in a folder on local disk."""

    def __init__(self, folder: Path, *, patience: float = 30.0) -> None:
        """Use the folder, made when first written. `patience`: seconds to wait for a writer."""
        self._generations = Generations(folder / _FORMAT, patience=patience)

    def put(self, documents: Iterable[Document]) -> None:
        """Add documents, replacing those with the same id. Raises IndexBusy."""
        with self._generations.writing():
            _write(self._generations.ensure(_create), documents, gone=())

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
        cleared_away = (OSError, index.EmptyIndexError, ReaderClosed)
        return looking_again(lambda: self._search(query), *cleared_away)

    def _search(self, query: SearchQuery) -> Hits:
        folder = self._generations.current()
        opened = index.open_dir(str(folder)) if folder else _empty()
        with opened.searcher() as searcher:
            return answer(_WhooshReader(searcher), query)


def _create(folder: Path) -> None:
    index.create_in(str(folder), _schema())


def _empty() -> index.Index:
    """What is searched before the first document was put."""
    storage = RamStorage()  # type: ignore[no-untyped-call]
    created: index.Index = storage.create_index(_schema())  # type: ignore[no-untyped-call]
    return created


def _build(folder: Path, documents: Iterable[Document]) -> None:
    _create(folder)
    _write(folder, documents, gone=())


def _write(folder: Path, documents: Iterable[Document], *, gone: Iterable[str]) -> None:
    """One batch, one commit."""
    writer = index.open_dir(str(folder)).writer(limitmb=_WRITER_MEGABYTES)
    try:
        for key in gone:
            writer.delete_by_term("id", key)
        latest = {document.id: document for document in documents}
        for document in latest.values():  # Whoosh does not replace what it has not yet committed
            writer.update_document(**_row(document))
    except BaseException:
        writer.cancel()
        raise
    writer.commit()


def _row(document: Document) -> dict[str, str | int | bytes]:
    row: dict[str, str | int | bytes] = {
        "id": document.id,
        "labels": _END.join(
            f"{name}{_BETWEEN}{value}"
            for name, values in document.labels.items()
            for value in values
        ),
        "changed_at": _microseconds(document.changed_at),
        "document": dump(document),
    }
    for name, stream in fields_of(document).items():
        row[f"{name}_folded"] = " ".join(stream.folded)
        row[f"{name}_exact"] = " ".join(stream.exact)
    return row


def _microseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1_000_000)


class _WhooshReader:
    def __init__(self, searcher: searching.Searcher) -> None:
        self._searcher = searcher

    def select(self, wanted: Wanted, query: SearchQuery) -> Selection:
        newest = query.order is Order.NEWEST or not wanted
        results = self._searcher.search(
            _matching(wanted) if newest else _ranked(wanted),
            filter=_filters(query.labels),
            limit=query.offset + query.limit,
            sortedby="changed_at" if newest else None,
            reverse=newest,
        )
        rows = tuple(
            (load(hit["document"]), 0.0 if newest else float(hit.score))
            for hit in islice(results, query.offset, None)
        )
        return Selection(len(results), rows)

    def count(self, facets: Facets, wanted: Wanted, query: SearchQuery) -> dict[str, Counts]:
        found = self._found(_matching(wanted), query.labels)
        return {name: self._count(name, found) for name in facets}

    def _count(self, facet: str, found: set[int]) -> Counts:
        reader = self._searcher.reader()
        counted: dict[str, int] = {}
        for term in reader.expand_prefix("labels", f"{facet}{_BETWEEN}"):
            documents = sum(
                1 for number in reader.postings("labels", term).all_ids() if number in found
            )
            if documents:
                counted[term.decode().partition(_BETWEEN)[2]] = documents
        return counted

    def frequencies(self) -> Mapping[str, int]:
        reader = self._searcher.reader()
        counted: dict[str, int] = {}
        for name in FIELD_WEIGHTS:
            for term in reader.lexicon(f"{name}_folded"):
                word, documents = term.decode(), reader.doc_frequency(f"{name}_folded", term)
                counted[word] = max(counted.get(word, 0), documents)
        counted.pop(BREAK, None)
        return counted

    def together(self, phrase: tuple[str, ...], viewer: Viewer) -> int:
        side_by_side = Or([Phrase(f"{name}_folded", [*phrase]) for name in FIELD_WEIGHTS])
        return len(self._found(side_by_side, {AUDIENCE: viewer.audiences}))

    def _found(self, matching: Query, labels: Mapping[str, tuple[str, ...]]) -> set[int]:
        results = self._searcher.search(matching, filter=_filters(labels), limit=None, scored=False)
        return set(results.docs())


def _matching(wanted: Wanted) -> Query:
    if not wanted:
        return Every()  # type: ignore[no-untyped-call]
    return And([_anywhere("folded", word) for word in sorted(wanted.folded)])


def _ranked(wanted: Wanted) -> Query:
    """What must be there, lifted by the right accents above all and then by phrases."""
    lifts: list[Query] = [
        ConstantScoreQuery(_anywhere("exact", word), EXACT_WORD) for word in sorted(wanted.accented)
    ]
    if len(wanted.words) > 1:
        for name, weight in FIELD_WEIGHTS.items():
            folded, exact = list(wanted.phrase), list(wanted.exact_phrase)
            lifts.append(Phrase(f"{name}_folded", folded, boost=FOLDED_PHRASE * weight))
            lifts.append(Phrase(f"{name}_exact", exact, boost=EXACT_PHRASE * weight))
    if not lifts:
        return _matching(wanted)
    return AndMaybe(_matching(wanted), Or(lifts))


def _anywhere(form: str, word: str) -> Query:
    return Or(
        [Term(f"{name}_{form}", word, boost=weight) for name, weight in FIELD_WEIGHTS.items()]
    )


def _filters(labels: Mapping[str, tuple[str, ...]]) -> Query:
    return And(
        [
            Or([Term("labels", f"{name}{_BETWEEN}{value}") for value in values])
            for name, values in labels.items()
        ]
    )
