"""PostgreSQL's direct way in a test, which has but one connection and undoes what it does."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from psycopg import pq

from edu.db import unit_of_work
from edu.postgres import Direct, Link, Row, Value, _numbered


class LinkInTest(Link):
    """On the test's own connection, where psycopg drops what others prepare."""

    def _execute(
        self, sql: str, values: Sequence[bytes | None], formats: Sequence[int]
    ) -> pq.abc.PGresult:
        return self._connection.exec_params(_numbered(sql), values, None, formats, pq.Format.BINARY)

    def change(self, sql: str, values: Sequence[Value]) -> list[Row]:
        """Run it so that it can fail without ending the test's transaction."""
        with unit_of_work():
            return self.run(sql, values)


def of_test(connection: sa.Connection) -> Direct:
    driver: Any = connection.connection.driver_connection  # psycopg's
    return Direct(lambda: LinkInTest(lambda: driver.pgconn))
