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
from edu.lrs.models import LARGEST_SEQ, Mention, Statement
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


# What is not to be shown


class Record:
    """Many statements, of which only the oldest are to be shown, and how often it was asked."""

    def __init__(self, monkeypatch, *, shown: int, hidden: int) -> None:
        self.rows = [(seq, b"{}" if seq < shown else None, 0) for seq in range(shown + hidden)]
        self.limits: list[int] = []
        monkeypatch.setattr(reading, "_looked_up", self.look_up)

    def look_up(self, _reader, search: Search) -> list[tuple]:
        self.limits.append(search.limit)
        left = self.rows if search.below is None else self.rows[: search.below]
        return left[::-1][: search.limit]


def found(wanted: int, is_right=bool) -> list[int]:
    return [each.seq for each in reading.find(None, an_empty_search(wanted), is_right)]


def an_empty_search(limit: int) -> Search:
    return Search(uuid4(), [], None, None, False, limit)


def test_a_page_below_many_voided_statements_takes_few_steps(monkeypatch):
    record = Record(monkeypatch, shown=100, hidden=10_000)

    assert found(101) == list(reversed(range(100)))
    assert len(record.limits) < 20
    assert max(record.limits) <= reading.LONGEST_STEP


def test_no_more_are_given_than_were_asked_for(monkeypatch):
    record = Record(monkeypatch, shown=100, hidden=1)

    assert found(3) == [99, 98, 97]
    assert record.limits == [3, reading.SHORTEST_STEP]


def test_no_more_are_looked_at_than_are_asked_for(monkeypatch):
    record = Record(monkeypatch, shown=100, hidden=1)
    record.rows = [(seq, payload, 1) for seq, payload, _ in record.rows]
    looked_at = []

    assert found(3, lambda told: looked_at.append(told) or told.seq % 2) == [99, 97, 95]
    assert len(looked_at) == 5


# How common a key is


def test_how_common_a_key_is_is_counted_as_far_as_it_matters(app, monkeypatch):
    monkeypatch.setattr(reading, "MANY", 3)
    rows = [
        {"key": bytes([key] * 16), "seq": seq, "usages": 1} for key in (1, 4) for seq in range(key)
    ]
    db.session.execute(sa.insert(Mention), rows)
    reader = direct() or db.session.connection()

    counts = [reading.how_common(reader, bytes([key] * 16)) for key in (0, 1, 4)]

    assert counts == [0, 1, 3]


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
