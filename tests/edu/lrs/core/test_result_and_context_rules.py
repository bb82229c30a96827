"""Results, contexts, attachments and a statement's own properties: Data 2.4, 4."""

import pytest

from edu.lrs.core.problems import InvalidStatement, Rule
from edu.lrs.core.validation.statement import check_batch
from edu.lrs.core.version import Version
from tests.edu.lrs.core.cases import (
    BOTH,
    DROP,
    SHA2,
    STATEMENT_ID,
    WHOLE,
    Case,
    as_substatement,
    outcome,
)

NOT_OBJECTS = ("x", 1, True, [])
NOT_NUMBERS = ("1", True, {}, [])
LAN = {"mbox": "mailto:lan@hoc.example"}
GROUP = {"objectType": "Group", "member": [LAN]}
BOOK = {"id": "https://hoc.example/sach"}
ONLY_2 = (Version.V2,)
ONLY_1 = (Version.V1,)
EXTENSIONS = {
    "result/extensions": "XAPI-00078",
    "context/extensions": "XAPI-00120",
    "object/definition/extensions": "XAPI-00120",
}
AGENTS = [{"objectType": "contextAgent", "agent": LAN, "relevantTypes": ["https://x.example/t"]}]
GROUPS = [{"objectType": "contextGroup", "group": GROUP, "relevantTypes": ["https://x.example/t"]}]

RESULTS = [
    *(Case("XAPI-00006", "result", value, Rule.OBJECT) for value in NOT_OBJECTS),
    Case("XAPI-00010", "result/grade", "A", Rule.UNKNOWN_PROPERTY),
    *(Case("XAPI-00074", "result/success", value, Rule.BOOLEAN) for value in ("true", 1, {})),
    *(Case("XAPI-00075", "result/completion", value, Rule.BOOLEAN) for value in ("false", 0, [])),
    *(Case("XAPI-00076", "result/response", value, Rule.STRING) for value in (1, True, {}, [])),
    Case("XAPI-00076", "result/response", ""),
    *(
        Case("XAPI-00124", "result/duration", value)
        for value in (
            "PT4H35M59.14S", "PT16559.14S", "P3Y1M29DT4H35M59.14S", "P3Y", "P4W", "P0.5W", "PT0S",
            "PT1,5H", "P1DT12H36M0.12567S", "P1M", "PT1M",
        )
    ),
    *(
        Case("XAPI-00077", "result/duration", value, Rule.DURATION)
        for value in (
            "", "P", "PT", "P1DT", "P4W1D", "PA1H", "P1H", "PT1D", "1H", "PT1.5H30M", "P-1D",
            "P0003-06-04T12:30:05", "PT1H ", "PT1H\n", "PT١H", 12, {},
        )
    ),
    *(Case("XAPI-00079", "result/score", value, Rule.OBJECT) for value in NOT_OBJECTS),
    *(
        Case(requirement, f"result/score/{name}", value, Rule.NUMBER)
        for requirement, name in (
            ("XAPI-00080", "max"), ("XAPI-00081", "min"), ("XAPI-00082", "raw"),
            ("XAPI-00083", "scaled"),
        )
        for value in (*NOT_NUMBERS, float("nan"), float("inf"), -float("inf"), 10**400)
    ),
    *(
        Case("XAPI-00083", "result/score", {"scaled": value}, *outcome_)
        for value, outcome_ in (
            (1, ()), (1.0, ()), (-1, ()), (0, ()),
            (1.01, (Rule.SCALED_RANGE, "/result/score/scaled")),
            (-1.00001, (Rule.SCALED_RANGE, "/result/score/scaled")),
        )
    ),
    Case("XAPI-00080", "result/score", {"min": 1, "max": 1}, Rule.SCORE_RANGE, "/result/score/min"),
    Case("XAPI-00081", "result/score", {"min": 2, "max": 1}, Rule.SCORE_RANGE, "/result/score/min"),
    Case("XAPI-00080", "result/score", {"max": -5}),
    Case("XAPI-00081", "result/score", {"min": 1e300}),
    Case("XAPI-00082", "result/score", {"raw": 11, "max": 10}, Rule.RAW_RANGE, "/result/score/raw"),
    Case("XAPI-00082", "result/score", {"raw": -1, "min": 0}, Rule.RAW_RANGE, "/result/score/raw"),
    Case("XAPI-00082", "result/score", {"raw": 10, "min": 0, "max": 10}),
    Case("XAPI-00082", "result/score", {"raw": -1e300}),
    Case("XAPI-00010", "result/score/percent", 1, Rule.UNKNOWN_PROPERTY),
]  # fmt: skip

CONTEXTS = [
    *(Case("XAPI-00006", "context", value, Rule.OBJECT) for value in NOT_OBJECTS),
    Case("XAPI-00010", "context/course", "x", Rule.UNKNOWN_PROPERTY),
    *(
        Case("XAPI-00087-1", "context/registration", value, Rule.UUID)
        for value in ("", "x", STATEMENT_ID + "0", STATEMENT_ID.replace("6", "g"), 1, {})
    ),
    Case("XAPI-00087-1", "context/registration", STATEMENT_ID.upper()),
    *(Case("XAPI-00089", "context/revision", value, Rule.STRING) for value in (1, True, {})),
    *(Case("XAPI-00090", "context/platform", value, Rule.STRING) for value in (1, True, {})),
    *(
        Case("XAPI-00091", "context/language", value, Rule.LANGUAGE_TAG)
        for value in (
            "", "e", "a12345", "en_US", "vi-", "tiếng", "toolonglang", "\u212ai", "e\u017f", 1, {},
        )
    ),
    *(
        Case("XAPI-00091", "context/language", value)
        for value in (
            "vi", "VI", "en-GB", "es-419", "sr-Latn-RS", "zh-cmn-Hans-CN", "sl-rozaj-biske",
            "de-CH-1901", "en-a-bbb-x-a-ccc", "x-whatever", "i-klingon", "en-GB-oed", "zh-min-nan",
            "abcd", "abcdefgh", "hy-arevela-u-co-phonebk",
        )
    ),
    Case("XAPI-00092", "context/statement", {"id": STATEMENT_ID}, Rule.MISSING,
         "/context/statement/objectType"),
    Case("XAPI-00092", "context/statement/objectType", "Activity", Rule.OBJECT_TYPE),
    Case("XAPI-00092", "context/statement/id", "x", Rule.UUID),
    *(Case("XAPI-00092", "context/statement", value, Rule.OBJECT) for value in NOT_OBJECTS),
    *(Case("XAPI-00086", "context/contextActivities", value, Rule.OBJECT) for value in NOT_OBJECTS),
    Case("XAPI-00093", "context/contextActivities", {}),
    *(
        Case("XAPI-00093", f"context/contextActivities/{name}", [BOOK], Rule.UNKNOWN_PROPERTY)
        for name in ("Parent", "siblings", "")
    ),
    *(
        Case("XAPI-00094", "context/contextActivities/parent", value)
        for value in (BOOK, [BOOK], [])
    ),
    *(
        Case("XAPI-00094", "context/contextActivities/other", value, Rule.OBJECT)
        for value in ("x", 1, True)
    ),
    Case("XAPI-00094", "context/contextActivities/grouping", [BOOK, {}], Rule.MISSING,
         "/context/contextActivities/grouping/1/id"),
    Case("XAPI-00094", "context/contextActivities/category", LAN, Rule.UNKNOWN_PROPERTY,
         "/context/contextActivities/category/mbox"),
    # who else was involved: IEEE 9274.1.1 4.2.2.5
    *(
        Case("2.0", f"context/{name}", value, *((rule,) if version is Version.V1 else ()),
             versions=(version,))
        for name, value in (("contextAgents", AGENTS), ("contextGroups", GROUPS))
        for version, rule in ((Version.V1, Rule.UNKNOWN_PROPERTY), (Version.V2, None))
    ),
    *(
        Case("2.0", "context/contextAgents", [AGENTS[0] | change], rule,
             "/context/contextAgents/0/" + path, ONLY_2)
        for change, rule, path in (
            ({"objectType": "Should fail"}, Rule.OBJECT_TYPE, "objectType"),
            ({"agent": {"key": "x"}}, Rule.UNKNOWN_PROPERTY, "agent/key"),
            ({"agent": GROUP}, Rule.OBJECT_TYPE, "agent/objectType"),
            ({"relevantTypes": []}, Rule.EMPTY, "relevantTypes"),
            ({"relevantTypes": ["abc"]}, Rule.IRI, "relevantTypes/0"),
            ({"relevantTypes": "a:b"}, Rule.ARRAY, "relevantTypes"),
            ({"group": GROUP}, Rule.UNKNOWN_PROPERTY, "group"),
        )
    ),
    *(
        Case("2.0", "context/contextGroups", [GROUPS[0] | change], rule,
             "/context/contextGroups/0/" + path, ONLY_2)
        for change, rule, path in (
            ({"objectType": "contextAgent"}, Rule.OBJECT_TYPE, "objectType"),
            ({"group": LAN}, Rule.MISSING, "group/objectType"),
            ({"relevantTypes": []}, Rule.EMPTY, "relevantTypes"),
            ({"member": [LAN]}, Rule.UNKNOWN_PROPERTY, "member"),
        )
    ),
    Case("2.0", "context/contextAgents", [{"agent": LAN}], Rule.MISSING,
         "/context/contextAgents/0/objectType", ONLY_2),
    Case("2.0", "context/contextGroups", [{"objectType": "contextGroup"}], Rule.MISSING,
         "/context/contextGroups/0/group", ONLY_2),
    Case("2.0", "context/contextAgents", AGENTS[0], Rule.ARRAY, versions=ONLY_2),
]  # fmt: skip

VALUES = [
    # extensions: IRIs to anything
    *(
        Case(requirement, where, value, Rule.OBJECT)
        for where, requirement in EXTENSIONS.items() for value in NOT_OBJECTS
    ),
    *(
        Case("XAPI-00118", where, {key: 1}, Rule.IRI, f"/{where}/{key}")
        for where in EXTENSIONS for key in ("", "x", "not an iri")
    ),
    *(
        Case("XAPI-00119", where, {"https://x.example": value})
        for where in EXTENSIONS for value in (None, "", {}, [], {"a": None}, [[None]])
    ),
    Case("XAPI-00119", "result/extensions", {}),
    # language maps
    *(
        Case("XAPI-00121", where, {"a12345": "x"}, Rule.LANGUAGE_TAG, f"/{where}/a12345")
        for where in (
            "verb/display", "object/definition/name", "object/definition/description",
            "attachments/0/display", "attachments/0/description",
        )
    ),
    Case("XAPI-00013", "verb/display", {"": "x"}, Rule.LANGUAGE_TAG, "/verb/display/"),
    # timestamps
    *(
        Case("XAPI-00123", "timestamp", value, Rule.TIMESTAMP)
        for value in (
            "", "x", "2026-11-22", "01/011/2015", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z",
            "2026-11-22T25:00:00Z", "2026-11-22T08:00:00.601-00", "2026-11-22T08:00:00.601-0000",
            "2026-11-22T08:00:00.601-00:00", "2026-W47-7T08:00:00Z",
            "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:60Z", "2026-11-22T08:00:00+25:00",
            "2026-11-22T08:00:00+07:60", "٢٠٢٦-11-22T08:00:00Z", "2026-11-22T08:00:00Z\n",
        )
    ),
    *(Case("XAPI-00022", "timestamp", value, Rule.TIMESTAMP) for value in (1, True, {}, [])),
    # RFC 3339 5.6 lets a space stand for the "T", ISO 8601 does not
    Case("XAPI-00123", "timestamp", "2026-11-22 08:00:00Z", Rule.TIMESTAMP, versions=ONLY_1),
    Case("XAPI-00123", "timestamp", "2026-11-22 08:00:00Z", versions=ONLY_2),
    *(
        Case("XAPI-00123", "timestamp", value)
        for value in (
            "2026-11-22T08:00:00Z", "2026-11-22t08:00:00z", "2026-11-22T08:00:00.123456789+07:00",
            "2016-12-31T23:59:60Z", "2008-09-15T15:53:00.601+00:00",
        )
    ),
    *(
        Case("XAPI-00123", "timestamp", value,
             *((Rule.TIMESTAMP,) if version is Version.V2 else ()), versions=(version,))
        for value in (
            "2026-11-22T08:00:00", "2026-11-22T08:00Z", "20261122T080000Z", "20261122T0800+07",
            "2026-11-22T08:00:00,5+0700", "20261122T080000.060",
        )
        for version in BOTH
    ),
    *(Case("XAPI-00023", "stored", value, Rule.TIMESTAMP) for value in ("x", 1, {})),
    # attachments
    *(Case("XAPI-00025", "attachments", value, Rule.ARRAY) for value in ("x", 1, True, {})),
    *(Case("XAPI-00025", "attachments/0", value, Rule.OBJECT) for value in NOT_OBJECTS),
    *(
        Case(requirement, f"attachments/0/{name}", DROP, Rule.MISSING)
        for requirement, name in (
            ("XAPI-00102", "length"), ("XAPI-00103", "sha2"), ("XAPI-00105", "contentType"),
            ("XAPI-00106", "display"), ("XAPI-00107", "usageType"),
        )
    ),
    *(
        Case("XAPI-00102", "attachments/0/length", value, Rule.INTEGER)
        for value in ("10", 1.5, 10.0, -1, True, {})
    ),
    *(
        Case("XAPI-00103", "attachments/0/sha2", value, Rule.SHA2)
        for value in ("", "x", "a" * 63, "g" * 64, 1, {})
    ),
    *(Case("XAPI-00103", "attachments/0/sha2", "aF" * size) for size in (28, 32, 48, 64)),
    *(
        Case("XAPI-00104", "attachments/0/fileUrl", value, Rule.IRI)
        for value in ("", "hoc.example/tep", 1, {})
    ),
    Case("XAPI-00104", "attachments/0/fileUrl", DROP),
    *(
        Case("XAPI-00105", "attachments/0/contentType", value, Rule.MEDIA_TYPE)
        for value in ("", "text", "text/", "/plain", "text/plain/x", "text /plain", "a/b; c\r\nd")
    ),
    *(
        Case("XAPI-00105", "attachments/0/contentType", value)
        for value in ("image/jpeg", "application/vnd.api+json", 'text/plain ;a="b c"')
    ),
    *(Case("XAPI-00106", "attachments/0/display", value, Rule.OBJECT) for value in ("x", 1)),
    *(Case("XAPI-00106", "attachments/0/description", value, Rule.OBJECT) for value in ("x", 1)),
    Case("XAPI-00107", "attachments/0/usageType", "x", Rule.IRI),
    Case("XAPI-00010", "attachments/0/fileURL", "a:b", Rule.UNKNOWN_PROPERTY),
    # a string that has a form is not empty
    *(
        Case("XAPI-00007", where, "", rule)
        for where, rule in (
            ("id", Rule.UUID), ("actor/mbox", Rule.MBOX), ("verb/id", Rule.IRI),
            ("object/id", Rule.IRI), ("timestamp", Rule.TIMESTAMP),
            ("result/duration", Rule.DURATION), ("context/language", Rule.LANGUAGE_TAG),
            ("attachments/0/sha2", Rule.SHA2),
        )
    ),
    # a statement's own properties
    Case("XAPI-00003", "actor", DROP, Rule.MISSING),
    Case("XAPI-00004", "verb", DROP, Rule.MISSING),
    Case("XAPI-00005", "object", DROP, Rule.MISSING),
    *(Case("XAPI-00028", "id", value, Rule.UUID) for value in (1, True, {}, [])),
    Case("XAPI-00001", "id", None, Rule.NULL),
    *(
        Case("XAPI-00027", "id", value, Rule.UUID)
        for value in ("", "x", STATEMENT_ID[:-1], STATEMENT_ID + "0", f"{{{STATEMENT_ID}}}")
    ),
    Case("XAPI-00029", "id", STATEMENT_ID.replace("-", ""), Rule.UUID),
    Case("XAPI-00030", "id", STATEMENT_ID.replace("6", "g"), Rule.UUID),
    Case("XAPI-00029", "id", STATEMENT_ID.upper()),
    *(Case("XAPI-00101", "version", value) for value in ("1.0", "1.0.0", "1.0.9")),
    *(
        Case("XAPI-00101", "version", value, Rule.STATEMENT_VERSION)
        for value in ("", "0.9.9", "1.1.0", "1", "1.0.", "10.0", "x", 1.0, {})
    ),
    Case("XAPI-00101", "version", "2.0.0", Rule.STATEMENT_VERSION, versions=ONLY_1),
    Case("XAPI-00101", "version", "2.0.0", versions=ONLY_2),
    Case("XAPI-00010", "note", "x", Rule.UNKNOWN_PROPERTY),
    Case("XAPI-00008", "Version", "1.0.0", Rule.UNKNOWN_PROPERTY),
    Case("XAPI-00010", "objectType", "SubStatement", Rule.UNKNOWN_PROPERTY),
    *(
        Case("XAPI-00001", where, None, Rule.NULL)
        for where in (
            "result", "context", "attachments", "authority", "timestamp", "stored", "version",
            "result/score", "result/success", "result/response", "result/extensions",
            "result/score/raw", "context/language", "context/contextActivities/parent",
            "attachments/0/length", "attachments/0/fileUrl", "object/definition/choices",
        )
    ),
]  # fmt: skip
CASES = [*RESULTS, *CONTEXTS, *VALUES]
ALSO_IN_SUBSTATEMENTS = [
    case for case in CASES if case.fits_substatement and case.where != "objectType"
]


@pytest.mark.parametrize("version", Version)
def test_the_whole_statement_passes(version):
    assert outcome(WHOLE, version) is None


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_statement(case):
    for version in case.versions:
        assert outcome(case.statement(), version) == case.expected


@pytest.mark.parametrize("case", ALSO_IN_SUBSTATEMENTS, ids=str)
def test_a_substatement(case):
    expected = case.expected and ("/object" + case.expected[0], case.rule)
    for version in case.versions:
        assert outcome(as_substatement(case.statement()), version) == expected


@pytest.mark.parametrize("value", [None, "x", 1, True, 1.5])
def test_anything_but_an_object_is_no_statement(value):
    assert outcome(value, Version.V1) == ("", Rule.NULL if value is None else Rule.OBJECT)


def test_a_batch_is_one_statement_or_an_array_of_them():
    assert check_batch(WHOLE, Version.V1) == [WHOLE]
    without_id = {name: WHOLE[name] for name in ("actor", "verb", "object")}
    batch = [WHOLE, without_id, without_id]
    assert check_batch(batch, Version.V2) is batch


@pytest.mark.parametrize(
    ("batch", "path", "rule"),
    [
        ([WHOLE, 1], "/1", Rule.OBJECT),
        ([WHOLE, WHOLE | {"id": WHOLE["id"].upper()}], "/1/id", Rule.SAME_ID_TWICE),
        ([[WHOLE]], "/0", Rule.OBJECT),
        ([WHOLE | {"result": {"x~/y": 1}}], "/0/result/x~0~1y", Rule.UNKNOWN_PROPERTY),
    ],
)
def test_a_refused_batch_says_which_statement(batch, path, rule):
    with pytest.raises(InvalidStatement) as caught:
        check_batch(batch, Version.V2)
    assert (caught.value.path, caught.value.rule) == (path, rule)
    assert str(caught.value).startswith(f"{path}: {rule}")
    assert SHA2 not in str(caught.value)
