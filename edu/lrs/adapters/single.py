"""One statement into PostgreSQL in one round trip: what busy tools send all the time.

One SQL statement is the whole transaction: it says that it is writing, reads the clock, makes the
number, puts the moment into the JSON and adds every row.
"""
# ruff: noqa: S608 - only constants are put together

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from edu.lrs.adapters.postgres import HELD, array_of, array_of_bytes
from edu.lrs.adapters.rows import DescriptionRow
from edu.lrs.models import TICK_BITS
from edu.postgres import Direct, Value

WRITERS = 1 << TICK_BITS


class SingleRow(NamedTuple):
    """A statement to be stored; where its payload is cut, the moment of storing belongs."""

    id: UUID
    tenant_id: UUID
    payload: Sequence[bytes]  # two or three pieces


# The row is not added where another statement already refers to this one: then there is more to do.
_MADE = f"""
    WITH {HELD}, clock AS MATERIALIZED (
        SELECT clock_timestamp() AS at, nextval(pg_get_serial_sequence('lrs_statement', 'seq'))
            AS writer FROM held
    ), numbered AS MATERIALIZED (
        SELECT (extract(epoch FROM at) * 1000000)::bigint * {WRITERS} + writer % {WRITERS} AS seq,
            to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')::bytea AS moment
        FROM clock
    ), made AS (
        INSERT INTO lrs_statement (seq, id, tenant_id, payload, is_voiding)
        SELECT seq, ?::uuid, ?::uuid,
            ?::bytea || moment || ?::bytea || coalesce(moment || ?::bytea, ''), false
        FROM numbered
        WHERE NOT EXISTS (
            SELECT 1 FROM lrs_statement other WHERE other.tenant_id = ? AND other.target_id = ?)
        RETURNING seq
    ), mentioned AS (
        INSERT INTO lrs_mention (key, seq, usages)
        SELECT unnest(?::bytea[]), seq, unnest(?::smallint[]) FROM made
    )"""
_TOLD = """, told AS (
        INSERT INTO lrs_description (id, tenant_id, key, seq, digest, content)
        SELECT d.id, ?, d.key, CASE WHEN d.is_name THEN 0 ELSE made.seq END, d.digest, d.content
        FROM made, unnest(?::uuid[], ?::bytea[], ?::boolean[], ?::bytea[], ?::bytea[])
            AS d (id, key, is_name, digest, content)
        WHERE NOT EXISTS (
            SELECT 1 FROM lrs_description k
            WHERE k.key = d.key AND k.digest = d.digest AND k.content = d.content)
    )"""
_DONE = " SELECT seq FROM made"


def store(
    connection: Direct,
    row: SingleRow,
    usages: Mapping[bytes, int],
    news: Sequence[DescriptionRow],
) -> bool:
    """Store one statement that refers to none; False, and nothing stored, where one awaits it.

    Raises psycopg's errors: UniqueViolation where the id is known.
    """
    first, second, *third = row.payload
    values: list[Value] = [row.id, row.tenant_id, first, second, third[0] if third else None]
    values += [row.tenant_id, row.id]
    values += [array_of_bytes(usages), array_of(usages.values())]
    if not news:
        return bool(connection.change(_MADE + _DONE, values))
    values += [row.tenant_id, array_of(each.id for each in news)]
    values += [array_of_bytes(each.key for each in news)]
    values += [array_of(each.seq == 0 for each in news)]
    values += [array_of_bytes(each.digest for each in news)]
    values += [array_of_bytes(each.content for each in news)]
    return bool(connection.change(_MADE + _TOLD + _DONE, values))
