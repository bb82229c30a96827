"""Steps of forgetting in one organisation, on a database with real transactions."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from edu.accounts.models import Person
from edu.db import db, inside, unit_of_work
from edu.lrs.privacy import queries
from edu.lrs.privacy.models import ForgetMode, Forgetting
from tests.edu.lrs.test_at_the_same_time import a_college, house

__all__ = ["house"]  # a fixture

TABLES = [Person.__table__, Forgetting.__table__]


@pytest.fixture
def requests(house):
    """Two requests to forget somebody, of one college."""
    with house.app_context():
        db.metadata.create_all(db.engine, TABLES)
        with inside(a_college().id), unit_of_work():
            made = [Forgetting(mode=ForgetMode.DELETE) for _ in range(2)]
            db.session.add_all(made)
    yield made
    with house.app_context():
        db.metadata.drop_all(db.engine, TABLES)


def test_one_step_is_taken_at_a_time_and_sees_the_one_before(house, requests):
    first, second = requests
    is_under_way, seen = Event(), []

    def step(forgetting, pause: float) -> None:
        with house.app_context(), inside(forgetting.tenant_id), unit_of_work():
            queries.get_in_turn(forgetting.id)
            is_under_way.set()
            seen.append(queries.get_in_turn(first.id).rewritten)
            time.sleep(pause)  # long enough for the other to come by
            queries.get(first.id).rewritten += 1

    with ThreadPoolExecutor(2) as threads:
        slow = threads.submit(step, first, 0.3)
        is_under_way.wait()
        threads.submit(step, second, 0).result()
        slow.result()

    assert seen == [0, 1]
