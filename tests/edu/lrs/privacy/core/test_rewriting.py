"""A person taken out of statements."""

import copy
from uuid import UUID

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edu.lrs.core import build
from edu.lrs.core.signature import USAGE_TYPE
from edu.lrs.core.validation.statement import check_statement
from edu.lrs.core.version import Version
from edu.lrs.core.vocabulary import ActivityType, Verb
from edu.lrs.privacy.core.rewriting import Subject, files_of, rewrite, rewrite_content

PERSON = "0190a000-0000-7000-8000-00000000000a"
MAIL = "lan.tran@hoc.example"
SHA1 = "2fd4e1c67a2d28fced849ee1bb76e7391b93eb12"
LAN = Subject(
    (
        build.agent_for("https://portal.example", PERSON),
        {"objectType": "Agent", "mbox": f"mailto:{MAIL}"},
        {"objectType": "Agent", "mbox_sha1sum": SHA1},
        {"objectType": "Agent", "openid": "https://id.example/lan"},
        build.agent_for("https://moodle.example", "7"),
    ),
    ("Trần Thị Lan",),
)
NOBODY = build.agent_for("https://portal.example", "forgotten-x")
MINH = {"objectType": "Agent", "mbox": "mailto:minh@hoc.example", "name": "Trần Thị Lan"}
LESSON = build.activity("https://hoc.example/bai", ActivityType.LESSON, name={"vi": "Hàn"})


def said(**parts) -> dict:
    return build.statement(MINH, Verb.COMPLETED, LESSON) | parts


@pytest.mark.parametrize("agent", LAN.agents)
@pytest.mark.parametrize(
    "place",
    [
        lambda lan: {"actor": lan},
        lambda lan: {"object": lan},
        lambda lan: {"authority": lan},
        lambda lan: {"context": {"instructor": lan}},
        lambda lan: {"context": {"team": {"objectType": "Group", "member": [MINH, lan]}}},
        lambda lan: {"actor": {"objectType": "Group", "member": [lan, MINH]}},
        lambda lan: {
            "object": {
                "objectType": "SubStatement",
                "actor": lan,
                "verb": {"id": "https://v.example"},
                "object": LESSON,
                "context": {"instructor": lan},
            }
        },
        lambda lan: {
            "context": {"contextAgents": [{"objectType": "contextAgent", "agent": lan}]},
            "version": "2.0.0",
        },
        lambda lan: {"result": {"extensions": {"https://x.example": {"deep": [{"who": lan}]}}}},
    ],
)
def test_an_agent_goes_from_wherever_it_stands(agent, place):
    statement = said(**place(agent | {"name": "Trần Thị Lan"}))

    changed = rewrite(statement, LAN, NOBODY)

    check_statement(changed, Version.V2)
    written = orjson.dumps(changed)
    assert b"forgotten-x" in written
    assert not LAN.may_be_in(written)
    assert changed["verb"] == statement["verb"]
    assert b"minh@hoc.example" in written or "actor" in place(agent)


def test_what_happened_stays():
    statement = said(
        actor=LAN.agents[0],
        result={"score": {"scaled": 0.5}, "success": True, "duration": "PT5M"},
        timestamp="2026-11-22T00:00:00Z",
    )

    changed = rewrite(statement, LAN, NOBODY)

    assert changed == statement | {"actor": NOBODY}


def test_texts_lose_identifiers_and_in_statements_about_them_the_name():
    words = f"Trần thị lan ({MAIL.upper()}), https://x.example/users/{PERSON}/photo"
    theirs = said(actor=LAN.agents[0], result={"response": words})
    others = said(result={"response": words})

    assert rewrite(theirs, LAN, NOBODY)["result"]["response"] == (
        "forgotten-x (forgotten-x), https://x.example/users/forgotten-x/photo"
    )
    assert rewrite(others, LAN, NOBODY)["result"]["response"] == (
        "Trần thị lan (forgotten-x), https://x.example/users/forgotten-x/photo"
    )


def test_another_person_of_the_same_name_keeps_it():
    statement = said(context={"instructor": LAN.agents[0] | {"name": "Trần Thị Lan"}})

    changed = rewrite(statement, LAN, NOBODY)

    assert changed["actor"] == MINH
    assert changed["context"]["instructor"] == NOBODY


@pytest.mark.parametrize(
    "text",
    ["7 trên 10", f"x{MAIL}", f"thu.{MAIL}", f"0{SHA1}", "lan", "Lan"],
)
def test_what_only_looks_like_them_stays(text):
    statement = said(result={"response": text})

    assert rewrite(statement, LAN, NOBODY) == statement


@pytest.mark.parametrize(
    "text", [f"anh.{PERSON}.png", f"({MAIL}).", f"mailto:{MAIL}", SHA1.upper()]
)
def test_what_stands_among_signs_goes(text):
    changed = rewrite(said(result={"response": text}), LAN, NOBODY)

    assert "forgotten-x" in changed["result"]["response"]
    assert not LAN.words.search(changed["result"]["response"])


def test_identifiers_go_from_names_of_extensions_and_ids_of_activities():
    statement = said(
        object={"id": f"https://x.example/ho-so/{PERSON}"},
        context={"extensions": {f"https://x.example/{PERSON}": "1"}},
    )

    changed = rewrite(statement, LAN, NOBODY)

    assert changed["object"]["id"] == "https://x.example/ho-so/forgotten-x"
    assert changed["context"]["extensions"] == {"https://x.example/forgotten-x": "1"}
    check_statement(changed, Version.V1)


def test_signatures_go_and_what_the_person_attached():
    def file(usage: str, sha2: str) -> dict:
        return {
            "usageType": usage,
            "display": {"vi": "Tệp"},
            "contentType": "application/octet-stream",
            "length": 1,
            "sha2": sha2 * 64,
        }

    files = [file(USAGE_TYPE, "A"), file("https://x.example/bai-nop", "b")]
    theirs = said(actor=LAN.agents[1], attachments=files)
    taught = said(context={"instructor": LAN.agents[1]}, attachments=files)
    signed = said(context={"instructor": LAN.agents[1]}, attachments=files[:1])
    foreign = said(attachments=files)

    assert "attachments" not in rewrite(theirs, LAN, NOBODY)
    assert rewrite(taught, LAN, NOBODY)["attachments"] == files[1:]
    assert "attachments" not in rewrite(signed, LAN, NOBODY)
    assert rewrite(foreign, LAN, NOBODY) == foreign
    assert files_of(theirs) == {"a" * 64, "b" * 64}


@pytest.mark.parametrize(
    "lookalike",
    [
        {"mbox": 7},
        {"account": "x"},
        {"account": {"name": 1}},
        {"mbox_sha1sum": None},
        {"openid": []},
    ],
)
def test_extensions_that_look_like_agents_do_no_harm(lookalike):
    statement = said(actor=LAN.agents[0], context={"extensions": {"https://x.example": lookalike}})

    changed = rewrite(statement, LAN, NOBODY)

    assert changed["context"]["extensions"] == {"https://x.example": lookalike}


@given(
    content=st.recursive(
        st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from([PERSON, MAIL, "x", SHA1]),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from(["a", MAIL, "mbox"]), inner)
        ),
        max_leaves=20,
    )
)
def test_any_json_loses_every_identifier_and_twice_is_once(content):
    before = copy.deepcopy(content)

    changed = rewrite_content(content, LAN, NOBODY)

    assert content == before
    assert not LAN.words.search(orjson.dumps(changed).decode())
    assert rewrite_content(changed, LAN, NOBODY) == changed


def test_a_statement_rewritten_once_stays_so():
    statement = said(actor=LAN.agents[0], id=str(UUID(int=1)))

    once = rewrite(statement, LAN, NOBODY)

    assert rewrite(once, LAN, NOBODY) == once
