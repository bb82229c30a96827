"""Requests that store at the same moment, before a database that answers when the test says so."""

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import psycopg
import pytest

from edu.lrs.adapters import at_once, together
from edu.lrs.adapters.at_once import Bundle, Unnumbered
from edu.lrs.adapters.rows import DescriptionRow
from tests.reliability.installation import wait_until

COLLEGE, OTHER = uuid4(), uuid4()


class Database:
    """Stores when it is let, refuses what it has already, and remembers every attempt."""

    def __init__(self, monkeypatch) -> None:
        self.attempts: list[Bundle] = []
        self.kept: list[bytes] = []
        self.error: type[psycopg.Error] | None = None
        self.let = threading.Event()
        self.let.set()
        monkeypatch.setattr(at_once, "store", self.store)
        monkeypatch.setattr(together, "_piles", type(together._piles)(together._Pile))

    def store(self, _connection, bundle: Bundle) -> bool:
        self.attempts.append(bundle)
        assert self.let.wait(10)
        ids = [each.id for each in bundle.statements]
        if self.error:
            raise self.error
        if set(ids) & set(self.kept):
            raise psycopg.errors.UniqueViolation
        self.kept += ids
        return True


@pytest.fixture
def database(monkeypatch):
    return Database(monkeypatch)


@pytest.fixture
def requests():
    with ThreadPoolExecutor(10) as pool:
        yield lambda bundle: pool.submit(together.store, None, bundle)


def a_bundle(*names: str, tenant: UUID = COLLEGE) -> Bundle:
    statements = [
        Unnumbered(name.encode(), (b"{", b"}"), {b"key of " + name.encode(): 1}) for name in names
    ]
    wording = DescriptionRow(uuid4(), tenant, b"key", len(names), b"mark", b"wording")
    name = DescriptionRow(uuid4(), tenant, b"key", 0, b"mark", b"name")
    return Bundle(tenant, statements, [name, wording])


def waiting(tenant: UUID = COLLEGE) -> int:
    return len(together._piles[tenant]._waiting)


def test_a_lone_request_is_stored_as_it_is(database):
    alone = a_bundle("a", "b")

    assert together.store(None, alone) is True
    assert [each.statements for each in database.attempts] == [alone.statements]


def test_what_comes_while_one_writes_is_written_together(database, requests):
    database.let.clear()
    first = requests(a_bundle("a"))
    wait_until(lambda: database.attempts, every=0.01)
    later = [requests(a_bundle(name, name + "2")) for name in "bcd"]
    wait_until(lambda: waiting() == 3, every=0.01)
    database.let.set()

    assert all(each.result(10) for each in [first, *later])
    one, three = database.attempts
    assert len(one.statements) == 1
    assert len(three.statements) == 6
    for each in three.statements:
        assert each.found_by == {b"key of " + each.id: 1}
    assert [row.content for row in three.news] == [b"name", b"wording"]
    assert [row.seq for row in three.news] == [0, 2]


def test_one_known_id_does_not_spoil_the_others(database, requests):
    together.store(None, a_bundle("known"))
    database.let.clear()
    first = requests(a_bundle("a"))
    wait_until(lambda: len(database.attempts) == 2, every=0.01)
    later = {name: requests(a_bundle(name)) for name in ("b", "known", "c")}
    wait_until(lambda: waiting() == 3, every=0.01)
    database.let.set()

    assert first.result(10) is True
    assert {name: each.result(10) for name, each in later.items()} == {
        "b": True,
        "known": False,
        "c": True,
    }


@pytest.mark.parametrize("error", [psycopg.OperationalError, psycopg.errors.DeadlockDetected])
def test_nobody_waits_for_ever_when_the_database_goes_away(database, requests, error):
    database.let.clear()
    database.error = error
    all_of_them = [requests(a_bundle(name)) for name in "abcd"]
    wait_until(lambda: waiting() == 3, every=0.01)
    database.let.set()

    assert [each.result(10) for each in all_of_them] == [False] * 4
    assert len(database.attempts) == 2
    database.error = None
    assert together.store(None, a_bundle("a")) is True


def test_a_mistake_of_ours_reaches_its_request_and_frees_the_others(database, requests):
    database.let.clear()
    database.error = ZeroDivisionError
    first = requests(a_bundle("a"))
    wait_until(lambda: database.attempts, every=0.01)
    second = requests(a_bundle("b"))
    wait_until(lambda: waiting() == 1, every=0.01)
    database.let.set()

    for each in (first, second):
        with pytest.raises(ZeroDivisionError):
            each.result(10)


def test_a_pile_is_not_written_in_more_than_a_few_hundred(database, requests, monkeypatch):
    monkeypatch.setattr(together, "MOST", 3)
    database.let.clear()
    all_of_them = [requests(a_bundle("a"))]
    wait_until(lambda: database.attempts, every=0.01)
    all_of_them += [requests(a_bundle(name, name + "2")) for name in "bcd"]
    wait_until(lambda: waiting() == 3, every=0.01)
    database.let.set()

    assert all(each.result(10) for each in all_of_them)
    assert [len(each.statements) for each in database.attempts] == [1, 4, 2]


def test_organisations_do_not_wait_for_each_other(database, requests):
    database.let.clear()
    here = requests(a_bundle("a"))
    there = requests(a_bundle("b", tenant=OTHER))
    wait_until(lambda: len(database.attempts) == 2, every=0.01)
    database.let.set()

    assert here.result(10)
    assert there.result(10)


class Moments:
    """Counts how often somebody waits for others, and is over at once."""

    def __init__(self, monkeypatch) -> None:
        self.count = 0
        monkeypatch.setattr(together, "_for_others", self.wait)

    def wait(self) -> None:
        self.count += 1


def test_a_lone_request_waits_for_nobody(database, monkeypatch):
    moments = Moments(monkeypatch)
    for name in "abcdef":
        together.store(None, a_bundle(name))

    assert moments.count == 0


def test_after_a_pile_of_many_the_next_waits_a_moment_for_them(database, requests, monkeypatch):
    moments = Moments(monkeypatch)
    database.let.clear()
    all_of_them = [requests(a_bundle("a"))]
    wait_until(lambda: database.attempts, every=0.01)
    all_of_them += [requests(a_bundle(name)) for name in "bcd"]
    wait_until(lambda: waiting() == 3, every=0.01)
    database.let.set()

    assert all(each.result(10) for each in all_of_them)
    assert moments.count == 0
    together.store(None, a_bundle("e"))
    assert moments.count == 1
    together.store(None, a_bundle("f"))  # "e" was alone: nobody is to be expected
    assert moments.count == 1
