"""Read statements of the current tenant."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.engine import Connection

from edu.db import NoTenant, current_tenant, db
from edu.lrs.adapters import reading
from edu.lrs.adapters.reading import Search, Told, Wanted
from edu.lrs.adapters.rows import tables_of
from edu.lrs.core.identity import (
    ACTIVITY_USAGES,
    DIRECT_ACTIVITY_USAGES,
    DIRECT_AGENT_USAGES,
    Usage,
    agent_key,
    registration_key,
    verb_key,
)
from edu.lrs.core.json_in import JsonObject
from edu.lrs.core.query import StatementQuery
from edu.lrs.links import key_of
from edu.lrs.models import TICK_BITS, first_seq_at, moment_of

ANYWHERE = (1 << 15) - 1


@dataclass(frozen=True, slots=True)
class Page:
    """Some statements; `after` is the number of the last one when there are more."""

    statements: list[Told]
    after: int | None


def one(statement_id: UUID, *, voided: bool = False) -> Told | None:
    """Find the statement with this id, if it is voided or not as asked."""
    return reading.find_one(_connection(), tenant(), statement_id, voided=voided)


def page(
    query: StatementQuery,
    *,
    limit: int,
    after: int | None = None,
    authority: JsonObject | None = None,
) -> Page:
    """Find statements by filters, at most `limit`, from where another page ended.

    With `authority`, only those stored in that name.
    """
    above, below = _bounds(query, after)
    search = Search(
        tenant_id=tenant(),
        wanted=list(_wanted(query, authority)),
        above=above,
        below=below,
        ascending=query.ascending,
        limit=limit + 1,
    )
    found = reading.find(_connection(), search)
    return Page(found[:limit], found[limit - 1].seq if len(found) > limit else None)


def _bounds(query: StatementQuery, after: int | None) -> tuple[int | None, int | None]:
    """Communication 2.1.3: stored after "since", and at "until" or before."""
    above = first_seq_at(query.since) + (1 << TICK_BITS) - 1 if query.since else None
    below = first_seq_at(query.until) + (1 << TICK_BITS) if query.until else None
    if after is not None and query.ascending:
        above = after if above is None else max(above, after)
    elif after is not None:
        below = after if below is None else min(below, after)
    return above, below


def _wanted(query: StatementQuery, authority: JsonObject | None) -> Iterable[Wanted]:
    """Turn filters into keys, those that usually match least first."""
    here = tenant()
    if query.registration:
        yield Wanted(key_of(here, registration_key(query.registration)), ANYWHERE)
    if query.agent:
        places = ANYWHERE if query.related_agents else _bits(DIRECT_AGENT_USAGES)
        yield Wanted(key_of(here, agent_key(query.agent) or ""), places)
    if query.activity:
        places = _bits(ACTIVITY_USAGES if query.related_activities else DIRECT_ACTIVITY_USAGES)
        yield Wanted(key_of(here, query.activity), places)
    if query.verb:
        yield Wanted(key_of(here, verb_key(query.verb)), ANYWHERE)
    if authority:
        yield Wanted(key_of(here, agent_key(authority) or ""), Usage.AUTHORITY.bit)


def _bits(usages: Iterable[Usage]) -> int:
    return sum(usage.bit for usage in usages)


def consistent_through() -> datetime:
    """All that was stored until then is found by now (Communication 2.1.3).

    Ask before reading, in a transaction that has not read yet.
    """
    connection = _connection()
    return moment_of(tables_of(connection).horizon(connection) - 1)


def _connection() -> Connection:
    return db.session.connection()


def tenant() -> UUID:
    """The tenant whose record is read; raises NoTenant outside any."""
    tenant_id = current_tenant()
    if tenant_id is None:
        raise NoTenant("statements were read outside any tenant")
    return tenant_id
