"""By what a statement is found: its own mentions, and those of what it refers to."""

from collections.abc import Collection, Iterator, Mapping
from uuid import UUID

import orjson
from sqlalchemy.engine import Connection

from edu.lrs.adapters import reading
from edu.lrs.adapters.rows import MentionRow, StatementRow, tables_of
from edu.lrs.core.identity import digest, usages_by_key
from edu.lrs.core.json_in import JsonObject

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
    already. Ids that we made up ourselves cannot be.
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
    if referring:
        rows = list(_inherited(connection, tenant_id, referring.values()))
        if rows:
            tables_of(connection).add_mentions(connection, rows)


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
