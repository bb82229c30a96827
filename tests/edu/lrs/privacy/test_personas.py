"""One person under several names."""

import orjson
import pytest

from edu.db import inside, unit_of_work
from edu.errors import NotFound
from edu.lrs import public
from edu.lrs import queries as lrs
from edu.lrs.console import policy, queries
from edu.lrs.core import build
from edu.lrs.core.query import StatementQuery
from edu.lrs.core.vocabulary import Verb
from edu.lrs.descriptions import person_of
from edu.lrs.privacy import personas
from tests.factories import a_college

MAIL = {"objectType": "Agent", "mbox": "mailto:lan@hoc.example", "name": "Lan ở Moodle"}
OTHER = build.agent_for("https://h5p.example", "lan", name="Lan ở H5P")
MINH = build.agent_for("https://h5p.example", "minh")


def did(agent, number=1):
    target = {"id": f"https://hoc.example/{number}"}
    with unit_of_work():
        return str(public.record(build.statement(agent, Verb.COMPLETED, target)))


def merged(*agents):
    first, *others = agents
    with unit_of_work():
        for other in others:
            persona = personas.merge(first, other)
    return persona


def found(agent, **query):
    return [each.statement["id"] for each in public.statements(agent=agent, **query)]


def test_either_name_finds_both_in_order(college):
    ids = [did((MAIL, OTHER)[n % 2], n) for n in range(6)]
    did(MINH)

    merged(MAIL, OTHER)

    assert found(MAIL, ascending=True) == found(OTHER, ascending=True) == ids
    assert found(MAIL, limit=4) == ids[:1:-1]
    assert found(MAIL, activity="https://hoc.example/3") == [ids[3]]


def test_pages_go_through_all_names(college):
    ids = [did((MAIL, OTHER)[n in {1, 2, 5}], n) for n in range(7)]
    merged(MAIL, OTHER)

    walked, after = [], None
    while True:
        page = lrs.page(StatementQuery(agent=MAIL), limit=2, after=after)
        walked += [orjson.loads(told.payload)["id"] for told in page.statements]
        after = page.after
        if after is None:
            break

    assert walked == ids[::-1]


def test_a_statement_about_both_names_is_told_once(college):
    with unit_of_work():
        said = str(public.record(build.statement(MAIL, Verb.COMMENTED, OTHER)))

    merged(MAIL, OTHER)

    assert found(MAIL) == [said]


def test_the_person_has_all_names(college):
    did(MAIL)
    did(OTHER)

    merged(MAIL, OTHER)
    person = person_of({"objectType": "Agent", "mbox": MAIL["mbox"]})

    assert person["mbox"] == [MAIL["mbox"]]
    assert person["account"] == [OTHER["account"]]
    assert set(person["name"]) == {"Lan ở Moodle", "Lan ở H5P"}


def test_names_join_and_part_again(college):
    third = build.agent_for("https://scorm.example", "lan")
    ids = [did(agent) for agent in (MAIL, OTHER, third)]
    persona = merged(MAIL, OTHER)
    persona = merged(third, OTHER)
    assert len(persona.agents) == 3
    assert sorted(found(third)) == sorted(ids)

    with unit_of_work():
        personas.part(personas.get(persona.id))

    assert [found(agent) for agent in (MAIL, OTHER, third)] == [[each] for each in ids]
    with pytest.raises(NotFound):
        personas.get(persona.id)


def test_one_name_is_not_merged_with_itself(college):
    merged(MAIL, OTHER)

    for one, other in ((MAIL, MAIL), (MAIL, OTHER), (OTHER, MAIL)):
        with pytest.raises(personas.SamePerson), unit_of_work():
            personas.merge(one, other)


def test_another_college_knows_nothing_of_it(college):
    merged(MAIL, OTHER)

    with inside(a_college().id):
        said = did(MAIL)
        assert found(OTHER) == []
        assert found(MAIL) == [said]
        assert personas.everyone() == []


def test_a_learner_reads_what_is_under_either_name(college, lan):
    said = did(MAIL)
    did(MINH)
    merged(public.agent_of(lan), MAIL)

    shown, _further = queries.page(lan, StatementQuery(), after=None)
    every = public.statements()

    assert [orjson.loads(each.json)["id"] for each in shown] == [said]
    assert [each.statement["id"] for each in every if policy.can_read(lan, each.statement)] == [
        said
    ]
