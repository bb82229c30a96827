"""Which engine writes: the one that the connection leads to."""

from edu.lrs.adapters.postgres import PostgresTables
from edu.lrs.adapters.rows import StatementTables
from edu.lrs.adapters.sql import Reader
from edu.lrs.adapters.sqlite import SqliteTables
from edu.postgres import Direct


def tables_of(connection: Reader) -> StatementTables:
    """The engine's way of writing."""
    if isinstance(connection, Direct) or connection.dialect.name == "postgresql":
        return PostgresTables()
    return SqliteTables()
