"""Read statements of the current tenant."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy.engine import Connection

from edu.db import NoTenant, current_tenant, db, in_unit
from edu.lrs import links
from edu.lrs.adapters import lately, personas, reading
from edu.lrs.adapters.engines import tables_of
from edu.lrs.adapters.reading import Search, Told, Wanted
from edu.lrs.adapters.sql import Reader
from edu.lrs.core.identity import (
    ACTIVITY_USAGES,
    AGENT_USAGES,
    DIRECT_ACTIVITY_USAGES,
    DIRECT_AGENT_USAGES,
    REGISTRATION,
    Usage,
    agent_key,
    registration_key,
    verb_key,
)
from edu.lrs.core.json_in import JsonObject
from edu.lrs.core.query import StatementQuery
from edu.lrs.models import TICK_BITS, first_seq_at, moment_of
from edu.postgres import Direct, direct


@dataclass(frozen=True, slots=True)
class Page:
    """Some statements; `after` is the number of the last one when there are more."""

    statements: list[Told]
    after: int | None


def one(statement_id: UUID, *, voided: bool = False) -> Told | None:
    """Find the statement with this id, if it is voided or not as asked."""
    return reading.find_one(_reader(), tenant(), statement_id, voided=voided)


def page(
    query: StatementQuery,
    *,
    limit: int,
    after: int | None = None,
    authority: JsonObject | None = None,
) -> Page:
    """Find statements by filters, at most `limit`, from where another page ended.

    With `authority`, only those stored in that name. An agent who is known under several names is
    looked for under each.
    """
    asked = [query]
    if query.agent and _may_have_aliases():
        asked = [replace(query, agent=name) for name in same_person(query.agent)]
    found = {told.seq: told for each in asked for told in _found(each, limit + 1, after, authority)}
    rows = sorted(found.values(), reverse=not query.ascending)
    return Page(rows[:limit], rows[limit - 1].seq if len(rows) > limit else None)


def same_person(agent: JsonObject) -> list[JsonObject]:
    """Give the agent, and all others that are the same person in the current tenant's record."""
    return personas.same_person(_reader(), tenant(), agent)


def _found(
    query: StatementQuery, limit: int, after: int | None, authority: JsonObject | None
) -> list[Told]:
    above, below = _bounds(query, after)
    here, names = tenant(), list(_wanted(query, authority))
    search = Search(
        tenant_id=here,
        wanted=[_shortened(here, name, usages) for name, usages in names],
        above=above,
        below=below,
        ascending=query.ascending,
        limit=limit,
    )

    def is_right(told: Told) -> bool:
        return links.is_mentioned(_connection(), told, here, names)

    return reading.find(_reader(), search, is_right)


def _bounds(query: StatementQuery, after: int | None) -> tuple[int | None, int | None]:
    """Communication 2.1.3: stored after "since", and at "until" or before."""
    above = first_seq_at(query.since) + (1 << TICK_BITS) - 1 if query.since else None
    below = first_seq_at(query.until) + (1 << TICK_BITS) if query.until else None
    if after is not None and query.ascending:
        above = after if above is None else max(above, after)
    elif after is not None:
        below = after if below is None else min(below, after)
    return above, below


def _wanted(query: StatementQuery, authority: JsonObject | None) -> Iterable[tuple[str, int]]:
    """Turn filters into names and places, those that usually match least first."""
    if query.registration:
        yield registration_key(query.registration), Usage.REGISTRATION.bit
    if query.agent:
        places = AGENT_USAGES if query.related_agents else DIRECT_AGENT_USAGES
        yield agent_key(query.agent) or "", _bits(places)
    if query.activity:
        places = ACTIVITY_USAGES if query.related_activities else DIRECT_ACTIVITY_USAGES
        yield query.activity, _bits(places)
    if query.verb:
        yield verb_key(query.verb), Usage.VERB.bit
    if authority:
        yield agent_key(authority) or "", Usage.AUTHORITY.bit


def _shortened(tenant_id: UUID, name: str, usages: int) -> Wanted:
    is_whole = name.startswith(REGISTRATION)
    return Wanted(links.key_of(tenant_id, name), usages, None if is_whole else name.encode())


def _bits(usages: Iterable[Usage]) -> int:
    return sum(usage.bit for usage in usages)


def consistent_through() -> datetime:
    """All that was stored until then is found by now (Communication 2.1.3).

    Ask before reading, in a transaction that has not read yet. A moment of lag is no lie.
    """
    reader = _reader()
    ask = partial(tables_of(reader).horizon, reader)
    found = lately.horizon.told(reader, ask) if isinstance(reader, Direct) else ask()
    return moment_of(found - 1)


def _may_have_aliases() -> bool:
    reader, here = _reader(), tenant()
    ask = partial(personas.are_there, reader, here)
    return not isinstance(reader, Direct) or lately.has_aliases.told(here, ask)


def _reader() -> Reader:
    """What is read within a unit of work must see what the unit has written."""
    return (None if in_unit() else direct()) or _connection()


def _connection() -> Connection:
    return db.session.connection()


def tenant() -> UUID:
    """The tenant whose record is read; raises NoTenant outside any."""
    tenant_id = current_tenant()
    if tenant_id is None:
        raise NoTenant("statements were read outside any tenant")
    return tenant_id
