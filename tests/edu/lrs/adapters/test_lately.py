"""What is remembered for a moment, with a clock and a database that the test moves."""

import time
from uuid import uuid4

import pytest

from edu.lrs.adapters import lately
from edu.postgres import Direct

TENANT = uuid4()


class Database(Direct):
    """Answers every question with `answer`, and counts them."""

    def __init__(self) -> None:
        super().__init__(lambda: self)
        self.answer: list[tuple] = []
        self.asked = 0
        self.meanwhile = lambda: None

    def run(self, _sql, _values):
        self.asked += 1
        self.meanwhile()
        return self.answer


@pytest.fixture
def database() -> Database:
    return Database()


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = 1000.0

    monkeypatch.setattr(time, "monotonic", lambda: Clock.now)
    return Clock


def asked(horizon, database, microseconds: int) -> int:
    database.answer = [(microseconds,)]
    return horizon.of(database)


def test_the_horizon_is_asked_for_once_in_a_moment(database, clock):
    horizon = lately.Horizon()
    first = asked(horizon, database, 1)

    assert asked(horizon, database, 2) == first
    assert database.asked == 1

    clock.now += lately.TOLD_SECONDS
    assert asked(horizon, database, 2) > first


def test_who_stores_is_not_told_of_a_moment_before(database, clock):
    horizon = lately.Horizon()
    first = asked(horizon, database, 1)

    horizon.forget()

    assert asked(horizon, database, 2) > first


def test_what_was_asked_before_something_was_stored_is_not_remembered(database, clock):
    horizon = lately.Horizon()
    database.meanwhile = horizon.forget
    first = asked(horizon, database, 1)
    database.meanwhile = lambda: None

    assert asked(horizon, database, 2) > first


def test_another_database_is_asked_itself(database, clock):
    horizon = lately.Horizon()
    first = asked(horizon, database, 1)

    assert asked(horizon, Database(), 2) > first


def test_that_nobody_has_several_names_is_remembered_for_some_seconds(database, clock):
    alone = lately.Alone()
    assert alone.are_all_in(TENANT, database)
    database.answer = [(1,)]

    assert alone.are_all_in(TENANT, database)
    assert not alone.are_all_in(uuid4(), database)
    clock.now += lately.ALONE_SECONDS
    assert not alone.are_all_in(TENANT, database)


def test_that_somebody_has_several_names_is_never_remembered(database, clock):
    alone = lately.Alone()
    database.answer = [(1,)]
    assert not alone.are_all_in(TENANT, database)
    database.answer = []

    assert alone.are_all_in(TENANT, database)


def test_merging_is_noticed_at_once_where_it_was_done(database, clock):
    alone = lately.Alone()
    assert alone.are_all_in(TENANT, database)
    database.answer = [(1,)]

    alone.forget()

    assert not alone.are_all_in(TENANT, database)


def test_organisations_beyond_what_is_remembered_are_asked_about_again(
    database, clock, monkeypatch
):
    monkeypatch.setattr(lately, "MOST_ALONE", 2)
    alone = lately.Alone()
    tenants = [uuid4() for _ in range(3)]
    for tenant_id in tenants:
        assert alone.are_all_in(tenant_id, database)
    database.answer = [(1,)]

    assert not alone.are_all_in(tenants[0], database)
    assert alone.are_all_in(tenants[2], database)
