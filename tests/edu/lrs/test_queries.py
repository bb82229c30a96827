"""Searches by several things at once walk along what the fewest statements have."""

import pytest

from edu.db import db, inside, unit_of_work
from edu.lrs import links, queries, service
from edu.lrs.adapters import lately, reading
from edu.lrs.core import build
from edu.lrs.core.identity import agent_key, verb_key
from edu.lrs.core.query import StatementQuery
from edu.lrs.core.version import Version
from edu.lrs.core.vocabulary import Verb

LAN = build.agent_for("https://hoc.example", "lan")
COURSE = "https://hoc.example/mon/1"
OFTEN, SELDOM = (service.Author(build.agent_for("https://hoc.example", name)) for name in "ab")


@pytest.fixture
def here(college):
    """A course with eight statements: one of another verb, two by another tool."""
    with inside(college.id), unit_of_work():
        for verb, author, count in (
            (Verb.COMPLETED, OFTEN, 5),
            (Verb.COMPLETED, SELDOM, 2),
            (Verb.PASSED, OFTEN, 1),
        ):
            said = [build.statement(LAN, verb, {"id": COURSE}) for _ in range(count)]
            service.store(said, author, Version.V1)
    with inside(college.id):
        yield college.id


@pytest.fixture
def asked(monkeypatch) -> list[bytes]:
    """The keys of which it was asked how common they are."""
    seen: list[bytes] = []
    true = reading.how_common

    def how_common(reader, key: bytes) -> int:
        seen.append(key)
        return true(reader, key)

    monkeypatch.setattr(reading, "how_common", how_common)
    return seen


@pytest.fixture
def walked(monkeypatch) -> list[bytes]:
    """The keys along which searches went."""
    seen: list[bytes] = []
    true = reading._mentioning

    def mentioning(search):
        seen.append(search.wanted[0].key)
        return true(search)

    monkeypatch.setattr(reading, "_mentioning", mentioning)
    return seen


def test_the_rarest_of_several_is_walked_along(here, walked):
    rare = StatementQuery(activity=COURSE, verb=Verb.PASSED.iri)
    frequent = StatementQuery(activity=COURSE, verb=Verb.COMPLETED.iri)

    assert len(queries.page(rare, limit=9).statements) == 1
    assert len(queries.page(frequent, limit=9, authority=SELDOM.authority).statements) == 2

    names = verb_key(Verb.PASSED.iri), agent_key(SELDOM.authority)
    assert walked == [links.key_of(here, name) for name in names]


def test_a_page_in_one_piece_walks_along_the_rarest_too(here, walked):
    if db.session.connection().dialect.name == "sqlite":
        pytest.skip("needs PostgreSQL: make test-postgres")
    rare = StatementQuery(activity=COURSE, verb=Verb.PASSED.iri)

    queries.joined_page(rare, limit=9)

    assert walked == [links.key_of(here, verb_key(Verb.PASSED.iri))]


def test_among_equally_common_ones_the_usual_order_is_kept(here, walked, monkeypatch):
    monkeypatch.setattr(lately.commonness, "told", lambda _key, _ask: reading.MANY)

    queries.page(StatementQuery(activity=COURSE, verb=Verb.PASSED.iri), limit=9)

    assert walked == [links.key_of(here, COURSE)]


def test_how_common_things_are_is_not_asked_each_time(here, asked):
    verb, course, lan = (
        links.key_of(here, name) for name in (verb_key(Verb.PASSED.iri), COURSE, agent_key(LAN))
    )
    both = StatementQuery(activity=COURSE, verb=Verb.PASSED.iri)
    for query in (both, both, both._replace(agent=LAN)):
        queries.page(query, limit=9)

    assert asked == [course, verb, lan]


def test_of_one_thing_alone_nothing_is_asked(here, asked):
    queries.page(StatementQuery(activity=COURSE), limit=9)

    assert asked == []
