"""By what a statement is found: its own mentions, and those of what it refers to."""

from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta
from uuid import UUID

import orjson
from sqlalchemy.engine import Connection

from edu.db import db, inside, unit_of_work, utcnow
from edu.jobs import enqueue, enqueue_at, job
from edu.lrs.adapters import reading
from edu.lrs.adapters.rows import MentionRow, StatementRow, tables_of
from edu.lrs.core.identity import digest, usages_by_key
from edu.lrs.core.json_in import JsonObject

AGAIN_AFTER = timedelta(seconds=2)
LONGEST_CHAIN = 50  # references followed; a statement about a statement about …


def key_of(tenant_id: UUID, value: str) -> bytes:
    """Shorten what identifies a thing, differently for each organisation."""
    return digest(f"{tenant_id.hex} {value}")


def mentions(tenant_id: UUID, seq: int, statement: JsonObject) -> Iterator[MentionRow]:
    """Give the rows by which a statement itself is found."""
    for value, usages in usages_by_key(statement).items():
        yield MentionRow(key_of(tenant_id, value), seq, usages)


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
    new = [UUID(said["id"]) for said in kept.values() if _refers(said)]
    referring = {row.seq: row for row in reading.by_ids(connection, tenant_id, new).values()}
    awaited = set(may_be_awaited)
    for _ in range(LONGEST_CHAIN):
        if not awaited:
            break
        found = reading.referring_to(connection, tenant_id, awaited)
        awaited = {row.id for row in found if row.seq not in referring}
        referring |= {row.seq: row for row in found}
    if new and tables_of(connection).has_many_writers:
        enqueue(look_again, tenant_id, new)
    if referring:
        rows = list(_inherited(connection, tenant_id, referring.values()))
        if rows:
            tables_of(connection).add_mentions(connection, rows)


@job()
def look_again(tenant_id: UUID, ids: list[UUID], stored_by: int | None = None) -> None:
    """Link statements to what was stored at the same moment, once all that was has come to light.

    Who wrote without seeing them took its numbers before `stored_by`, when they were there.
    """
    with inside(tenant_id), unit_of_work():
        connection = db.session.connection()
        tables = tables_of(connection)
        if stored_by is None or tables.horizon(connection) < stored_by:
            [now] = tables.reserve(connection, 1)
            moment = utcnow() + AGAIN_AFTER
            enqueue_at(moment, look_again, tenant_id, ids, stored_by or now)
            return
        rows = reading.by_ids(connection, tenant_id, ids).values()
        if found := list(_inherited(connection, tenant_id, rows)):
            tables.add_mentions(connection, found)


def _refers(statement: JsonObject) -> bool:
    return bool(statement["object"].get("objectType") == "StatementRef")


def _inherited(
    connection: Connection, tenant_id: UUID, referring: Collection[StatementRow]
) -> Iterator[MentionRow]:
    known: dict[UUID, StatementRow] = {}
    for row in referring:
        target, steps = row.target_id, 0
        found: dict[str, int] = {}
        while target is not None and target != row.id and steps < LONGEST_CHAIN:
            if target not in known:
                known |= reading.by_ids(connection, tenant_id, [target])
            if target not in known:
                break
            for value, usages in usages_by_key(orjson.loads(known[target].payload)).items():
                found[value] = found.get(value, 0) | usages
            target, steps = known[target].target_id, steps + 1
        for value, usages in found.items():
            yield MentionRow(key_of(tenant_id, value), row.seq, usages)
