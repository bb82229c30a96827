"""The record store, for the other packages.

Statements come from `edu.lrs.core.build`; they are stored when the open unit of work is.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson

from edu.accounts.models import Person
from edu.db import db, new_id, utcnow
from edu.lrs import queries, service
from edu.lrs.adapters import reading
from edu.lrs.adapters.engines import tables_of
from edu.lrs.agents import agent_of, person_id_of, system_agent
from edu.lrs.core.identity import agent_key
from edu.lrs.core.json_in import JsonObject
from edu.lrs.core.query import StatementQuery
from edu.lrs.core.validation.statement import check_statement
from edu.lrs.core.values import format_timestamp
from edu.lrs.core.version import Version
from edu.lrs.models import moment_of
from edu.lrs.privacy import jobs as privacy

__all__ = [
    "Recorded",
    "after",
    "agent_of",
    "forget",
    "person_id_of",
    "record",
    "statements",
    "statements_about",
    "system_agent",
    "together",
]


WAITING = "statements_waiting"  # in the session: what `together` holds back


@dataclass(frozen=True, slots=True)
class Recorded:
    """A statement of the record: `seq` orders all statements and is never given twice."""

    seq: int
    tenant_id: UUID
    statement: JsonObject

    @property
    def stored(self) -> datetime:
        """When it was stored."""
        return moment_of(self.seq)


def forget(person: Person) -> None:
    """Take a person whose account goes out of all records, later; statistics stay whole."""
    privacy.start_for_account(person)


def record(statement: JsonObject) -> UUID:
    """Store a statement of our own in the open unit of work, for the current tenant; give its id.

    The authority is this installation; the timestamp is now unless it says one. A statement with
    an id that is known already, saying the same, is not stored twice. Raises InvalidStatement,
    and StatementConflict where it says something else.
    """
    check_statement(statement, Version.V1)
    if (waiting := db.session().info.get(WAITING)) is not None:
        given = {"id": str(new_id()), "timestamp": format_timestamp(utcnow())} | statement
        waiting.append(given)
        return UUID(given["id"])
    return _store([statement])[0]


@contextmanager
def together() -> Iterator[None]:
    """Store all that is recorded within at once, when the block ends: many times faster.

    Each statement is of the moment at which it was recorded. Until the end none can be found.
    """
    info = db.session().info
    waiting: list[JsonObject] = []
    info[WAITING] = waiting
    try:
        yield
    finally:
        del info[WAITING]
    _store(waiting)


def _store(statements: Sequence[JsonObject]) -> list[UUID]:
    author = service.Author(system_agent())
    return service.store(statements, author, Version.V1, happened=utcnow())


def statements(  # noqa: PLR0913 - the filters of the specification
    *,
    agent: JsonObject | None = None,
    verb: str | None = None,
    activity: str | None = None,
    registration: UUID | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    related: bool = False,
    ascending: bool = False,
    limit: int = 100,
) -> list[Recorded]:
    """Find statements of the current tenant, the latest first; voided ones are left out.

    `verb` and `activity` are IRIs. `related` also finds agents and activities in other places
    than actor and object. "since" is exclusive, "until" inclusive, both of storing.
    """
    if agent is not None and agent_key(agent) is None:
        raise ValueError("an anonymous group cannot be looked for")
    query = StatementQuery(
        agent=agent,
        verb=verb,
        activity=activity,
        registration=str(registration) if registration else None,
        related_agents=related,
        related_activities=related,
        since=since,
        until=until,
        ascending=ascending,
    )
    tenant_id = queries.tenant()
    return [
        Recorded(found.seq, tenant_id, orjson.loads(found.payload))
        for found in queries.page(query, limit=limit).statements
    ]


def statements_about(person: Person, *, limit: int = 100) -> list[Recorded]:
    """Find what a person did or what was done to them, in the current tenant, the latest first."""
    return statements(agent=agent_of(person), limit=limit)


def after(seq: int, limit: int = 1000, *, all_tenants: bool = False) -> Sequence[Recorded]:
    """Read on from a sequence number, in the order of storing, voided statements and all.

    What is still being written is held back, with everything after it: whoever keeps the last
    number read and asks again misses nothing. Begin with 0. `all_tenants` is for analytics of the
    whole province; otherwise the current tenant's statements.
    """
    connection = db.session.connection()
    horizon = tables_of(connection).horizon(connection)
    tenant_id = None if all_tenants else queries.tenant()
    rows = reading.after(connection, seq, horizon, limit=limit, tenant_id=tenant_id)
    return [Recorded(row.seq, row.tenant_id, orjson.loads(row.payload)) for row in rows]
