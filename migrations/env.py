"""Alembic's entry: one history for all packages, portable SQL, batch mode for SQLite."""

import sqlalchemy as sa
from alembic import context
from flask import current_app

from edu.db import Base, db
from edu.sqlite import UtcDateTime


def _keep_our_tables_only(
    _item: object,
    name: str | None,
    kind: str,
    reflected: bool,
    _other: object,
) -> bool:
    """Leave tables alone that an adapter makes for itself (search, LRS partitions)."""
    return not (kind == "table" and reflected and name not in Base.metadata.tables)


def _render(kind: str, item: object, _context: object) -> str | bool:
    """Write moments as plain DateTime: a revision imports nothing of ours."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, sa.PrimaryKeyConstraint):
        return _key_with_more(item)
    return False


def _key_with_more(key: sa.PrimaryKeyConstraint) -> str | bool:
    """Write what else the key's index holds in PostgreSQL, which Alembic forgets."""
    included = key.dialect_options["postgresql"]["include"]
    if not included:
        return False
    names = ", ".join(repr(column.name) for column in key.columns)
    name = f"op.f({str(key.name)!r})"
    return f"sa.PrimaryKeyConstraint({names}, name={name}, postgresql_include={included!r})"


def run() -> None:
    """Run the migrations on the app's database, one transaction each."""
    current_app.logger.disabled = True
    with db.engine.connect() as plain:
        connection = plain.execution_options(writes=True)
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
            render_item=_render,
            include_object=_keep_our_tables_only,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
