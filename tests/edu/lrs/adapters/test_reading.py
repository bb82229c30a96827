"""A page in one piece: joined unread where nothing has to be looked at, else not at all."""

from itertools import count
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from edu import postgres
from edu.db import db
from edu.lrs.adapters import reading
from edu.lrs.adapters.reading import Joined, Search, find_joined
from edu.lrs.adapters.sql import run
from edu.lrs.models import LARGEST_SEQ, Statement
from edu.postgres import direct

SIZE = 2


class Reader:
    """Finds what it is told to find."""

    def __init__(self, *rows: tuple[int, bytes | None, int]) -> None:
        self.rows = rows

    def columns(self, _sql, _values):
        return [list(column) for column in zip(*self.rows, strict=True)] or [[], [], []]


def joined(*rows, ascending: bool = False) -> Joined | None:
    return find_joined(Reader(*rows), Search(uuid4(), [], None, None, ascending, SIZE + 1))


@pytest.mark.parametrize(
    ("rows", "page"),
    [
        ((), Joined(b"", None)),
        (((7, b"c", 0),), Joined(b"c", None)),
        (((7, b"c", 0), (5, b"b", 0)), Joined(b"c,b", None)),
        (((7, b"c", 0), (5, b"b", 0), (4, b"a", 0)), Joined(b"c,b", 5)),
    ],
)
def test_a_page_says_where_it_ends_if_more_follow(rows, page):
    assert joined(*rows) == page


def test_the_oldest_may_come_first():
    rows = ((4, b"a", 0), (5, b"b", 0), (7, b"c", 0))

    assert joined(*rows, ascending=True) == Joined(b"a,b", 5)


@pytest.mark.parametrize(
    "rows",
    [
        ((7, b"c", 0), (5, None, 0)),  # voided
        ((7, b"c", 1), (5, b"b", 1)),  # a key that is short for several things
        ((5, b"b", 0), (7, b"c", 0)),  # another order
    ],
)
def test_what_has_to_be_looked_at_is_not_joined(rows):
    assert joined(*rows) is None


# Small organisations beside large ones


def kept(tenant_id: UUID, numbers: range, target_id: UUID | None = None) -> None:
    rows = [
        {"seq": seq, "id": uuid4(), "tenant_id": tenant_id, "payload": b"{}"}
        | {"target_id": target_id, "is_voiding": False}
        for seq in numbers
    ]
    db.session.execute(sa.insert(Statement), rows)


@pytest.fixture(params=[True, False], ids=["analysed", "not analysed"])
def small(request, app):
    """Three statements among three thousand, of which each refers to another."""
    tenant_id = uuid4()
    kept(tenant_id, range(3))
    kept(uuid4(), range(10, 3010), uuid4())
    if request.param:
        db.session.execute(sa.text("ANALYZE lrs_statement"))
    return tenant_id


SETTINGS = postgres.SETTINGS.decode().replace("SET ", "SET LOCAL ")
_prepared = count()


def plan_of(sql: str, values: list) -> str:
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        return str(run(connection, f"EXPLAIN QUERY PLAN {sql}", values))
    name = f"question_{next(_prepared)}"
    words = postgres._numbered(sql).decode()
    for command in (*SETTINGS.split(";"), f"PREPARE {name} AS {words}"):
        connection.exec_driver_sql(command)
    given = ", ".join(f"'{value}'" if isinstance(value, UUID) else str(value) for value in values)
    return str(connection.exec_driver_sql(f"EXPLAIN EXECUTE {name}({given})").all())


@pytest.mark.parametrize("ascending", [False, True])
@pytest.mark.parametrize("above", [None, 1])
def test_only_its_own_statements_are_walked_through(small, above, ascending):
    plan = plan_of(*reading._latest(Search(small, [], above, None, ascending, 26)))

    assert "ix_lrs_statement_tenant_seq" in plan
    assert "ix_lrs_statement_target" in plan
    assert "pk_lrs_statement" not in plan
    assert "Sort" not in plan
    assert "SCAN s" not in plan  # as SQLite says it
    assert "TEMP B-TREE" not in plan


def test_all_of_its_own_and_nothing_else_is_found(small):
    reader = direct() or db.session.connection()

    def seqs(above: int | None, below: int | None, *, ascending: bool) -> list[int]:
        search = Search(small, [], above, below, ascending, 26)
        return [each.seq for each in reading.find(reader, search, lambda _told: True)]

    assert seqs(None, None, ascending=False) == [2, 1, 0]
    assert seqs(0, None, ascending=True) == [1, 2]
    assert seqs(None, 2, ascending=True) == [0, 1]
    assert seqs(2, 10_000, ascending=False) == []
    feed = reading.after(db.session.connection(), 0, LARGEST_SEQ, limit=9, tenant_id=small)
    assert [row.seq for row in feed] == [1, 2]
