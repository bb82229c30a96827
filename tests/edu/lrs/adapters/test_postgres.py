"""Rows on their way into PostgreSQL."""

from uuid import UUID, uuid4

import pytest

from edu.lrs.adapters import postgres
from edu.lrs.adapters.postgres import COPY_FROM, PostgresTables
from edu.lrs.adapters.rows import StatementRow


@pytest.mark.parametrize(("count", "way"), [(2, "_insert_each"), (COPY_FROM, "_copy_all")])
def test_statements_go_in_the_order_of_their_ids(monkeypatch, count, way):
    """Two that bring the same ones in other orders would else wait for each other."""
    written: list[StatementRow] = []
    monkeypatch.setattr(postgres, "cursor", lambda _connection: None)
    monkeypatch.setattr(postgres, way, lambda _cursor, rows, _mentions: written.extend(rows))
    ids = [UUID(int=number) for number in range(count, 0, -1)]
    rows = [StatementRow(seq, each, uuid4(), b"{}", None, False) for seq, each in enumerate(ids)]

    PostgresTables().insert(None, rows, [])

    assert [row.id for row in written] == ids[::-1]
