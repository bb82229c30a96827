"""What the other packages may do with the record: write, read, follow it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask import g

from edu.db import NoTenant, WriteOutsideUnit, inside, pretend, unit_of_work
from edu.lrs import public, service
from edu.lrs.core import build
from edu.lrs.core.problems import InvalidStatement
from edu.lrs.core.vocabulary import ActivityType, Verb
from tests.factories import a_college, a_person

UNIT = "http://portal.test/units/1"


def lesson(iri: str = UNIT):
    return build.activity(iri, ActivityType.LESSON, name={"vi": "Hàn hồ quang"})


def said(person, verb: Verb = Verb.COMPLETED, target=None, **parts):
    return build.statement(public.agent_of(person), verb, target or lesson(), **parts)


def record(*statements) -> list[UUID]:
    with unit_of_work():
        return [public.record(each) for each in statements]


def test_an_agent_is_an_account_here_without_a_name(lan):
    assert public.agent_of(lan) == {
        "objectType": "Agent",
        "account": {"homePage": "http://portal.test", "name": str(lan.id)},
    }
    assert public.person_id_of(public.agent_of(lan)) == lan.id


@pytest.mark.parametrize(
    "agent",
    [
        {"mbox": "mailto:lan@hoc.example"},
        {"account": {"homePage": "http://other.test", "name": str(uuid4())}},
        {"account": {"homePage": "http://portal.test", "name": "system"}},
    ],
)
def test_other_agents_are_nobody_of_ours(app, agent):
    assert public.person_id_of(agent) is None


def test_a_statement_is_told_with_what_the_store_assigns(lan):
    [statement_id] = record(said(lan))

    [found] = public.statements_about(lan)

    assert found.statement["id"] == str(statement_id)
    assert found.statement["authority"]["account"] == {
        "homePage": "http://portal.test",
        "name": "system",
    }
    assert found.statement["stored"].startswith(found.stored.isoformat()[:26])
    assert found.statement["timestamp"] <= found.statement["stored"]


def test_it_happened_now_unless_it_says_when(lan):
    record(said(lan, timestamp=datetime(2026, 9, 5, 7, tzinfo=UTC)))
    with pretend(datetime(2026, 10, 1, tzinfo=UTC)):
        record(said(lan))

    happened = {each.statement["timestamp"][:10] for each in public.statements_about(lan)}
    assert happened == {"2026-09-05", "2026-10-01"}


def test_nothing_is_stored_when_the_unit_fails(lan):
    with pytest.raises(RuntimeError), unit_of_work():
        public.record(said(lan))
        raise RuntimeError

    assert public.statements_about(lan) == []


def test_what_breaks_the_rules_is_refused(college):
    with pytest.raises(InvalidStatement), unit_of_work():
        public.record({"actor": {}, "verb": {}, "object": {}})


def test_it_is_written_in_a_unit_of_work_inside_a_tenant(app, lan):
    with pytest.raises(WriteOutsideUnit):
        public.record(said(lan))
    g.tenant_id = None
    with pytest.raises(NoTenant), unit_of_work():
        public.record(said(lan))


def test_the_same_statement_twice_is_one(lan):
    statement = said(lan, statement_id=uuid4())

    assert record(statement) == record(statement)

    assert len(public.statements_about(lan)) == 1


def test_an_id_is_given_to_one_statement_only(lan):
    taken = uuid4()
    record(said(lan, statement_id=taken))

    with pytest.raises(service.StatementConflict):
        record(said(lan, Verb.FAILED, statement_id=taken))


def test_another_college_finds_nothing(lan):
    record(said(lan))

    with inside(a_college().id):
        assert public.statements_about(lan) == []
        assert public.after(0) == []


@pytest.mark.parametrize(
    "count", [1, 30], ids=["one by one", "as many as PostgreSQL takes by COPY"]
)
def test_statements_are_found_by_each_filter_and_by_all(lan, count):
    minh = a_person("Lê Minh")
    registration = uuid4()
    wanted = said(
        lan,
        Verb.PASSED,
        lesson(UNIT + "0"),
        context=build.context(registration=registration, parent=[lesson("http://portal.test/m")]),
    )
    others = [said(minh, Verb.FAILED, lesson(f"{UNIT}1{n}")) for n in range(count)]
    with unit_of_work():
        service.store([wanted, *others], service.Author(public.system_agent()), public.Version.V1)

    def ids(**filters):
        return [found.statement["verb"]["display"]["en"] for found in public.statements(**filters)]

    assert ids(agent=public.agent_of(lan)) == ["passed"]
    assert ids(verb=Verb.PASSED.iri) == ["passed"]
    assert ids(activity=UNIT + "0") == ["passed"]
    assert ids(activity="http://portal.test/m") == []
    assert ids(activity="http://portal.test/m", related=True) == ["passed"]
    assert ids(registration=registration) == ["passed"]
    assert ids(agent=public.agent_of(lan), verb=Verb.FAILED.iri) == []
    assert ids(agent=public.agent_of(lan), verb=Verb.PASSED.iri, registration=registration) == [
        "passed"
    ]
    assert ids() == ["failed"] * count + ["passed"]
    assert ids(ascending=True, limit=1) == ["passed"]


def test_since_is_exclusive_and_until_inclusive(lan):
    record(*(said(lan) for _ in range(3)))
    first, second, third = public.statements(ascending=True)

    assert public.statements(since=first.stored, until=second.stored) == [second]
    assert public.statements(since=third.stored) == []
    assert public.statements(until=first.stored - timedelta(microseconds=1)) == []


def test_an_anonymous_group_cannot_be_looked_for(lan):
    with pytest.raises(ValueError, match="anonymous"):
        public.statements(agent=build.group_of([public.agent_of(lan)]))


def test_a_voided_statement_is_left_out_of_searches_but_not_of_the_feed(lan):
    [mistaken] = record(said(lan))
    record(build.voiding(public.system_agent(), mistaken))

    assert [each.statement["verb"]["id"] for each in public.statements()] == [Verb.VOIDED.iri]
    assert len(public.after(0)) == 2


def test_a_voiding_statement_cannot_be_voided(lan):
    [mistaken] = record(said(lan))
    [voiding] = record(build.voiding(public.system_agent(), mistaken))

    record(build.voiding(public.system_agent(), voiding))

    assert len(public.statements()) == 2


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (1, 2, 0)])
def test_what_refers_to_a_match_is_a_match_whichever_came_first(lan, order):
    ids = [uuid4() for _ in range(3)]
    minh = public.agent_of(a_person("Lê Minh"))
    chain = [
        said(lan, statement_id=ids[0]),
        build.statement(minh, Verb.COMMENTED, build.reference(ids[0]), statement_id=ids[1]),
        build.statement(minh, Verb.SHARED, build.reference(ids[1]), statement_id=ids[2]),
    ]

    record(*(chain[n] for n in order))

    found = {UUID(each.statement["id"]) for each in public.statements_about(lan)}
    assert found == set(ids)


def test_statements_that_refer_to_each_other_do_not_hang(lan):
    ids = [uuid4(), uuid4()]
    agent = public.agent_of(lan)

    record(
        build.statement(agent, Verb.COMMENTED, build.reference(ids[1]), statement_id=ids[0]),
        build.statement(agent, Verb.SHARED, build.reference(ids[0]), statement_id=ids[1]),
    )

    assert len(public.statements(verb=Verb.SHARED.iri)) == 2


def test_the_feed_goes_on_where_the_reader_stopped(lan):
    ids = record(*(said(lan) for _ in range(5)))

    first = public.after(0, limit=3)
    rest = public.after(first[-1].seq, limit=3)

    assert [UUID(each.statement["id"]) for each in [*first, *rest]] == ids
    assert public.after(rest[-1].seq) == []


def test_the_feed_of_the_province_reads_every_tenant(lan, college):
    last = public.after(0, all_tenants=True)
    record(said(lan))
    other = a_college()
    with inside(other.id):
        record(said(lan))

    found = public.after(last[-1].seq if last else 0, all_tenants=True)

    assert [each.tenant_id for each in found] == [college.id, other.id]


def test_what_is_recorded_together_is_stored_at_the_end_each_at_its_own_moment(lan):
    morning, evening = (datetime(2026, 3, 2, hour, tzinfo=UTC) for hour in (8, 19))
    with unit_of_work(), public.together():
        for moment, verb in ((morning, Verb.INITIALIZED), (evening, Verb.COMPLETED)):
            with pretend(moment):
                told = public.record(said(lan, verb))
        assert public.statements_about(lan) == []

    done, begun = (each.statement for each in public.statements_about(lan))
    assert UUID(done["id"]) == told
    assert begun["timestamp"].startswith("2026-03-02T08:00")
    assert done["timestamp"].startswith("2026-03-02T19:00")
    assert begun["authority"] == public.system_agent()
    record(said(lan, Verb.RESUMED))
    assert len(public.statements_about(lan)) == 3


def test_what_is_recorded_together_is_stored_whole_or_not_at_all(lan):
    with pytest.raises(InvalidStatement), unit_of_work(), public.together():
        public.record(said(lan))
        public.record(said(lan) | {"verb": {}})

    assert public.statements_about(lan) == []
