"""By what a statement is found: its own mentions, and those of what it refers to."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import timedelta
from functools import lru_cache
from uuid import UUID

import orjson
from sqlalchemy.engine import Connection

from edu.db import db, inside, unit_of_work, utcnow
from edu.jobs import enqueue, enqueue_at, job
from edu.lrs.adapters import reading
from edu.lrs.adapters.engines import tables_of
from edu.lrs.adapters.reading import Told
from edu.lrs.adapters.rows import MentionRow, StatementRow
from edu.lrs.core import identity
from edu.lrs.core.identity import REGISTRATION, Usage, digest, joined
from edu.lrs.core.json_in import JsonObject

AGAIN_AFTER = timedelta(seconds=2)
MOST_KEYS, MOST_TENANTS = 10_000, 50  # remembered by a process: about 150 MB if all are in use
LONGEST_NAME = 1000  # letters of a name that is worth remembering
LONGEST_CHAIN = 50  # references followed; a statement about a statement about …
_INSIDE = Usage.SUBSTATEMENT.bit


class _Keys(dict[str, bytes]):
    """The keys of one organisation, each made when it is first asked for."""

    def __init__(self, tenant_id: UUID) -> None:
        super().__init__()
        self._prefix = f"{tenant_id.hex} "

    def __missing__(self, name: str) -> bytes:
        if name.startswith(REGISTRATION):
            return bytes.fromhex(name[len(REGISTRATION) :].replace("-", ""))
        key = digest(self._prefix + name)
        if len(name) <= LONGEST_NAME:
            if len(self) >= MOST_KEYS:
                self.clear()
            self[name] = key
        return key


@lru_cache(maxsize=MOST_TENANTS)
def keys_of(tenant_id: UUID) -> Mapping[str, bytes]:
    """Shorten what identifies things, differently for each organisation.

    A registration is as long as a key and is one itself; rows say that they are of one.
    """
    return _Keys(tenant_id)


def key_of(tenant_id: UUID, name: str) -> bytes:
    """Shorten what identifies one thing."""
    return keys_of(tenant_id)[name]


def by_key(tenant_id: UUID, names: Iterable[tuple[str, int]]) -> dict[bytes, int]:
    """Give the keys by which a statement is found, with the places of each as bits."""
    keys = keys_of(tenant_id)
    return joined((keys[name], place) for name, place in names)


def is_mentioned(connection: Connection, told: Told, wanted: Iterable[tuple[str, int]]) -> bool:
    """Look whether a statement, with what it refers to, truly mentions all things at those places.

    For searches whose keys are short for more than one thing.
    """
    [row] = reading.by_seqs(connection, [told.seq])
    names = joined(all_names(connection, row))
    return all(names.get(name, 0) & places for name, places in wanted)


def inherit(
    connection: Connection,
    tenant_id: UUID,
    kept: Mapping[int, JsonObject],
    *,
    may_be_awaited: Collection[UUID],
) -> None:
    """Let statements be found by what they refer to (Communication 2.1.3), whichever came first.

    `kept` has just been stored; `may_be_awaited` are ids among it that others may refer to
    already. Ids that we made up ourselves cannot be. Where many write at once, a statement and
    what it refers to may be stored at the same moment, neither seeing the other: then a job looks
    again.
    """
    new = [UUID(said["id"]) for said in kept.values() if refers(said)]
    if new and tables_of(connection).has_many_writers:
        enqueue(look_again, tenant_id, new)
    _link(connection, tenant_id, new, may_be_awaited)


@job()
def look_again(tenant_id: UUID, ids: list[UUID], stored_by: int | None = None) -> None:
    """Link statements to what was stored at the same moment, once all that was has come to light.

    Who wrote without seeing them took its numbers before `stored_by`, when they were there. What
    referred to them before could not know either.
    """
    with inside(tenant_id), unit_of_work():
        connection = db.session.connection()
        tables = tables_of(connection)
        if stored_by is None or tables.horizon(connection) < stored_by:
            [now] = tables.reserve(connection, 1)
            moment = utcnow() + AGAIN_AFTER
            enqueue_at(moment, look_again, tenant_id, ids, stored_by or now)
            return
        _link(connection, tenant_id, ids, ids)


def refers(statement: JsonObject) -> bool:
    """True when its object is a reference to another statement."""
    return bool(statement["object"].get("objectType") == "StatementRef")


def _link(
    connection: Connection,
    tenant_id: UUID,
    referring: Collection[UUID],
    may_be_awaited: Collection[UUID],
) -> None:
    """Give statements the keys of what they refer to, and so all that refer to the awaited."""
    found = {row.seq: row for row in reading.by_ids(connection, tenant_id, referring).values()}
    awaited = set(may_be_awaited)
    for _ in range(LONGEST_CHAIN):
        if not awaited:
            break
        rows = reading.referring_to(connection, tenant_id, awaited)
        awaited = {row.id for row in rows if row.seq not in found}
        found |= {row.seq: row for row in rows}
    if mentions := list(_inherited(connection, tenant_id, found.values())):
        tables_of(connection).add_mentions(connection, mentions)


def _inherited(
    connection: Connection, tenant_id: UUID, referring: Iterable[StatementRow]
) -> Iterator[MentionRow]:
    known: dict[UUID, StatementRow] = {}
    for row in referring:
        names = _inherited_names(connection, row, known)
        for key, places in by_key(tenant_id, names).items():
            yield MentionRow(key, row.seq, places)


def _inherited_names(
    connection: Connection, row: StatementRow, known: dict[UUID, StatementRow]
) -> Iterator[tuple[str, int]]:
    """Follow the references of one statement; `known` spares reading one twice.

    Nobody stored it in the name of those who vouch for what it refers to. "related_agents" finds it
    by them all the same, as by all agents further inside.
    """
    target, steps = row.target_id, 0
    while target is not None and target != row.id and steps < LONGEST_CHAIN:
        if target not in known:
            known |= reading.by_ids(connection, row.tenant_id, [target])
        if target not in known:
            break
        for name, place in names_of(known[target].payload):
            yield name, _INSIDE if place == Usage.AUTHORITY.bit else place
        target, steps = known[target].target_id, steps + 1


def all_names(connection: Connection, row: StatementRow) -> list[tuple[str, int]]:
    """Name what a stored statement is found by: its own, and those of all that it refers to."""
    return [*names_of(row.payload), *_inherited_names(connection, row, {})]


def names_of(payload: bytes) -> list[tuple[str, int]]:
    """Name what a stored statement itself is found by, place by place."""
    return identity.names(orjson.loads(payload))
