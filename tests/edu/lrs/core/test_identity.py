import pytest

from edu.lrs.core.identity import (
    DIGEST_BYTES,
    Mention,
    Usage,
    activity_mentions,
    agent_key,
    agent_mentions,
    digest,
    merge_definitions,
    person,
    referenced_statement,
    voided_statement,
)
from tests.edu.lrs.core.cases import STATEMENT_ID, WHOLE, as_substatement

LAN = {"mbox": "mailto:Lan@Hoc.Example"}
MINH = {"account": {"homePage": "https://hoc.example", "name": "minh anh"}}
REFERENCE = {"objectType": "StatementRef", "id": STATEMENT_ID.upper()}


@pytest.mark.parametrize(
    ("agent", "key"),
    [
        (LAN, "mbox mailto:Lan@hoc.example"),
        (MINH, "account https://hoc.example minh anh"),
        ({"mbox_sha1sum": "AB" * 20}, "mbox_sha1sum " + "ab" * 20),
        ({"openid": "https://id.example/L"}, "openid https://id.example/L"),
        ({"objectType": "Group", "member": [LAN]}, None),
    ],
)
def test_an_agent_is_named_by_its_identifier(agent, key):
    assert agent_key(agent) == key
    assert agent_key(agent | {"name": "x"}) == key


def test_a_digest_never_changes():
    assert digest("mbox mailto:lan@hoc.example").hex() == "755249ac6623aae60c2ecdd45d43d521"
    assert len(digest("việc")) == DIGEST_BYTES


def test_agents_are_found_wherever_they_stand():
    statement = WHOLE | {
        "object": {"objectType": "Group", "member": [MINH]} | LAN,
        "context": WHOLE["context"]
        | {
            "contextAgents": [{"objectType": "contextAgent", "agent": MINH}],
            "contextGroups": [
                {"objectType": "contextGroup", "group": {"objectType": "Group", "member": [LAN]}}
            ],
        },
    }
    lan, minh = agent_key(LAN), agent_key(MINH)
    assert agent_mentions(statement) == {
        Mention("mbox mailto:lan@hoc.example", Usage.ACTOR),
        Mention(lan, Usage.OBJECT),
        Mention(minh, Usage.OBJECT),
        Mention("account https://hoc.example lrs", Usage.AUTHORITY),
        Mention("account https://hoc.example hai", Usage.INSTRUCTOR),
        Mention("openid https://id.example/minh", Usage.TEAM),
        Mention(minh, Usage.CONTEXT_AGENT),
        Mention(lan, Usage.CONTEXT_GROUP),
    }


def test_activities_are_found_wherever_they_stand():
    assert activity_mentions(WHOLE) == {
        Mention("https://hoc.example/cau-hoi/1", Usage.OBJECT),
        Mention("https://hoc.example/bai/1", Usage.PARENT),
        Mention("https://hoc.example/mon/1", Usage.GROUPING),
        Mention("https://hoc.example/ho-so/1", Usage.CATEGORY),
        Mention("https://hoc.example/khac/1", Usage.OTHER),
    }


def test_what_a_substatement_holds_is_told_apart():
    planned = as_substatement(WHOLE)
    assert activity_mentions(planned) == {
        Mention(key, Usage.SUBSTATEMENT) for key, _ in activity_mentions(WHOLE)
    }
    assert agent_mentions(planned) == {
        Mention("mbox mailto:lan@hoc.example", Usage.ACTOR),
        *(
            Mention(key, Usage.SUBSTATEMENT)
            for key, usage in agent_mentions(WHOLE)
            if usage is not Usage.AUTHORITY
        ),
    }


def test_a_plain_statement_mentions_its_actor_and_activity_only():
    plain = {name: WHOLE[name] for name in ("actor", "verb")} | {"object": {"id": "a:b"}}
    assert {usage for _, usage in agent_mentions(plain)} == {Usage.ACTOR}
    assert activity_mentions(plain) == {Mention("a:b", Usage.OBJECT)}
    assert activity_mentions(plain | {"object": REFERENCE}) == set()
    assert agent_mentions(plain | {"context": {}}) == agent_mentions(plain)


def test_references_and_voidings_name_their_target():
    commenting = WHOLE | {"object": REFERENCE}
    voiding = commenting | {"verb": {"id": "http://adlnet.gov/expapi/verbs/voided"}}
    assert [referenced_statement(each) for each in (WHOLE, commenting, voiding)] == [
        None,
        STATEMENT_ID,
        STATEMENT_ID,
    ]
    assert [voided_statement(each) for each in (WHOLE, commenting, voiding)] == [
        None,
        None,
        STATEMENT_ID,
    ]


def test_definitions_grow_by_languages_and_extensions():
    known = {"name": {"en": "Arc welding"}, "type": "a:old", "extensions": {"a:x": 1}}
    received = {"name": {"vi": "Hàn hồ quang"}, "type": "a:new", "moreInfo": "a:more"}
    assert merge_definitions(known, received) == {
        "name": {"en": "Arc welding", "vi": "Hàn hồ quang"},
        "type": "a:new",
        "moreInfo": "a:more",
        "extensions": {"a:x": 1},
    }
    assert known["name"] == {"en": "Arc welding"}


def test_a_person_is_all_that_is_known_of_the_agents():  # XAPI-00248
    agents = [LAN | {"objectType": "Agent", "name": "Lan"}, MINH | {"name": "Lan"}, LAN]
    assert person(agents) == {
        "objectType": "Person",
        "mbox": [LAN["mbox"]],
        "name": ["Lan"],
        "account": [MINH["account"]],
    }
