"""Statements into PostgreSQL in one round trip: what busy tools send all the time.

One SQL statement is the whole transaction: it says that it is writing, reads the clock, makes the
numbers, puts the moments into the JSON and adds every row.
"""
# ruff: noqa: S608 - only constants are put together

import struct
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from edu.batches import batches
from edu.lrs.adapters.postgres import HELD
from edu.lrs.adapters.rows import DescriptionRow
from edu.lrs.models import TICK_BITS
from edu.postgres import Direct, Value

STEP = 1 << TICK_BITS


class Unnumbered(NamedTuple):
    """A statement to be stored; where its payload is cut, the moment of storing belongs."""

    id: bytes
    payload: Sequence[bytes]  # two or three pieces
    found_by: Mapping[bytes, int]  # keys, with the places of each as bits


class Bundle(NamedTuple):
    """Statements of one organisation that refer to none, and what they tell anew.

    Instead of their statements' numbers the news have places, the first statement's is 1.
    """

    tenant_id: UUID
    statements: Sequence[Unnumbered]
    news: Sequence[DescriptionRow]


# Nothing is added where a statement already refers to one of these: then there is more to do.
_MADE = f"""
    WITH {HELD}, clock AS MATERIALIZED (
        SELECT clock_timestamp() AS at, nextval('lrs_statement_seq_seq')
            AS writer FROM held
    ), numbered AS MATERIALIZED (
        SELECT at, (extract(epoch FROM at) * 1000000)::bigint * {STEP} + writer % {STEP} AS first
        FROM clock
        WHERE NOT EXISTS (
            SELECT 1 FROM lrs_statement other
            WHERE other.tenant_id = ? AND other.target_id = ANY (?::uuid[]))
    ), made AS (
        INSERT INTO lrs_statement (seq, id, tenant_id, payload, is_voiding)
        SELECT first + (s.place - 1) * {STEP}, s.id, ?,
            s.head || moment || s.middle
                || CASE WHEN s.tail = '' THEN '' ELSE moment || s.tail END,
            false
        FROM numbered,
            unnest(?::uuid[], ?::bytea[], ?::bytea[], ?::bytea[])
                WITH ORDINALITY AS s (id, head, middle, tail, place),
            LATERAL (SELECT to_char(
                at AT TIME ZONE 'UTC' + (s.place - 1) * interval '1 microsecond',
                'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')::bytea AS moment) AS stored
    ), mentioned AS (
        INSERT INTO lrs_mention (key, seq, usages)
        SELECT m.key, first + (m.place - 1) * {STEP}, m.usages
        FROM numbered, unnest(?::bytea[], ?::bigint[], ?::smallint[]) AS m (key, place, usages)
    )"""
_TOLD = f""", told AS (
        INSERT INTO lrs_description (id, tenant_id, key, seq, digest, content)
        SELECT d.id, ?, d.key,
            CASE WHEN d.place = 0 THEN 0 ELSE first + (d.place - 1) * {STEP} END,
            d.digest, d.content
        FROM numbered, unnest(?::uuid[], ?::bytea[], ?::bigint[], ?::bytea[], ?::bytea[])
            AS d (id, key, place, digest, content)
        WHERE NOT EXISTS (
            SELECT 1 FROM lrs_description k
            WHERE k.key = d.key AND k.digest = d.digest AND k.content = d.content)
    )"""
_DONE = " SELECT first FROM numbered"
_STORE, _STORE_AND_TELL = _MADE + _DONE, _MADE + _TOLD + _DONE


def joined(bundles: Sequence[Bundle]) -> Bundle:
    """Put bundles of one organisation behind each other."""
    if len(bundles) == 1:
        return bundles[0]
    tenant_id = bundles[0].tenant_id
    statements: list[Unnumbered] = []
    news: dict[tuple[bytes, bytes], DescriptionRow] = {}
    for bundle in bundles:
        before = len(statements)
        statements += bundle.statements
        for row in bundle.news:
            moved = row._replace(seq=row.seq + before) if row.seq else row
            news.setdefault((row.key, row.content), moved)
    return Bundle(tenant_id, statements, list(news.values()))


def store(connection: Direct, bundle: Bundle) -> bool:
    """Store statements; False, and nothing stored, where another is waiting for one of them.

    Raises psycopg's errors: UniqueViolation where an id is known.
    """
    tenant_id, statements, news = bundle
    ids = _uuids([each.id for each in statements])
    pieces = [(*each.payload, b"")[:3] for each in statements]
    mentions = [
        (key, place, usages)
        for place, each in enumerate(statements, start=1)
        for key, usages in each.found_by.items()
    ]
    mentions.sort()  # neighbours in the index one after another: less work for PostgreSQL
    keys, places, usages = zip(*mentions, strict=True)
    values: list[Value] = [tenant_id, ids, tenant_id, ids, *map(_bytes, zip(*pieces, strict=True))]
    values += [_keys(keys), _numbers(places), _small_numbers(usages)]
    if not news:
        return bool(connection.change(_STORE, values))
    own, _, told_of, places, digests, contents = zip(*news, strict=True)
    values += [tenant_id, _uuids([each.bytes for each in own]), _keys(told_of)]
    values += [_numbers(places), _keys(digests), _bytes(contents)]
    return bool(connection.change(_STORE_AND_TELL, values))


# Arrays as PostgreSQL reads them in binary: dimensions, whether there are nulls, the type's object
# identifier, length, first index; then each item after its length.

_HEAD = struct.Struct("!iiIii").pack
_LENGTH = struct.Struct("!i").pack
_BYTEA, _UUID, _BIGINT, _SMALLINT = 17, 2950, 20, 21
_SIZES = {"q": 8, "h": 2}  # as `struct` names them
PIECE = 1000  # numbers: a hundred usual statements have seven hundred


def _bytes(values: Sequence[bytes]) -> bytes:
    items = [_LENGTH(len(value)) + value for value in values]
    return _array(_BYTEA, values, b"".join(items))


def _keys(values: Sequence[bytes], kind: int = _BYTEA) -> bytes:
    """Keys and digests, of sixteen bytes each."""
    return _array(kind, values, _LENGTH(16).join([b"", *values]))


def _uuids(values: Sequence[bytes]) -> bytes:
    return _keys(values, _UUID)


def _numbers(values: Sequence[int]) -> bytes:
    return _array(_BIGINT, values, _packed("q", values))


def _small_numbers(values: Sequence[int]) -> bytes:
    return _array(_SMALLINT, values, _packed("h", values))


def _array(kind: int, values: Sequence[object], items: bytes) -> bytes:
    return _HEAD(1, 0, kind, len(values), 1) + items


def _packed(kind: str, values: Sequence[int]) -> bytes:
    """Write all numbers at once, each behind its length; very many in pieces.

    How many are written is remembered, and takes 64 bytes for each.
    """
    if len(values) > PIECE:
        return b"".join(_packed(kind, some) for some in batches(values, PIECE))
    items = [_SIZES[kind]] * (2 * len(values))
    items[1::2] = values
    return _packer(kind, len(values))(*items)


@lru_cache(maxsize=256)
def _packer(kind: str, count: int) -> Callable[..., bytes]:
    return struct.Struct("!" + f"i{kind}" * count).pack
