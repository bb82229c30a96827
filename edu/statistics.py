"""What the database knows of how its rows are spread."""

from edu.db import db, unit_of_work


def refresh() -> None:
    """Let the database look at how its rows are spread, so that it picks the right index.

    Without, SQLite prefers the index of the tenant, which holds every row of a college. Each
    table is sampled: a second for millions of rows. PostgreSQL does so by itself as well.
    """
    with unit_of_work():
        connection = db.session.connection()
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA analysis_limit=1000")
        connection.exec_driver_sql("ANALYZE")
