"""Statements that refer to others: what they are found by, and what they are not."""

from uuid import uuid4

import pytest

from edu.db import inside, unit_of_work
from edu.lrs import links, service
from edu.lrs.adapters import reading
from edu.lrs.core import build
from edu.lrs.core.version import Version
from edu.lrs.core.vocabulary import Verb
from tests.edu.lrs.xapi.conftest import ACTOR, VERB, a_statement, a_tool

OTHER_VERB = {"id": "https://hoc.example/dong-tu"}
AUTHOR = service.Author(build.agent_for("https://hoc.example", "lrs"))


def about(statement_id: str, **parts: object) -> dict:
    reference = {"objectType": "StatementRef", "id": statement_id}
    return a_statement(verb=OTHER_VERB, object=reference, **parts)


@pytest.fixture
def tool(client, college):
    return a_tool(client, college)


@pytest.fixture
def own_reader(client, college):
    return a_tool(client, college, "statements/write", "statements/read/mine")


def authority_of(tool, statement_id: str) -> dict:
    return tool.get("/statements", query={"statementId": statement_id}).json["authority"]


# In whose name


@pytest.mark.parametrize("is_target_first", [True, False])
def test_what_others_say_of_an_own_statement_is_not_an_own_statement(
    own_reader, tool, is_target_first
):
    own = a_statement()
    remark = about(own["id"])
    reply = about(remark["id"])
    for teller, statement in (
        [(own_reader, own), (tool, remark), (tool, reply)]
        if is_target_first
        else [(tool, reply), (tool, remark), (own_reader, own)]
    ):
        teller.store(statement)

    assert own_reader.found() == own_reader.found(verb=VERB["id"]) == [own["id"]]
    assert set(tool.found(verb=VERB["id"])) == {own["id"], remark["id"], reply["id"]}


def test_what_one_says_of_an_own_statement_is_an_own_statement(own_reader):
    own = a_statement()
    remark = about(own["id"])
    own_reader.store(own, remark)

    assert own_reader.found() == [remark["id"], own["id"]]


def test_who_vouched_for_what_is_referred_to_is_a_related_agent(own_reader, tool):  # 2.1.3
    own = a_statement()
    remark = about(own["id"])
    own_reader.store(own)
    tool.store(remark)
    authority = authority_of(tool, own["id"])

    assert tool.found(agent=authority, related_agents="true") == [remark["id"], own["id"]]
    assert tool.found(agent=authority) == []


def test_digests_that_collide_tell_nobody_of_others_remarks(own_reader, tool, monkeypatch):
    monkeypatch.setattr(links, "digest", lambda _name: bytes(16))
    own = a_statement()
    own_reader.store(own)
    tool.store(about(own["id"]))

    assert own_reader.found() == [own["id"]]


# What is remembered and looked at again


def test_long_names_are_not_remembered(app):
    keys = links.keys_of(uuid4())
    short, long = "a" * links.LONGEST_NAME, "a" * (links.LONGEST_NAME + 1)

    assert keys[short] != keys[long] == keys[long]
    assert list(keys) == [short]


def said(verb: Verb = Verb.COMPLETED, target=None, **parts: object) -> dict:
    return build.statement(ACTOR, verb, target or {"id": "https://hoc.example/bai/1"}, **parts)


def store(*statements: dict) -> None:
    with unit_of_work():
        service.store(statements, AUTHOR, Version.V1)


def test_what_is_known_already_is_not_linked_anew(college, monkeypatch):
    known, fresh = said(statement_id=uuid4()), said(statement_id=uuid4())
    awaited: set = set()
    true = reading.referring_to

    def referring_to(connection, tenant_id, ids):
        awaited.update(ids)
        return true(connection, tenant_id, ids)

    with inside(college.id):
        store(known)
        monkeypatch.setattr(reading, "referring_to", referring_to)
        store(known, fresh)

    assert {str(each) for each in awaited} == {fresh["id"]}
