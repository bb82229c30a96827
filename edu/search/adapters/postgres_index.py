"""The engine for several web hosts: PostgreSQL full text in tables of its own.

Words are folded in Python and written as ready `tsvector` values, so no extension, dictionary or
parser of the server has a say. Ranking reads whole vectors and is slow over many rows: it is done
for a capped set of candidates, the most promising first.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from edu.batches import batches
from edu.search.adapters.answering import Counts, Facets, Selection, answer, dump, fields_of, load
from edu.search.core.analysis import (
    BREAK,
    EXACT_PHRASE,
    EXACT_WORD,
    FOLDED_PHRASE,
    Stream,
    Wanted,
)
from edu.search.index import (
    AUDIENCE,
    DEEPEST,
    Document,
    Hits,
    Order,
    SearchQuery,
    Viewer,
)

_BETWEEN = "="
"""Stands between the name and the value of a label."""

_BATCH = 500
_PROMISING = 300
"""Candidates taken of each promising sort (in the title, as a phrase, with the right accents)."""

_OFTEN = 200
"""Neighbours seen so often are common; no more are counted, as each takes a look into a vector."""

_LAST_POSITION = 16_383
"""PostgreSQL keeps no positions beyond; words further on are found, but not as phrases."""

_FIELD_LETTERS = {"title": "A", "keywords": "B", "body": "D"}
_LETTER_WEIGHTS = [0.33, 0.33, 0.67, 1.0]
"""Of the letters D, C, B, A: the same proportions as FIELD_WEIGHTS."""

_WRITER_LOCK = 7_316_227_805
"""Any number, the same in every process: who holds this advisory lock is the writer."""

_WITHOUT_SCANS = sa.select(sa.func.set_config("enable_seqscan", "off", True))
"""For common words the planner prefers to read the whole table, not seeing that it must then unpack
every vector: five times as slow as the index. This holds for one transaction."""

_metadata = sa.MetaData()

_document = sa.Table(
    "search_document",
    _metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("labels", pg.ARRAY(sa.Text), nullable=False),
    sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False, index=True),
    sa.Column("document", sa.LargeBinary, nullable=False),
    sa.Column("title", pg.TSVECTOR, nullable=False),
    sa.Column("folded", pg.TSVECTOR, nullable=False),
    sa.Column("exact", pg.TSVECTOR, nullable=False),
    *(
        sa.Index(
            f"ix_search_document_{column}",
            column,
            postgresql_using="gin",
            postgresql_with={"fastupdate": "off"},  # else searches wade through a list of late rows
        )
        for column in ("labels", "title", "folded", "exact")
    ),
)

_word = sa.Table(
    "search_word",
    _metadata,
    sa.Column("word", sa.Text, primary_key=True),
    sa.Column("documents", sa.Integer, nullable=False),
)


class PostgresSearchIndex:
    """An index in two tables, `search_document` and `search_word`, made when first needed.

    They can be dropped and rebuilt at any time and so are no part of the migrations; a release that
    changes their columns gives them other names.
    """

    def __init__(self, engine: sa.Engine) -> None:
        """Use a database. Each change of the index is a transaction of its own."""
        self._engine = engine
        self._is_prepared = False

    def put(self, documents: Iterable[Document]) -> None:
        """Add documents, replacing those with the same id."""
        with self._writing() as connection:
            _write(connection, documents)

    def remove(self, ids: Iterable[str]) -> None:
        """Take documents out."""
        with self._writing() as connection:
            connection.execute(sa.delete(_document).where(_document.c.id.in_(list(ids))))

    def rebuild(self, documents: Iterable[Document]) -> None:
        """Replace everything in one transaction."""
        with self._writing() as connection:
            connection.execute(sa.delete(_document))
            connection.execute(sa.delete(_word))
            _write(connection, documents)

    def search(self, query: SearchQuery) -> Hits:
        """Answer a query from one snapshot."""
        self._prepare()
        with self._engine.connect() as connection:
            snapshot = connection.execution_options(isolation_level="REPEATABLE READ")
            snapshot.execute(_WITHOUT_SCANS)
            return answer(_PostgresReader(snapshot), query)

    def _prepare(self) -> None:
        if not self._is_prepared:
            with self._engine.begin() as connection:
                connection.execute(_lock())
                _metadata.create_all(connection)
            self._is_prepared = True

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        self._prepare()
        with self._engine.begin() as connection:
            connection.execute(_lock())
            yield connection


def _lock() -> sa.Select[object]:
    return sa.select(sa.func.pg_advisory_xact_lock(_WRITER_LOCK))


def _write(connection: sa.Connection, documents: Iterable[Document]) -> None:
    for batch in batches(documents, _BATCH):
        rows: dict[str, dict[str, object]] = {}
        known: Counter[str] = Counter()
        for document in batch:
            fields = fields_of(document)
            rows[document.id] = _row(document, fields)
            known.update({word for field in fields.values() for word in field.folded} - {BREAK})
        insert = pg.insert(_document)
        columns = ("labels", "changed_at", "document", "title", "folded", "exact")
        replaced = {name: insert.excluded[name] for name in columns}
        connection.execute(
            insert.on_conflict_do_update(index_elements=["id"], set_=replaced), list(rows.values())
        )
        _count_words(connection, known)


def _count_words(connection: sa.Connection, known: Mapping[str, int]) -> None:
    """Remember words for suggestions. Only a rebuild forgets: counts need not be exact."""
    insert = pg.insert(_word)
    added = insert.on_conflict_do_update(
        index_elements=["word"],
        set_={"documents": _word.c.documents + insert.excluded.documents},
    )
    rows = [{"word": word, "documents": count} for word, count in sorted(known.items())]
    if rows:
        connection.execute(added, rows)


def _row(document: Document, fields: Mapping[str, Stream]) -> dict[str, object]:
    return {
        "id": document.id,
        "labels": [
            f"{name}{_BETWEEN}{value}"
            for name, values in document.labels.items()
            for value in values
        ],
        "changed_at": document.changed_at,
        "document": dump(document),
        "title": _vector({"title": fields["title"].folded}),
        "folded": _vector({name: field.folded for name, field in fields.items()}),
        "exact": _vector({name: field.exact for name, field in fields.items()}),
    }


def _vector(fields: Mapping[str, list[str]]) -> str:
    """A `tsvector` in its own notation: each word with its places and the letter of its field."""
    places: dict[str, list[str]] = {}
    position = 0
    for name, letter in _FIELD_LETTERS.items():
        for word in fields.get(name, ()):
            position += 1
            at = places.setdefault(word, [])
            if position <= _LAST_POSITION:
                at.append(f"{position}{letter}")
        position += 1  # no phrase reaches from one field into the next
    places.pop(BREAK, None)
    return " ".join(f"'{word}':{','.join(at)}".rstrip(":") for word, at in places.items())


class _PostgresReader:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def select(self, wanted: Wanted, query: SearchQuery) -> Selection:
        matching = _matching(wanted, query.labels)
        counting = sa.select(sa.func.count()).select_from(_document).where(*matching)
        total = self._connection.execute(counting).scalar_one()
        newest = query.order is Order.NEWEST or not wanted
        page = _newest(matching) if newest else _best(wanted, query.labels)
        rows = self._connection.execute(page.offset(query.offset).limit(query.limit))
        return Selection(total, tuple((load(content), float(score)) for content, score in rows))

    def count(self, facets: Facets, wanted: Wanted, query: SearchQuery) -> dict[str, Counts]:
        carried = sa.func.unnest(_document.c.labels).table_valued("label").render_derived()
        label = carried.c.label
        prefixes = [label.startswith(f"{name}{_BETWEEN}", autoescape=True) for name in facets]
        documents = sa.func.count()
        counting = (
            sa.select(label, documents)
            .select_from(_document)
            .join(carried, sa.true())
            .where(*_matching(wanted, query.labels), sa.or_(*prefixes))
            .group_by(label)
        )
        counted: dict[str, dict[str, int]] = {name: {} for name in facets}
        for carried_label, number in self._connection.execute(counting):
            name, _, value = carried_label.partition(_BETWEEN)
            counted[name][value] = number
        return dict(counted)

    def frequencies(self) -> Mapping[str, int]:
        rows = self._connection.execute(sa.select(_word.c.word, _word.c.documents))
        return dict(rows.all())

    def together(self, phrase: tuple[str, ...], viewer: Viewer) -> int:
        holders = (
            sa.select(_document.c.id)
            .where(
                _holds(_document.c.folded, _phrase(phrase)),
                *_carries({AUDIENCE: viewer.audiences}),
            )
            .limit(_OFTEN)
        )
        counting = sa.select(sa.func.count()).select_from(holders.subquery())
        return self._connection.execute(counting).scalar_one()


def _newest(matching: list[sa.ColumnElement[bool]]) -> sa.Select[bytes, float]:
    changed_at = _document.c.changed_at
    score = sa.extract("epoch", changed_at)
    return (
        sa.select(_document.c.document, score)
        .where(*matching)
        .order_by(changed_at.desc(), _document.c.id)
    )


def _best(wanted: Wanted, labels: Mapping[str, tuple[str, ...]]) -> sa.Select[bytes, float]:
    """The candidates by score: the right accents above all, then phrases, then words."""
    folded, exact = _document.c.folded, _document.c.exact
    score: sa.ColumnElement[float] = _rank(folded, _every(wanted.folded))
    for word in sorted(wanted.accented):
        score += EXACT_WORD * sa.cast(_holds(exact, _every([word])), sa.Integer)
    if len(wanted.words) > 1:
        score += FOLDED_PHRASE * _rank(folded, _phrase(wanted.phrase))
        score += EXACT_PHRASE * _rank(exact, _phrase(wanted.exact_phrase))
    candidates = _candidates(wanted, labels).subquery()
    return (
        sa.select(_document.c.document, score.label("score"))
        .join(candidates, candidates.c.id == _document.c.id)
        .order_by(sa.desc("score"), _document.c.id)
    )


def _candidates(wanted: Wanted, labels: Mapping[str, tuple[str, ...]]) -> sa.CompoundSelect[str]:
    folded, exact = _document.c.folded, _document.c.exact
    promising = [_holds(_document.c.title, _every(wanted.folded))]
    if wanted.accented:
        promising.append(_holds(exact, _every(wanted.accented)))
    if len(wanted.words) > 1:
        promising.append(_holds(folded, _phrase(wanted.phrase)))
        promising.append(_holds(exact, _phrase(wanted.exact_phrase)))
    matching = sa.select(_document.c.id).where(*_matching(wanted, labels))
    return sa.union(
        *(matching.where(sort).limit(_PROMISING) for sort in promising), matching.limit(DEEPEST)
    )


def _matching(
    wanted: Wanted, labels: Mapping[str, tuple[str, ...]]
) -> list[sa.ColumnElement[bool]]:
    words = [_holds(_document.c.folded, _every(wanted.folded))] if wanted else []
    return [*words, *_carries(labels)]


def _carries(labels: Mapping[str, tuple[str, ...]]) -> list[sa.ColumnElement[bool]]:
    return [
        _document.c.labels.overlap([f"{name}{_BETWEEN}{value}" for value in values])
        for name, values in labels.items()
    ]


def _holds(vector: sa.Column[str], tsquery: str) -> sa.ColumnElement[bool]:
    return vector.bool_op("@@")(sa.cast(tsquery, pg.TSQUERY))


def _rank(vector: sa.Column[str], tsquery: str) -> sa.ColumnElement[float]:
    weights = sa.cast(_LETTER_WEIGHTS, pg.ARRAY(sa.REAL))
    return sa.func.ts_rank_cd(weights, vector, sa.cast(tsquery, pg.TSQUERY), type_=sa.Float)


def _every(words: Iterable[str]) -> str:
    return " & ".join(f"'{word}'" for word in sorted(words))


def _phrase(phrase: tuple[str, ...]) -> str:
    return " <-> ".join(f"'{word}'" for word in phrase)
