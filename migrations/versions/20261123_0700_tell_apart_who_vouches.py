"""Tell apart who vouches for a statement, and who for what it refers to.

A statement that refers to another was found by the other's authority as if that were its own, so
a key that may read what it stored itself read what others said of it. From now on such an
authority counts as an agent further inside. Only statements that refer to others are read, about
two thousand in a second.

Revision: 9b3e7a41c6d0
After: 6d1f0c3b8e52
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "9b3e7a41c6d0"
down_revision = "6d1f0c3b8e52"
branch_labels = None
depends_on = None

AT_ONCE, LONGEST_CHAIN = 1000, 50

STATEMENT = sa.table(
    "lrs_statement",
    sa.column("seq", sa.BigInteger),
    sa.column("id", sa.Uuid),
    sa.column("tenant_id", sa.Uuid),
    sa.column("payload", sa.LargeBinary),
    sa.column("target_id", sa.Uuid),
)
# 4 is the authority among the places, 2048 what is further inside.
MOVE = sa.text(
    "UPDATE lrs_mention SET usages = (usages & 32763) | 2048"
    " WHERE key = :key AND seq = :seq AND usages & 4 <> 0"
)


def upgrade() -> None:
    connection = op.get_bind()
    referring = sa.select(STATEMENT.c.seq).where(STATEMENT.c.target_id.is_not(None))
    seqs = connection.scalars(referring).all()
    for start in range(0, len(seqs), AT_ONCE):
        some = STATEMENT.c.seq.in_(seqs[start : start + AT_ONCE])
        rows = connection.execute(sa.select(STATEMENT).where(some)).all()
        moved = [{"key": key, "seq": row.seq} for row in rows for key in _others(connection, row)]
        if moved:
            connection.execute(MOVE, moved)


def downgrade() -> None:
    """Nothing to undo: the release before finds by these places what it should find by them."""


def _others(connection: sa.Connection, row: sa.Row[Any]) -> set[bytes]:
    """The keys of those who vouch for what a statement refers to, but not for itself."""
    found: set[bytes] = set()
    target, seen = row.target_id, {row.id}
    while target is not None and target not in seen and len(seen) <= LONGEST_CHAIN:
        seen.add(target)
        is_it = (STATEMENT.c.tenant_id == row.tenant_id) & (STATEMENT.c.id == target)
        known = connection.execute(sa.select(STATEMENT).where(is_it)).first()
        if known is None:
            break
        found |= set(_authority(known.tenant_id, known.payload))
        target = known.target_id
    return found - set(_authority(row.tenant_id, row.payload))


def _authority(tenant_id: UUID, payload: bytes) -> Iterator[bytes]:
    authority = json.loads(bytes(payload)).get("authority", {})
    agents: Sequence[Mapping[str, Any]] = [authority, *authority.get("member", ())]
    for name in filter(None, map(_name, agents)):
        yield blake2b(f"{tenant_id.hex} {name}".encode(), digest_size=16).digest()


def _name(agent: Mapping[str, Any]) -> str | None:
    """As edu.lrs.core.identity.agent_key names it."""
    if "mbox" in agent:
        local, _, domain = agent["mbox"].rpartition("@")
        return f"mbox {local}@{domain.lower()}"
    if "account" in agent:
        return f"account {agent['account']['homePage']} {agent['account']['name']}"
    if "mbox_sha1sum" in agent:
        return f"mbox_sha1sum {agent['mbox_sha1sum'].lower()}"
    return f"openid {agent['openid']}" if "openid" in agent else None
