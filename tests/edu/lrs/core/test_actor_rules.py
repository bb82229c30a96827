"""Agents, groups and accounts: Data 2.4.2, 2.4.9."""

import pytest

from edu.lrs.core.problems import Rule
from tests.edu.lrs.core.cases import DROP, Case, as_substatement, outcome

LAN = {"mbox": "mailto:lan@hoc.example"}
ACCOUNT = {"homePage": "https://hoc.example", "name": "lan"}
IDENTIFIERS = {
    "mbox": "mailto:lan@hoc.example",
    "mbox_sha1sum": "ebd31e95054c018b10727ccffd2ef2ec3a016ee9",
    "openid": "https://id.example/lan",
    "account": ACCOUNT,
}

CASES = [
    # who may be an actor
    *(Case("XAPI-00031", "actor", value, Rule.OBJECT) for value in ("Lan", 1, True, [LAN])),
    Case("XAPI-00001", "actor", None, Rule.NULL),
    *(
        Case("XAPI-00031", "actor/objectType", value, Rule.OBJECT_TYPE)
        for value in ("agent", "AGENT", "Activity", "", 1, {}, [])
    ),
    Case("XAPI-00001", "actor/objectType", None, Rule.NULL),
    Case("XAPI-00032", "actor/objectType", DROP),
    Case("XAPI-00032", "context/instructor", {"objectType": "Agent"} | LAN),
    Case("XAPI-00009", "context/instructor", {"objectType": "group"} | LAN, Rule.OBJECT_TYPE,
         "/context/instructor/objectType"),
    Case("XAPI-00033", "actor/name", ""),
    Case("XAPI-00033", "actor/name", 1, Rule.STRING),
    Case("XAPI-00033", "actor/name", None, Rule.NULL),
    Case("XAPI-00008", "actor", LAN | {"Name": "Lan"}, Rule.UNKNOWN_PROPERTY, "/actor/Name"),
    Case("XAPI-00010", "actor", LAN | {"age": 1}, Rule.UNKNOWN_PROPERTY, "/actor/age"),
    # an agent has exactly one identifier
    *(Case("XAPI-00034", "actor", {name: value}) for name, value in IDENTIFIERS.items()),
    Case("XAPI-00034", "actor", {}, Rule.NO_IDENTIFIER),
    Case("XAPI-00034", "actor", {"objectType": "Agent", "name": "Lan"}, Rule.NO_IDENTIFIER),
    *(
        Case("XAPI-00034", "actor", {one: IDENTIFIERS[one], other: IDENTIFIERS[other]},
             Rule.SEVERAL_IDENTIFIERS)
        for one in IDENTIFIERS for other in IDENTIFIERS if one < other
    ),
    Case("XAPI-00035", "actor", LAN | {"member": [LAN]}, Rule.UNKNOWN_PROPERTY, "/actor/member"),
    # groups
    Case("XAPI-00035", "actor", {"objectType": "Group", "member": [LAN]}),
    Case("XAPI-00035", "actor", {"objectType": "Group"}, Rule.MISSING, "/actor/member"),
    Case("XAPI-00035", "actor", {"objectType": "Group", "member": []}, Rule.MISSING,
         "/actor/member"),
    *(
        Case("XAPI-00037", "actor", {"objectType": "Group", name: value})
        for name, value in IDENTIFIERS.items()
    ),
    Case("XAPI-00037", "actor", {"objectType": "Group", "member": []} | LAN),
    *(
        Case("XAPI-00037", "actor",
             {"objectType": "Group", one: IDENTIFIERS[one], other: IDENTIFIERS[other]},
             Rule.SEVERAL_IDENTIFIERS)
        for one in IDENTIFIERS for other in IDENTIFIERS if one < other
    ),
    *(
        Case("XAPI-00036", "context/team/member", value, Rule.ARRAY)
        for value in ("x", 1, True, LAN)
    ),
    Case("XAPI-00036", "context/team/member", [1], Rule.OBJECT, "/context/team/member/0"),
    Case("XAPI-00036", "context/team/member", [LAN, {}], Rule.NO_IDENTIFIER,
         "/context/team/member/1"),
    Case("XAPI-00036", "context/team/member", [{"objectType": "Group"} | LAN],
         Rule.OBJECT_TYPE, "/context/team/member/0/objectType"),
    # identifiers
    *(
        Case("XAPI-00038", "actor/mbox", value, Rule.MBOX)
        for value in (
            "", "lan@hoc.example", "mailto:", "mailto:lan", "mailto:@hoc.example", "mailto:lan@",
            "MAILTO:lan@hoc.example", "mailto:lan hai@hoc.example", "mailto:a@b@c",
            "mailto:lan@hoc.example?subject=x", "http://lan@hoc.example", 1, True, {}, [],
        )
    ),
    *(
        Case("XAPI-00038", "actor/mbox", value)
        for value in ("mailto:o'lan+1/2@hoc.example", "mailto:lân@học.example")
    ),
    *(
        Case("XAPI-00039", "actor", {"mbox_sha1sum": value}, Rule.SHA1, "/actor/mbox_sha1sum")
        for value in ("", "ebd31e95", "g" * 40, "a" * 41, 1, {})
    ),
    Case("XAPI-00039", "actor", {"mbox_sha1sum": "A" * 40}),
    *(
        Case("XAPI-00040", "actor", {"openid": value}, Rule.IRI, "/actor/openid")
        for value in ("", "id.example/lan", "not a uri", 1, {})
    ),
    *(
        Case("XAPI-00041", "actor", {"account": value}, Rule.OBJECT, "/actor/account")
        for value in ("x", 1, [])
    ),
    *(
        Case("XAPI-00042", "context/instructor/account/homePage", value, Rule.IRI)
        for value in ("", "hoc.example", 1, {})
    ),
    Case("XAPI-00042", "context/instructor/account/homePage", DROP, Rule.MISSING),
    *(
        Case("XAPI-00043", "context/instructor/account/name", value, Rule.STRING)
        for value in (1, True, {}, [])
    ),
    Case("XAPI-00043", "context/instructor/account/name", DROP, Rule.MISSING),
    Case("XAPI-00010", "context/instructor/account/id", "x", Rule.UNKNOWN_PROPERTY),
    # the authority is an agent, or an application and a user together
    *(Case("XAPI-00024", "authority", value, Rule.OBJECT) for value in ("x", 1, [LAN])),
    Case("XAPI-00024", "authority", {"objectType": "Activity", "id": "a:b"}, Rule.OBJECT_TYPE,
         "/authority/objectType"),
    Case("XAPI-00024", "authority", LAN),
    Case("XAPI-00098", "authority", {"objectType": "Group", "member": [LAN, {"account": ACCOUNT}]}),
    Case("XAPI-00098", "authority", {"objectType": "Group", "member": [LAN]}, Rule.AUTHORITY_GROUP),
    Case("XAPI-00098", "authority", {"objectType": "Group", "member": [LAN, LAN, LAN]},
         Rule.AUTHORITY_GROUP),
    *(
        Case("XAPI-00098", "authority",
             {"objectType": "Group", "member": [LAN, LAN], name: value}, Rule.AUTHORITY_GROUP)
        for name, value in IDENTIFIERS.items()
    ),
    # a group where an agent may stand, and the other way round
    Case("XAPI-00087-2", "context/instructor", {"objectType": "Group", "member": [LAN]}),
    *(
        Case("XAPI-00087-2", "context/instructor", value, Rule.OBJECT)
        for value in ("x", 1, True, [LAN])
    ),
    Case("XAPI-00088", "context/team", {"objectType": "Group"} | LAN),
    Case("XAPI-00088", "context/team", LAN, Rule.MISSING, "/context/team/objectType"),
    Case("XAPI-00088", "context/team", {"objectType": "Agent"} | LAN, Rule.OBJECT_TYPE,
         "/context/team/objectType"),
    *(Case("XAPI-00088", "context/team", value, Rule.OBJECT) for value in ("x", 1, [])),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_statement(case):
    for version in case.versions:
        assert outcome(case.statement(), version) == case.expected


@pytest.mark.parametrize("case", [case for case in CASES if case.fits_substatement], ids=str)
def test_a_substatement(case):
    expected = case.expected and ("/object" + case.expected[0], case.rule)
    for version in case.versions:
        assert outcome(as_substatement(case.statement()), version) == expected
