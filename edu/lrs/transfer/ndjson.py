"""Whole records out and in: one statement a line, JSON in UTF-8 (NDJSON)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby
from typing import BinaryIO
from uuid import UUID, uuid5

from edu.batches import batches
from edu.db import db, unit_of_work
from edu.lrs import queries, service
from edu.lrs.adapters import reading
from edu.lrs.adapters.engines import tables_of
from edu.lrs.agents import every_name, system_agent
from edu.lrs.core import json_in
from edu.lrs.core.json_in import JsonObject
from edu.lrs.core.problems import Problem
from edu.lrs.core.query import StatementQuery
from edu.lrs.core.validation.statement import check_statement
from edu.lrs.core.version import Version
from edu.lrs.transfer.first_look import BYTE_ORDER_MARK

BATCH = 500
LONGEST_LINE = 16 << 20


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that was not taken, and why, as a code."""

    line: int
    why: str


@dataclass(slots=True)
class Report:
    """What became of the lines; known statements count as taken.

    `refused` are those since the work was last taken up. `origin` names the file where the work may
    be taken up again: a statement without an id gets the same one each time its line is read.
    """

    read: int = 0
    taken: int = 0
    refused: list[Refused] = field(default_factory=list)
    refused_before: int = 0
    origin: UUID | None = None


# Out ------------------------------------------------------------------------------------------


def payloads(query: StatementQuery | None = None) -> Iterator[Sequence[bytes]]:
    """Give statements of the current tenant, the oldest first, some at a time.

    Without a query that is the whole record, voided statements too; with one, what a search finds:
    about one of our people, under every name that we know of them.
    """
    if query is None:
        return _whole()
    now = queries.consistent_through()
    until = min(query.until, now) if query.until else now
    return _found(query._replace(until=until, ascending=True))


def lines() -> Iterator[bytes]:
    """Give every statement of the current tenant, the oldest first, voided ones too."""
    return (line for batch in payloads() for line in batch)


def _whole() -> Iterator[Sequence[bytes]]:
    last, is_more = 0, True
    while is_more:
        connection = db.session.connection()
        horizon = tables_of(connection).horizon(connection)
        rows = reading.after(connection, last, horizon, limit=BATCH, tenant_id=queries.tenant())
        yield [row.payload for row in rows]
        is_more = len(rows) == BATCH
        last = rows[-1].seq if rows else last


def _found(query: StatementQuery) -> Iterator[Sequence[bytes]]:
    names = every_name(query.agent) if query.agent else []
    page = queries.page(query, limit=BATCH, agents=names)
    yield [told.payload for told in page.statements]
    while page.after is not None:
        page = queries.page(query, limit=BATCH, after=page.after, agents=names)
        yield [told.payload for told in page.statements]


# In -------------------------------------------------------------------------------------------


def lines_of(file: BinaryIO) -> Iterator[bytes]:
    """Read a file line by line; one that is too long comes in pieces, which are no statements.

    A byte order mark is passed over: editors put it there unasked.
    """
    first = file.readline(LONGEST_LINE + 1)
    rest = iter(lambda: file.readline(LONGEST_LINE + 1), b"")
    return chain([first.removeprefix(BYTE_ORDER_MARK)], rest) if first else rest


def statement_in(line: bytes) -> JsonObject:
    """Read a line of a file. Raises Problem where it is no valid statement."""
    statement = json_in.parse(line, max_bytes=LONGEST_LINE)
    check_statement(statement, _version(statement))
    return statement  # type: ignore[return-value]  # the check lets nothing pass but objects


def take(written: Iterable[bytes]) -> Report:
    """Store the statements of a file in the current tenant, those that are right and new.

    Each keeps its id, timestamp and authority; it is stored now. Attached files are not part of
    such a file. Opens units of work of its own, so what was taken stays when a later line fails.
    """
    report = Report()
    for _so_far in take_some(written, report):
        continue
    return report


def take_some(written: Iterable[bytes], report: Report) -> Iterator[Report]:
    """Do the same batch by batch; the report, which may speak of earlier lines, grows."""
    for batch in batches(enumerate(written, start=report.read + 1), BATCH):
        _take(batch, report)
        report.read += len(batch)
        yield report


def _take(batch: list[tuple[int, bytes]], report: Report) -> None:
    good: list[tuple[int, JsonObject]] = []
    for number, line in batch:
        if not line.strip():
            continue
        try:
            statement = statement_in(line)
        except Problem as problem:
            report.refused.append(Refused(number, str(problem)))
        else:
            good.append((number, _named(number, statement, report.origin)))
    while good:
        good = _store(good, report)


def _named(number: int, statement: JsonObject, origin: UUID | None) -> JsonObject:
    if "id" in statement or origin is None:
        return statement
    return {**statement, "id": str(uuid5(origin, str(number)))}


def _store(good: list[tuple[int, JsonObject]], report: Report) -> list[tuple[int, JsonObject]]:
    """Store valid statements; give back those whose id came earlier among them, to be compared."""
    firsts: dict[str, int] = {}
    for number, each in good:
        if "id" in each:
            firsts.setdefault(each["id"].lower(), number)
    again = [(n, each) for n, each in good if firsts.get(each.get("id", "").lower(), n) != n]
    good = [(n, each) for n, each in good if firsts.get(each.get("id", "").lower(), n) == n]
    with unit_of_work():
        conflicts = service.conflicts([statement for _, statement in good])
        report.refused += [
            Refused(number, service.StatementConflict.code)
            for number, each in good
            if each.get("id", "").lower() in conflicts
        ]
        kept = [each for _, each in good if each.get("id", "").lower() not in conflicts]
        for (authority, version), some in groupby(kept, key=_origin):
            service.store(list(some), service.Author(authority), version)
        report.taken += len(kept)
    return again


def _origin(statement: JsonObject) -> tuple[JsonObject, Version]:
    return statement.get("authority") or system_agent(), _version(statement)


def _version(statement: object) -> Version:
    """The version that it says it is of; 1.0.3 where it says none."""
    said = statement.get("version") if isinstance(statement, dict) else None
    return Version.V2 if str(said).startswith("2.") else Version.V1
