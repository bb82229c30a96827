"""Read statements of the current tenant."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.engine import Connection

from edu.db import NoTenant, current_tenant, db, in_unit
from edu.lrs import links
from edu.lrs.adapters import lately, personas, reading
from edu.lrs.adapters.engines import tables_of
from edu.lrs.adapters.reading import Joined, Search, Told, Wanted
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


def _bits(usages: Iterable[Usage]) -> int:
    return sum(usage.bit for usage in usages)


_AGENTS, _ALL_AGENTS = _bits(DIRECT_AGENT_USAGES), _bits(AGENT_USAGES)
_ACTIVITIES, _ALL_ACTIVITIES = _bits(DIRECT_ACTIVITY_USAGES), _bits(ACTIVITY_USAGES)


class Page(NamedTuple):
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
    agents: Sequence[JsonObject] = (),
) -> Page:
    """Find statements by filters, at most `limit`, from where another page ended.

    With `authority`, only those stored in that name; with `agents`, those of any of them. An agent
    who is known under several names is looked for under each.
    """
    asked = [query]
    meant = agents or ([query.agent] if query.agent else [])
    if agents or (meant and _may_have_aliases(_reader(), tenant())):
        asked = [query._replace(agent=name) for agent in meant for name in same_person(agent)]
    found = {told.seq: told for each in asked for told in _found(each, limit + 1, after, authority)}
    rows = sorted(found.values(), reverse=not query.ascending)
    return Page(rows[:limit], rows[limit - 1].seq if len(rows) > limit else None)


def joined_page(
    query: StatementQuery,
    *,
    limit: int,
    after: int | None = None,
    authority: JsonObject | None = None,
) -> Joined | None:
    """Find the same page in one piece. None where it takes more than one look: ask for `page`."""
    reader, here = _reader(), tenant()
    if not isinstance(reader, Direct) or (query.agent and _may_have_aliases(reader, here)):
        return None
    wanted = _rarest_first(reader, _wanted(query, authority))
    return reading.find_joined(reader, _search(query, wanted, limit + 1, after))


def same_person(agent: JsonObject) -> list[JsonObject]:
    """Give the agent, and all others that are the same person in the current tenant's record."""
    return personas.same_person(_reader(), tenant(), agent)


def _found(
    query: StatementQuery, limit: int, after: int | None, authority: JsonObject | None
) -> list[Told]:
    reader, names = _reader(), _wanted(query, authority)

    def is_right(told: Told) -> bool:
        return links.is_mentioned(_connection(), told, names)

    search = _search(query, _rarest_first(reader, names), limit, after)
    return reading.find(reader, search, is_right)


def _search(
    query: StatementQuery, wanted: Sequence[Wanted], limit: int, after: int | None
) -> Search:
    above, below = _bounds(query, after)
    return Search(tenant(), wanted, above, below, query.ascending, limit)


def _bounds(query: StatementQuery, after: int | None) -> tuple[int | None, int | None]:
    """Communication 2.1.3: stored after "since", and at "until" or before."""
    above = first_seq_at(query.since) + (1 << TICK_BITS) - 1 if query.since else None
    below = first_seq_at(query.until) + (1 << TICK_BITS) if query.until else None
    if after is not None and query.ascending:
        above = after if above is None else max(above, after)
    elif after is not None:
        below = after if below is None else min(below, after)
    return above, below


def _wanted(query: StatementQuery, authority: JsonObject | None) -> list[tuple[str, int]]:
    """Turn filters into names and places, those that usually match least first."""
    wanted = []
    if query.registration:
        wanted.append((registration_key(query.registration), Usage.REGISTRATION.bit))
    if query.agent:
        places = _ALL_AGENTS if query.related_agents else _AGENTS
        wanted.append((agent_key(query.agent) or "", places))
    if query.activity:
        places = _ALL_ACTIVITIES if query.related_activities else _ACTIVITIES
        wanted.append((query.activity, places))
    if query.verb:
        wanted.append((verb_key(query.verb), Usage.VERB.bit))
    if authority:
        wanted.append((agent_key(authority) or "", Usage.AUTHORITY.bit))
    return wanted


def _rarest_first(reader: Reader, names: Iterable[tuple[str, int]]) -> list[Wanted]:
    """Shorten names. Of several, the rarest is walked along; among the common, their order is kept.

    How common each is, is asked for by itself: most questions have one key that is not remembered.
    """
    here = tenant()
    wanted = [_shortened(here, name, usages) for name, usages in names]
    if len(wanted) > 1:
        wanted.sort(key=partial(_how_common, reader))
    return wanted


def _how_common(reader: Reader, wanted: Wanted) -> int:
    ask = partial(reading.how_common, reader, wanted.key)
    return lately.commonness.told(wanted.key, ask)


def _shortened(tenant_id: UUID, name: str, usages: int) -> Wanted:
    is_whole = name.startswith(REGISTRATION)
    return Wanted(links.key_of(tenant_id, name), usages, None if is_whole else name.encode())


def consistent_through() -> datetime:
    """All that was stored until then is found by now (Communication 2.1.3).

    Ask before reading, in a transaction that has not read yet. A moment of lag is no lie.
    """
    reader = _reader()
    ask = partial(_horizon, reader)
    return lately.horizon.told(reader, ask) if isinstance(reader, Direct) else ask()


def _horizon(reader: Reader) -> datetime:
    return moment_of(tables_of(reader).horizon(reader) - 1)


def _may_have_aliases(reader: Reader, here: UUID) -> bool:
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
