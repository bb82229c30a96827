"""Whole records out and in: one statement a line, JSON in UTF-8 (NDJSON)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, islice

from edu.db import db, unit_of_work
from edu.lrs import queries, service
from edu.lrs.adapters import reading
from edu.lrs.adapters.rows import tables_of
from edu.lrs.agents import system_agent
from edu.lrs.core import json_in
from edu.lrs.core.json_in import JsonObject
from edu.lrs.core.problems import Problem
from edu.lrs.core.validation.statement import check_statement
from edu.lrs.core.version import Version

BATCH = 500
LONGEST_LINE = 16 << 20


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that was not taken, and why, as a code."""

    line: int
    why: str


@dataclass(slots=True)
class Report:
    """What became of the lines; known statements count as taken."""

    taken: int = 0
    refused: list[Refused] = field(default_factory=list)


def lines() -> Iterator[bytes]:
    """Give every statement of the current tenant, the oldest first, voided ones too."""
    last = 0
    while True:
        connection = db.session.connection()
        horizon = tables_of(connection).horizon(connection)
        rows = reading.after(connection, last, horizon, limit=BATCH, tenant_id=queries.tenant())
        yield from (row.payload for row in rows)
        if len(rows) < BATCH:
            return
        last = rows[-1].seq


def take(written: Iterable[bytes]) -> Report:
    """Store the statements of a file in the current tenant, those that are right and new.

    Each keeps its id, timestamp and authority; it is stored now. Attached files are not part of
    such a file. Opens units of work of its own, so what was taken stays when a later line fails.
    """
    report = Report()
    rest = enumerate(written, start=1)
    while batch := list(islice(rest, BATCH)):
        _take(batch, report)
    return report


def _take(batch: list[tuple[int, bytes]], report: Report) -> None:
    good: list[tuple[int, JsonObject]] = []
    for number, line in batch:
        if not line.strip():
            continue
        try:
            statement = json_in.parse(line, max_bytes=LONGEST_LINE)
            check_statement(statement, Version.V1)
        except Problem as problem:
            report.refused.append(Refused(number, str(problem)))
        else:
            good.append((number, statement))  # type: ignore[arg-type]  # only objects pass
    with unit_of_work():
        conflicts = service.conflicts([statement for _, statement in good])
        report.refused += [
            Refused(number, service.StatementConflict.code)
            for number, each in good
            if each.get("id", "").lower() in conflicts
        ]
        kept = [each for _, each in good if each.get("id", "").lower() not in conflicts]
        for authority, some in groupby(kept, key=_authority):
            service.store(list(some), service.Author(authority), Version.V1)
        report.taken += len(kept)


def _authority(statement: JsonObject) -> JsonObject:
    return statement.get("authority") or system_agent()
