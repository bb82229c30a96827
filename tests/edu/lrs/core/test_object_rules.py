"""Verbs, activities, references and substatements: Data 2.3.2, 2.4.3, 2.4.4."""

import pytest

from edu.lrs.core.problems import Rule
from edu.lrs.core.version import Version
from tests.edu.lrs.core.cases import (
    DROP,
    NOT_IN_SUBSTATEMENTS,
    STATEMENT_ID,
    WHOLE,
    Case,
    as_substatement,
    changed,
    outcome,
)

DEFINITION = "object/definition"
REFERENCE = {"objectType": "StatementRef", "id": STATEMENT_ID}
LAN = {"objectType": "Agent", "mbox": "mailto:lan@hoc.example"}
NOT_OBJECTS = ("x", 1, True, [])
NOT_IRIS = ("", "hoc.example/x", "a b:c", "http://hoc.example/a b", "http://x/%zz", "1a:b", 1, {})
LISTS = {
    "choice": {"choices"},
    "sequencing": {"choices"},
    "likert": {"scale"},
    "matching": {"source", "target"},
    "performance": {"steps"},
    "true-false": set(),
    "fill-in": set(),
    "long-fill-in": set(),
    "numeric": set(),
    "other": set(),
}
REQUIREMENT_OF_LIST = {
    "choices": "XAPI-00055",
    "scale": "XAPI-00052",
    "source": "XAPI-00053",
    "target": "XAPI-00054",
    "steps": "XAPI-00051",
}


def interaction(kind, **properties):
    return {"interactionType": kind, **properties}


CASES = [
    # verbs
    Case("XAPI-00004", "verb", None, Rule.NULL),
    *(Case("XAPI-00044", "verb", value, Rule.OBJECT) for value in NOT_OBJECTS),
    Case("XAPI-00044", "verb/id", DROP, Rule.MISSING),
    *(Case("XAPI-00044", "verb/id", value, Rule.IRI) for value in NOT_IRIS),
    *(
        Case("XAPI-00044", "verb/id", value)
        for value in ("urn:x", "http://x/%41?a=b#c", "https://hoc.example/động-từ", "tag:a,2026:b")
    ),
    Case("XAPI-00045", "verb/display", DROP),
    *(Case("XAPI-00045", "verb/display", value, Rule.OBJECT) for value in ("x", 1, True, [])),
    Case("XAPI-00045", "verb/display", {"vi": 1}, Rule.STRING, "/verb/display/vi"),
    Case("XAPI-00001", "verb/display", {"vi": None}, Rule.NULL, "/verb/display/vi"),
    Case("XAPI-00010", "verb/name", "x", Rule.UNKNOWN_PROPERTY),
    Case("XAPI-00008", "verb/Id", "a:b", Rule.UNKNOWN_PROPERTY),
    # objects of all kinds
    Case("XAPI-00046", "object", None, Rule.NULL),
    *(Case("XAPI-00046", "object", value, Rule.OBJECT) for value in NOT_OBJECTS),
    *(
        Case("XAPI-00046", "object/objectType", value, Rule.OBJECT_TYPE)
        for value in ("activity", "ACTIVITY", "Person", "", 1, {}, [])
    ),
    Case("XAPI-00001", "object/objectType", None, Rule.NULL),
    Case("XAPI-00046", "object/objectType", DROP),
    # activities
    Case("XAPI-00047", "object/id", DROP, Rule.MISSING),
    *(Case("XAPI-00047", "object/id", value, Rule.IRI) for value in NOT_IRIS),
    Case("XAPI-00010", "object/name", {"vi": "x"}, Rule.UNKNOWN_PROPERTY),
    *(Case("XAPI-00048", DEFINITION, value, Rule.OBJECT) for value in NOT_OBJECTS),
    Case("XAPI-00048", DEFINITION, DROP),
    Case("XAPI-00048", DEFINITION, {}),
    *(
        Case(requirement, f"{DEFINITION}/{name}", value, Rule.OBJECT)
        for requirement, name in (("XAPI-00056", "name"), ("XAPI-00059", "description"))
        for value in NOT_OBJECTS
    ),
    *(
        Case(requirement, f"{DEFINITION}/{name}", value, Rule.IRI)
        for requirement, name in (("XAPI-00060", "type"), ("XAPI-00061", "moreInfo"))
        for value in NOT_IRIS
    ),
    *(Case("XAPI-00057", f"{DEFINITION}/extensions", value, Rule.OBJECT) for value in NOT_OBJECTS),
    Case("XAPI-00010", f"{DEFINITION}/title", "x", Rule.UNKNOWN_PROPERTY),
    Case("XAPI-00008", f"{DEFINITION}/moreinfo", "a:b", Rule.UNKNOWN_PROPERTY),
    # interactions
    *(
        Case("XAPI-00049", f"{DEFINITION}/interactionType", value, Rule.VOCABULARY)
        for value in ("", "Choice", "true_false", "essay", 1, True, {}, [])
    ),
    Case("XAPI-00049", f"{DEFINITION}/interactionType", DROP, Rule.MISSING),
    Case("XAPI-00049", DEFINITION, {"correctResponsesPattern": []}, Rule.MISSING,
         f"/{DEFINITION}/interactionType"),
    *(Case("XAPI-00049", DEFINITION, interaction(kind)) for kind in LISTS),
    *(
        Case("XAPI-00050", f"{DEFINITION}/correctResponsesPattern", value, Rule.ARRAY)
        for value in ("a", 1, True, {})
    ),
    Case("XAPI-00050", f"{DEFINITION}/correctResponsesPattern", ["a", 1], Rule.STRING,
         f"/{DEFINITION}/correctResponsesPattern/1"),
    Case("XAPI-00050", f"{DEFINITION}/correctResponsesPattern", []),
    *(
        Case(requirement, DEFINITION, interaction(kind, **{name: [{"id": "a"}]}),
             *(() if name in LISTS[kind] else (Rule.COMPONENT_LIST, f"/{DEFINITION}/{name}")))
        for name, requirement in REQUIREMENT_OF_LIST.items() for kind in LISTS
    ),
    *(
        Case("XAPI-00058", f"{DEFINITION}/choices", value, Rule.ARRAY)
        for value in ("a", 1, True, {})
    ),
    Case("XAPI-00058", f"{DEFINITION}/choices/0", "a", Rule.OBJECT),
    Case("XAPI-00062", f"{DEFINITION}/choices/0/id", DROP, Rule.MISSING),
    Case("XAPI-00062", f"{DEFINITION}/choices/0/id", 1, Rule.STRING),
    Case("XAPI-00062", f"{DEFINITION}/choices", [{"id": "a"}, {"id": "a"}], Rule.COMPONENT_IDS),
    Case("XAPI-00062", f"{DEFINITION}/choices", []),
    Case("XAPI-00063", f"{DEFINITION}/choices/0/description", "x", Rule.OBJECT),
    Case("XAPI-00063", f"{DEFINITION}/choices/0/description", {"x y": "x"}, Rule.LANGUAGE_TAG,
         f"/{DEFINITION}/choices/0/description/x y"),
    Case("XAPI-00010", f"{DEFINITION}/choices/0/text", "x", Rule.UNKNOWN_PROPERTY),
]  # fmt: skip

PLAIN = {name: WHOLE[name] for name in ("actor", "verb", "object")}
SUBSTATEMENT = as_substatement(WHOLE)["object"]
VOIDING = PLAIN | {"verb": {"id": "http://adlnet.gov/expapi/verbs/voided"}, "object": REFERENCE}

PLAIN_CASES = [
    # people as objects say that they are (XAPI-00065 reads them back)
    ("XAPI-00065", PLAIN | {"object": LAN}, None),
    ("XAPI-00065", PLAIN | {"object": {"mbox": LAN["mbox"]}},
     ("/object/mbox", Rule.UNKNOWN_PROPERTY)),
    ("XAPI-00065", PLAIN | {"object": {"objectType": "Group", "member": [LAN]}}, None),
    # references
    ("XAPI-00073", PLAIN | {"object": REFERENCE}, None),
    ("XAPI-00073", PLAIN | {"object": {"id": STATEMENT_ID}}, ("/object/id", Rule.IRI)),
    ("XAPI-00072", PLAIN | {"object": {"objectType": "StatementRef"}},
     ("/object/id", Rule.MISSING)),
    ("XAPI-00072", PLAIN | {"object": REFERENCE | {"id": "x"}}, ("/object/id", Rule.UUID)),
    ("XAPI-00072", PLAIN | {"object": REFERENCE | {"id": 1}}, ("/object/id", Rule.UUID)),
    ("XAPI-00010", PLAIN | {"object": REFERENCE | {"definition": {}}},
     ("/object/definition", Rule.UNKNOWN_PROPERTY)),
    # substatements
    ("XAPI-00066", as_substatement(WHOLE), None),
    ("XAPI-00071", as_substatement(PLAIN | {"object": SUBSTATEMENT}),
     ("/object/object/objectType", Rule.OBJECT_TYPE)),
    *(
        ("XAPI-00066", changed(as_substatement(WHOLE), f"object/{name}", DROP),
         (f"/object/{name}", Rule.MISSING))
        for name in ("actor", "verb", "object")
    ),
    *(
        (requirement, changed(as_substatement(WHOLE), f"object/{name}", WHOLE[name]),
         (f"/object/{name}", Rule.UNKNOWN_PROPERTY))
        for requirement, name in zip(
            ("XAPI-00070", "XAPI-00069", "XAPI-00068", "XAPI-00067"), NOT_IN_SUBSTATEMENTS,
            strict=True,
        )
    ),
    ("XAPI-00073", changed(as_substatement(WHOLE), "object/objectType", DROP),
     ("/object/actor", Rule.UNKNOWN_PROPERTY)),
    # voiding
    ("XAPI-00019", VOIDING, None),
    ("XAPI-00020", as_substatement(VOIDING), None),
    ("XAPI-00017", VOIDING | {"object": PLAIN["object"]}, ("/object", Rule.VOIDING_TARGET)),
    ("XAPI-00017", VOIDING | {"object": LAN}, ("/object", Rule.VOIDING_TARGET)),
    ("XAPI-00017", as_substatement(VOIDING | {"object": LAN}),
     ("/object/object", Rule.VOIDING_TARGET)),
    # revision and platform belong to activities
    *(
        (requirement, PLAIN | {"object": target, "context": {name: "1"}},
         (f"/context/{name}", Rule.ONLY_WITH_ACTIVITY))
        for requirement, name in (("XAPI-00084", "revision"), ("XAPI-00085", "platform"))
        for target in (LAN, REFERENCE, SUBSTATEMENT)
    ),
    ("XAPI-00084", PLAIN | {"object": LAN, "context": {"language": "vi"}}, None),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_statement(case):
    for version in case.versions:
        assert outcome(case.statement(), version) == case.expected


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_substatement(case):
    expected = case.expected and ("/object" + case.expected[0], case.rule)
    for version in case.versions:
        assert outcome(as_substatement(case.statement()), version) == expected


@pytest.mark.parametrize(
    ("statement", "expected"),
    [case[1:] for case in PLAIN_CASES],
    ids=[f"{case[0]} {position}" for position, case in enumerate(PLAIN_CASES)],
)
@pytest.mark.parametrize("version", Version)
def test_a_statement_about_something_else(statement, expected, version):
    assert outcome(statement, version) == expected
