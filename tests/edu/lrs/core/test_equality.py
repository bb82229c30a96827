import copy

import pytest

from edu.lrs.core.equality import equivalent, fingerprint
from tests.edu.lrs.core.cases import DROP, STATEMENT_ID, WHOLE, as_substatement, changed

TEAM = {"objectType": "Group", "member": [{"mbox": "mailto:a@x"}, {"mbox": "mailto:b@x"}]}
REFERENCE = {"objectType": "StatementRef", "id": STATEMENT_ID}
OTHERS = {"contextAgents": [{"objectType": "contextAgent", "agent": {"mbox": "mailto:a@X.y"}}]}

SAME = [
    ("id", WHOLE["id"].upper()),
    ("id", DROP),
    ("authority", {"mbox": "mailto:other@x"}),
    ("stored", DROP),
    ("version", "1.0.3"),
    ("timestamp", DROP),
    ("timestamp", "2026-11-22T01:00:00.123Z"),
    ("verb/display", {"en": "else"}),
    ("object/definition", DROP),
    ("object/objectType", DROP),
    ("attachments", DROP),
    ("actor/objectType", DROP),
    ("actor/mbox", "mailto:lan@HOC.example"),
    ("context/registration", WHOLE["context"]["registration"].upper()),
    ("context/language", "VI"),
    ("context/statement/id", STATEMENT_ID.upper()),
    ("context/contextActivities/category", [{"id": "https://hoc.example/ho-so/1"}]),
    ("context/contextActivities/parent/0/definition", {"name": {"vi": "Bài"}}),
]
DIFFERENT = [
    ("id", STATEMENT_ID),
    ("timestamp", "2026-11-22T01:00:00.124Z"),
    ("actor/name", "Lan Anh"),
    ("actor/mbox", "mailto:Lan@hoc.example"),
    ("verb/id", "http://adlnet.gov/expapi/verbs/asked"),
    ("object/id", "https://hoc.example/cau-hoi/2"),
    ("object", REFERENCE),
    ("result", DROP),
    ("result/success", False),
    ("result/duration", "PT72.5S"),
    ("result/extensions", {"https://hoc.example/x/lan": True}),
    ("context", DROP),
    ("context/team/member", [{"openid": "https://id.example/khac"}]),
    ("context/contextActivities/parent", []),
    ("context/extensions", {}),
]


@pytest.mark.parametrize(("where", "value"), SAME)
def test_what_an_lrs_may_assign_or_change_makes_no_difference(where, value):
    assert equivalent(changed(WHOLE, where, value), WHOLE)
    assert equivalent(WHOLE, changed(WHOLE, where, value))


@pytest.mark.parametrize(("where", "value"), DIFFERENT)
def test_everything_else_does(where, value):
    assert not equivalent(changed(WHOLE, where, value), WHOLE)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("P1DT12H36M0.1237S", "P1DT12H36M0.12S", True),
        ("PT0.129S", "PT0.12S", True),
        ("PT0.13S", "PT0.12S", False),
        ("PT1.5H", "PT90M", False),  # Data 2.3.1: apart from precision a string
    ],
)
def test_durations_are_compared_to_the_hundredth(one, other, same):
    changes = [changed(WHOLE, "result/duration", each) for each in (one, other)]
    assert equivalent(*changes) is same


@pytest.mark.parametrize("name", ["result", "context"])
def test_a_statement_may_say_little(name):
    for small in ({}, {"extensions": {}}):
        assert equivalent(changed(WHOLE, name, small), changed(WHOLE, name, small))
        assert not equivalent(changed(WHOLE, name, small), WHOLE)


def test_order_matters_nowhere_but_in_arrays():
    backwards = {
        name: dict(reversed(value.items())) if isinstance(value, dict) else value
        for name, value in reversed(WHOLE.items())
    }
    assert fingerprint(backwards) == fingerprint(WHOLE)


def test_members_of_a_group_have_no_order():
    turned = TEAM | {"member": TEAM["member"][::-1]}
    for where in ("actor", "object", "context/team", "context/instructor"):
        assert equivalent(changed(WHOLE, where, TEAM), changed(WHOLE, where, turned))


def test_substatements_are_compared_like_statements():
    planned = as_substatement(WHOLE)
    assert equivalent(planned, changed(planned, "object/timestamp", "2026-11-22T01:00:00.123Z"))
    assert equivalent(planned, changed(planned, "object/verb/display", DROP))
    assert not equivalent(planned, changed(planned, "object/timestamp", DROP))
    assert not equivalent(planned, changed(planned, "object/result/success", False))


def test_agents_involved_are_compared_by_identifier():
    one = changed(WHOLE, "context", OTHERS)
    other = changed(one, "context/contextAgents/0/agent/mbox", "mailto:a@x.Y")
    assert equivalent(one, other)
    assert not equivalent(one, changed(one, "context/contextAgents", []))


def test_comparing_changes_nothing():
    before = copy.deepcopy(WHOLE)
    equivalent(WHOLE, as_substatement(WHOLE))
    assert before == WHOLE
