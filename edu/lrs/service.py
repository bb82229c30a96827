"""Store statements: within the open unit of work, for the current tenant."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson
from sqlalchemy.engine import Connection

from edu.db import NoTenant, WriteOutsideUnit, after_commit, current_tenant, db, in_unit, new_id
from edu.errors import DomainError
from edu.i18n import lazy
from edu.lrs import links
from edu.lrs.adapters import lately, reading, together
from edu.lrs.adapters.at_once import Bundle, Unnumbered
from edu.lrs.adapters.engines import tables_of
from edu.lrs.adapters.rows import MentionRow, StatementRow
from edu.lrs.core import identity
from edu.lrs.core.equality import equivalent
from edu.lrs.core.intake import complete
from edu.lrs.core.json_in import JsonObject, write
from edu.lrs.core.values import format_timestamp
from edu.lrs.core.version import Version
from edu.lrs.descriptions import News, remember
from edu.lrs.models import moment_of
from edu.postgres import direct

_WHEN = secrets.token_hex(16)  # where the moment of storing goes; no statement can hold it
_CUT = _WHEN.encode()


class StatementConflict(DomainError):
    """Another statement has this id already (Communication 2.1.1, 2.1.2). `values`: `id`."""

    code = "statement-conflict"
    title = lazy("Another statement already has the id %(id)s.")


@dataclass(frozen=True, slots=True)
class Author:
    """In whose name statements are stored, and whether their definitions count."""

    authority: JsonObject
    may_define: bool = True


def store(
    statements: Sequence[JsonObject],
    author: Author,
    version: Version,
    *,
    happened: datetime | None = None,
) -> list[UUID]:
    """Store valid statements, all or none, and give their ids in the same order.

    `happened` is the timestamp of those that name none, by default the moment of storing. A
    statement that is known already, saying the same, is not stored again. Raises
    StatementConflict when it says something else, and IdTaken when another request was faster.
    """
    connection, tenant_id = _connection(), _tenant()
    ids = [UUID(each["id"]) if "id" in each else new_id() for each in statements]
    given = [found for found, each in zip(ids, statements, strict=True) if "id" in each]
    known = reading.by_ids(connection, tenant_id, given)
    default = {} if happened is None else {"timestamp": format_timestamp(happened)}
    fresh = []
    for statement_id, statement in zip(ids, statements, strict=True):
        if statement_id not in known:
            fresh.append((statement_id, default | statement))
        elif not equivalent(statement, orjson.loads(known[statement_id].payload)):
            raise StatementConflict(id=statement_id)
    if fresh:
        after_commit(lately.horizon.forget)
        kept = _numbered(connection, fresh, author, version)
        news = News(tenant_id, may_define=author.may_define)
        found = {seq: news.gather(seq, said) for seq, said in kept.items()}
        _insert(connection, tenant_id, kept, found)
        awaited = set(given) - known.keys()
        links.inherit(connection, tenant_id, kept, may_be_awaited=awaited)
        remember(connection, news)
    return ids


def store_at_once(statements: Sequence[JsonObject], author: Author, version: Version) -> bool:
    """Store valid statements, which have ids, as a transaction of its own, in one round trip.

    False where that is not possible and nothing was stored: no PostgreSQL, a statement that refers
    to another or is referred to, an id that is known. Then `store` in a unit of work does it, also
    when nobody can tell whether they were stored: that one looks first.
    """
    connection = direct()
    if connection is None or any(map(links.refers, statements)):
        return False
    tenant_id = _tenant()
    rows: list[Unnumbered] = []
    news = News(tenant_id, may_define=author.may_define)
    for place, statement in enumerate(statements, start=1):
        said = complete(
            statement,
            statement_id=statement["id"],
            stored=_WHEN,
            authority=author.authority,
            version=version,
        )
        own_id = bytes.fromhex(said["id"].replace("-", ""))
        rows.append(Unnumbered(own_id, write(said).split(_CUT), news.gather(place, said)))
    bundle = Bundle(tenant_id, rows, [*news.names, *news.wordings])
    is_stored = together.store(connection, bundle)
    if is_stored:
        lately.horizon.forget()
        news.remember()
    return is_stored


def conflicts(statements: Sequence[JsonObject]) -> set[str]:
    """Give the ids, in lower case, that are known to say something else."""
    given = {UUID(each["id"]): each for each in statements if "id" in each}
    known = reading.by_ids(db.session.connection(), _tenant(), given)
    return {
        str(found)
        for found, row in known.items()
        if not equivalent(given[found], orjson.loads(row.payload))
    }


def _numbered(
    connection: Connection,
    fresh: Sequence[tuple[UUID, JsonObject]],
    author: Author,
    version: Version,
) -> dict[int, JsonObject]:
    """Take a number for each statement and complete it."""
    numbers = tables_of(connection).reserve(connection, len(fresh))
    return {
        seq: complete(
            statement,
            statement_id=str(statement_id),
            stored=format_timestamp(moment_of(seq)),
            authority=author.authority,
            version=version,
        )
        for seq, (statement_id, statement) in zip(numbers, fresh, strict=True)
    }


def _insert(
    connection: Connection,
    tenant_id: UUID,
    kept: Mapping[int, JsonObject],
    found: Mapping[int, Mapping[bytes, int]],
) -> None:
    rows: list[StatementRow] = []
    mentions: list[MentionRow] = []
    for seq, said in kept.items():
        target = identity.referenced_statement(said)
        rows.append(
            StatementRow(
                seq,
                UUID(said["id"]),
                tenant_id,
                write(said),
                UUID(target) if target else None,
                identity.voided_statement(said) is not None,
            )
        )
        mentions += [MentionRow(key, seq, places) for key, places in found[seq].items()]
    tables_of(connection).insert(connection, rows, mentions)


def _connection() -> Connection:
    if not in_unit():
        raise WriteOutsideUnit("open a unit_of_work first")
    return db.session.connection()


def _tenant() -> UUID:
    tenant_id = current_tenant()
    if tenant_id is None:
        raise NoTenant("a statement was stored outside any tenant")
    return tenant_id
