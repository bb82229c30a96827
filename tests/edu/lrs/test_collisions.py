"""Digests that collide, as somebody might make them on purpose: nobody is told a wrong thing."""

from uuid import uuid4

import pytest

from edu.db import inside, unit_of_work
from edu.lrs import links, public
from edu.lrs.core import build
from edu.lrs.core.vocabulary import Verb
from tests.edu.lrs.xapi.conftest import ACTIVITY, ACTOR, a_statement, a_tool
from tests.factories import a_college

HERE = "https://hoc.example"
LAN, BINH = (build.agent_for(HERE, name) for name in ("lan", "binh"))
BOOK, QUIZ = ({"id": f"{HERE}/{name}"} for name in ("sach", "kiem-tra"))


@pytest.fixture(params=["all", "some"])
def colliding(request, app, monkeypatch):
    """Everything has the same key, or one of four."""
    true = links.digest

    def digest(name: str) -> bytes:
        return bytes([true(name)[0] & 3 if request.param == "some" else 0]) * 16

    monkeypatch.setattr(links, "digest", digest)
    college = a_college()
    with inside(college.id):
        yield college


def found(**query) -> list[str]:
    return [each.statement["id"] for each in public.statements(**query)]


def recorded(*statements) -> list[str]:
    with unit_of_work():
        return [str(public.record(each)) for each in statements]


def test_searches_find_only_what_was_asked_for(colliding):
    lan, binh, nested = recorded(
        build.statement(LAN, Verb.COMPLETED, BOOK),
        build.statement(BINH, Verb.ANSWERED, QUIZ),
        build.statement(BINH, Verb.COMPLETED, BOOK)
        | {"context": {"contextActivities": {"parent": [QUIZ]}}},
    )

    assert found(agent=LAN) == [lan]
    assert found(agent=BINH) == [nested, binh]
    assert found(verb=Verb.ANSWERED.iri) == [binh]
    assert found(activity=QUIZ["id"]) == [binh]
    assert found(activity=QUIZ["id"], related=True) == [nested, binh]
    assert found(agent=BINH, activity=BOOK["id"]) == [nested]
    assert found(agent=LAN, verb=Verb.ANSWERED.iri) == []
    assert found(activity=f"{HERE}/khac") == []


def test_a_page_is_filled_with_what_is_right(colliding):
    ids = recorded(
        *(build.statement(LAN if turn % 3 else BINH, Verb.COMPLETED, BOOK) for turn in range(12))
    )

    assert found(agent=BINH, limit=3) == [ids[9], ids[6], ids[3]]
    assert found(agent=BINH, limit=3, ascending=True) == [ids[0], ids[3], ids[6]]


def test_tools_are_told_only_what_is_right(colliding, client):
    tool = a_tool(client, colliding)
    by_binh = [a_statement(actor=BINH) for _ in range(4)]
    tool.store(*(each for other in by_binh for each in (a_statement(actor=LAN), other)))

    assert tool.found(agent=BINH) == [each["id"] for each in reversed(by_binh)]
    assert tool.found(agent=BINH, ascending="true", limit="2") == [
        each["id"] for each in by_binh[:2]
    ]


def test_what_refers_to_a_match_is_a_match_and_nothing_else_is(colliding):
    [answered, _] = recorded(
        build.statement(LAN, Verb.ANSWERED, QUIZ), build.statement(BINH, Verb.COMPLETED, BOOK)
    )
    [comment] = recorded(build.statement(BINH, Verb.COMMENTED, build.reference(answered)))

    assert found(verb=Verb.ANSWERED.iri) == [comment, answered]
    assert found(activity=QUIZ["id"]) == [comment, answered]


def test_a_registration_is_a_key_by_itself_even_where_it_equals_a_digest(colliding):
    key = links.key_of(colliding.id, Verb.COMPLETED.iri)
    registration = str(uuid4())
    disguised = (
        f"{key.hex()[:8]}-{key.hex()[8:12]}-{key.hex()[12:16]}-{key.hex()[16:20]}-{key.hex()[20:]}"
    )
    with_run = build.statement(LAN, Verb.ANSWERED, QUIZ)
    [plain, evil] = recorded(
        with_run | {"context": {"registration": registration}},
        with_run | {"context": {"registration": disguised}},
    )

    assert found(registration=registration) == [plain]
    assert found(registration=disguised) == [evil]
    assert found(verb=Verb.COMPLETED.iri) == []


def test_another_college_is_not_told(colliding):
    [mine] = recorded(build.statement(LAN, Verb.COMPLETED, BOOK))
    other = a_college("khac")

    with inside(other.id):
        [theirs] = recorded(build.statement(LAN, Verb.COMPLETED, BOOK))
        assert found(agent=LAN) == found() == [theirs]
    assert found(agent=LAN) == [mine]


def test_descriptions_are_those_of_the_thing(colliding, client):
    tool = a_tool(client, colliding)
    other = {"id": f"{HERE}/bai/2", "definition": {"name": {"vi": "Hàn khí"}}}
    tool.store(a_statement(), a_statement(object=other, actor=ACTOR | {"name": "Lan"}))

    def name(activity: dict) -> dict:
        return tool.get("/activities", query={"activityId": activity["id"]}).json["definition"][
            "name"
        ]

    assert name(ACTIVITY) == ACTIVITY["definition"]["name"]
    assert name(other) == other["definition"]["name"]
    assert tool.get("/agents", query={"agent": ACTOR}).json["name"] == ["Lan"]
    assert tool.found(agent=ACTOR, activity=other["id"]) != []
