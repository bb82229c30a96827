"""Find statements: SQL over the tables that the engines write.

The tenant guard does not see these selects: each names the tenant itself, or keys that were made
with it. All that is put into their text are names of ours and "?".
"""
# ruff: noqa: S608

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.engine import Connection

from edu.lrs.adapters.rows import DescriptionRow, StatementRow
from edu.lrs.adapters.sql import Reader, as_uuid, chunks, marks, run, run_many
from edu.lrs.models import LARGEST_SEQ
from edu.postgres import Direct

SHORTEST_STEP, LONGEST_STEP = 100, 1000  # rows looked at after a page that was not full
MANY = 10_000  # statements: keys that are in more count as equally common

_COLUMNS = "seq, id, tenant_id, payload, target_id, is_voiding"
# Data 2.3.2: what a voiding statement refers to, unless that is one itself. Asked as a value, not
# by EXISTS, which PostgreSQL may answer by reading the whole table once: 20 ms for 20 000 rows. In
# an organisation where no statement refers to any, that is asked once and not for each row: its one
# "?" is the organisation, as a value, for what depends on a row would be asked for each again.
_IS_VOIDED = """(
    SELECT 1 FROM lrs_statement r
    WHERE r.tenant_id = ? AND r.target_id IS NOT NULL ORDER BY r.target_id LIMIT 1) IS NOT NULL
    AND NOT s.is_voiding AND (
    SELECT 1 FROM lrs_statement v
    WHERE v.tenant_id = s.tenant_id AND v.target_id = s.id AND v.is_voiding LIMIT 1) IS NOT NULL"""

_ALSO = """(
    SELECT also.usages FROM lrs_mention also WHERE also.key = ? AND also.seq = m.seq) & ? <> 0"""
# How many other things a key is short for: none, unless somebody has found two with one digest.
_OTHERS = """(
    SELECT count(*) FROM lrs_description d WHERE d.key = ? AND d.seq = 0 AND d.content <> ?)"""


class Told(NamedTuple):
    """A statement as it is handed on: its number and its bytes."""

    seq: int
    payload: bytes


class Joined(NamedTuple):
    """A page as it is handed on: JSON with commas between, and its last number if more follow."""

    statements: bytes
    after: int | None


class Wanted(NamedTuple):
    """A key that a statement must be found by, at one of the places whose bits are set.

    `name` is what it is short for; None for a key that is short for nothing.
    """

    key: bytes
    usages: int
    name: bytes | None


class Search(NamedTuple):
    """Which statements, and which part of them; numbers are exclusive bounds."""

    tenant_id: UUID
    wanted: Sequence[Wanted]  # the rarest first: its index gives the order
    above: int | None
    below: int | None
    ascending: bool
    limit: int


def find(reader: Reader, search: Search, is_right: Callable[[Told], bool]) -> list[Told]:
    """Read statements in the order of storing, the voided left out.

    Where a key is short for several things, each statement must also be right.
    """
    wanted = search.limit
    found: list[Told] = []
    while True:
        rows = _looked_up(reader, search)
        told = (Told(seq, bytes(payload)) for seq, payload, _ in rows if payload is not None)
        is_doubtful = bool(rows and rows[0][2])
        shown = filter(is_right, told) if is_doubtful else told
        found += islice(shown, wanted - len(found))
        if len(rows) < search.limit or len(found) == wanted:
            return found
        search = _onward(search, rows[-1][0])


def find_joined(reader: Direct, search: Search) -> Joined | None:
    """Read a page, which is one less than the limit, and join what is told, unread.

    None where `find` has to look at what is there: some are voided, a key is short for several
    things, or they came in another order.
    """
    size = search.limit - 1
    seqs, payloads, others = reader.columns(*_asked(search))
    in_order = sorted(seqs, reverse=not search.ascending)
    if any(others[:1]) or None in payloads or seqs != in_order:
        return None
    return Joined(b",".join(payloads[:size]), seqs[size - 1] if len(seqs) > size else None)


def _onward(search: Search, last: int) -> Search:
    """Go on behind a number: some of what was found before it is not to be shown.

    Where some is not, much may not be, as when a whole import was taken back: the steps grow.
    """
    limit = max(search.limit, min(2 * search.limit, LONGEST_STEP), SHORTEST_STEP)
    if search.ascending:
        return search._replace(above=last, limit=limit)
    return search._replace(below=last, limit=limit)


def _looked_up(reader: Reader, search: Search) -> list[tuple[Any, ...]]:
    """Give number, bytes (none where voided) and how many others the keys are short for."""
    return sorted(run(reader, *_asked(search)), reverse=not search.ascending)


def _asked(search: Search) -> tuple[str, list[Any]]:
    return (_mentioning if search.wanted else _latest)(search)


def _latest(search: Search) -> tuple[str, list[Any]]:
    """Walk along an organisation's own statements.

    Compared and ordered as pairs, so that no other index will do. This is prepared once for small
    organisations and large ones: along the numbers alone, PostgreSQL would read everybody's
    statements until it has found enough of a small one's.
    """
    order, here = _order(search), search.tenant_id
    sql = (
        f"SELECT s.seq, CASE WHEN NOT ({_IS_VOIDED}) THEN s.payload END, 0"
        " FROM lrs_statement s"
        " WHERE (s.tenant_id, s.seq) > (?, ?) AND (s.tenant_id, s.seq) < (?, ?)"
        f" ORDER BY s.tenant_id {order}, s.seq {order} LIMIT ?"
    )
    above = -1 if search.above is None else search.above
    below = LARGEST_SEQ if search.below is None else search.below
    return sql, [here, here, above, here, below, search.limit]


def _mentioning(search: Search) -> tuple[str, list[Any]]:
    """Walk along one key and look each number up under the others.

    What is joined, is joined number by number to what the page holds, so no plan reads more than
    what lies between its ends.
    """
    first, *others = search.wanted
    named = [wanted for wanted in search.wanted if wanted.name is not None]
    tests = ["m.key = ? AND m.usages & ? <> 0", *_bound_tests(search, "m.seq")]
    tests += [_ALSO] * len(others)
    sql = (
        f"SELECT s.seq, CASE WHEN s.tenant_id = ? AND NOT ({_IS_VOIDED}) THEN s.payload END,"
        f" {' + '.join([_OTHERS] * len(named)) or '0'}"
        f" FROM (SELECT m.seq FROM lrs_mention m WHERE {' AND '.join(tests)}"
        f" ORDER BY m.seq {_order(search)} LIMIT ?) m JOIN lrs_statement s ON s.seq = m.seq"
    )
    return sql, [
        *(search.tenant_id, search.tenant_id),
        *(value for wanted in named for value in (wanted.key, wanted.name)),
        *(first.key, first.usages),
        *_bounds(search),
        *(value for other in others for value in (other.key, other.usages)),
        search.limit,
    ]


def _order(search: Search) -> str:
    return "ASC" if search.ascending else "DESC"


def _bounds(search: Search) -> list[int]:
    return [bound for bound in (search.above, search.below) if bound is not None]


def _bound_tests(search: Search, column: str) -> list[str]:
    bounds = ((search.above, ">"), (search.below, "<"))
    return [f"{column} {sign} ?" for bound, sign in bounds if bound is not None]


def how_common(reader: Reader, key: bytes) -> int:
    """Count the statements that are found by a key, as far as MANY."""
    sql = f"SELECT count(*) FROM (SELECT 1 FROM lrs_mention m WHERE m.key = ? LIMIT {MANY}) c"
    [(count,)] = run(reader, sql, [key])
    return int(count)


def find_one(reader: Reader, tenant_id: UUID, statement_id: UUID, *, voided: bool) -> Told | None:
    """Read one statement by its id, if it is voided or not as asked."""
    sql = (
        "SELECT s.seq, s.payload FROM lrs_statement s WHERE s.tenant_id = ? AND s.id = ?"
        f" AND {'' if voided else 'NOT '}({_IS_VOIDED})"
    )
    rows = run(reader, sql, [tenant_id, statement_id, tenant_id])
    return Told._make(rows[0]) if rows else None


def by_seqs(connection: Connection, seqs: Sequence[int]) -> list[StatementRow]:
    """Read statements by their numbers."""
    sql = f"SELECT {_COLUMNS} FROM lrs_statement WHERE seq IN ({marks(seqs)})"
    return [_statement_row(row) for row in run(connection, sql, seqs)]


def by_ids(
    connection: Connection, tenant_id: UUID, ids: Collection[UUID]
) -> dict[UUID, StatementRow]:
    """Read the statements that exist of some ids, voided or not."""
    return {row.id: row for row in _among(connection, tenant_id, "id", ids)}


def referring_to(
    connection: Connection, tenant_id: UUID, ids: Collection[UUID]
) -> list[StatementRow]:
    """Read the statements whose object is a reference to one of some ids."""
    return list(_among(connection, tenant_id, "target_id", ids))


def _among(
    connection: Connection, tenant_id: UUID, column: str, ids: Collection[UUID]
) -> Iterator[StatementRow]:
    for some in chunks(ids):
        sql = (
            f"SELECT {_COLUMNS} FROM lrs_statement"
            f" WHERE tenant_id = ? AND {column} IN ({marks(some)})"
        )
        yield from map(_statement_row, run(connection, sql, [tenant_id, *some]))


def _statement_row(row: tuple[Any, ...]) -> StatementRow:  # Any: as the driver gives it
    seq, statement_id, tenant_id, payload, target_id, is_voiding = row
    return StatementRow(
        seq,
        as_uuid(statement_id),
        as_uuid(tenant_id),
        payload,
        as_uuid(target_id) if target_id else None,
        bool(is_voiding),
    )


def after(
    connection: Connection, seq: int, horizon: int, *, limit: int, tenant_id: UUID | None
) -> list[StatementRow]:
    """Read on from a number, never past the horizon, so that no late comer is passed over."""
    of_one = "" if tenant_id is None else "tenant_id = ? AND "
    sql = (
        f"SELECT {_COLUMNS} FROM lrs_statement WHERE {of_one}seq > ? AND seq < ?"
        " ORDER BY seq LIMIT ?"
    )
    values = [*([] if tenant_id is None else [tenant_id]), seq, horizon, limit]
    return [_statement_row(row) for row in run(connection, sql, values)]


def descriptions(connection: Connection, keys: Collection[bytes]) -> list[bytes]:
    """Read what was told of the things behind some keys: JSON, the oldest first."""
    asked = "content FROM lrs_description WHERE seq > 0 AND"
    return [bytes(content) for (content,) in _of_keys(connection, asked, keys)]


def known_digests(connection: Connection, keys: Collection[bytes]) -> set[tuple[bytes, bytes]]:
    """Read which wordings of some things are kept, as pairs of key and digest."""
    asked = "key, digest FROM lrs_description WHERE"
    return {(bytes(key), bytes(mark)) for key, mark in _of_keys(connection, asked, keys)}


def known_names(connection: Connection, keys: Collection[bytes]) -> set[tuple[bytes, bytes]]:
    """Read what some keys are known to be short for, as pairs of key and identifier."""
    asked = "key, content FROM lrs_description WHERE seq = 0 AND"
    return {(bytes(key), bytes(name)) for key, name in _of_keys(connection, asked, keys)}


def _of_keys(
    connection: Connection, asked: str, keys: Collection[bytes]
) -> Iterator[tuple[Any, ...]]:
    for some in chunks(keys):
        yield from run(connection, f"SELECT {asked} key IN ({marks(some)}) ORDER BY seq", some)


def add_descriptions(connection: Connection, rows: Sequence[DescriptionRow]) -> None:
    """Keep further wordings."""
    run_many(
        connection,
        "INSERT INTO lrs_description (id, tenant_id, key, seq, digest, content)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        rows,
    )
