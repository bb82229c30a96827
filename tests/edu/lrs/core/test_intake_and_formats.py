import copy

import pytest

from edu.lrs.core.formats import canonical, ids_only
from edu.lrs.core.intake import complete
from edu.lrs.core.languages import one_language, parse_accept_language
from edu.lrs.core.version import Version
from tests.edu.lrs.core.cases import STATEMENT_ID, WHOLE, as_substatement, changed, outcome

STORED = "2026-11-22T09:30:00.000000Z"
LRS = {"account": {"homePage": "https://lrs.example", "name": "app"}}
PLAIN = {name: WHOLE[name] for name in ("actor", "verb", "object")}
LAN = {"objectType": "Agent", "name": "Lan", "mbox": "mailto:lan@hoc.example"}
GROUP = {"objectType": "Group", "name": "Tổ 1", "member": [LAN]}


def kept(statement, version=Version.V1):
    return complete(
        statement, statement_id=STATEMENT_ID, stored=STORED, authority=LRS, version=version
    )


def test_the_lrs_assigns_what_is_missing():  # XAPI-00026, XAPI-00097, XAPI-00100
    assert kept(PLAIN) == PLAIN | {
        "id": STATEMENT_ID,
        "timestamp": "2026-11-22T09:30:00.000000Z",
        "stored": "2026-11-22T09:30:00.000000Z",
        "authority": LRS,
        "version": "1.0.0",
    }
    assert kept(PLAIN, Version.V2)["version"] == "2.0.0"


def test_the_lrs_replaces_stored_and_authority_and_keeps_the_rest():  # XAPI-00332
    shouting = WHOLE | {"id": WHOLE["id"].upper(), "version": "1.0.9"}
    told = kept(shouting)
    assert told["id"] == WHOLE["id"]
    assert told["stored"] == "2026-11-22T09:30:00.000000Z"
    assert told["authority"] == LRS
    assert told["version"] == "1.0.9"
    assert told["timestamp"] == WHOLE["timestamp"]
    assert next(iter(told)) == "id"


def test_2_0_keeps_timestamps_in_utc():
    assert kept(WHOLE, Version.V2)["timestamp"] == "2026-11-22T01:00:00.123000Z"


def test_one_context_activity_is_told_as_an_array():  # XAPI-00096
    before = copy.deepcopy(WHOLE)
    activities = kept(WHOLE)["context"]["contextActivities"]
    assert activities["category"] == [{"id": "https://hoc.example/ho-so/1"}]
    assert activities["parent"] == WHOLE["context"]["contextActivities"]["parent"]
    inside = kept(as_substatement(WHOLE))["object"]["context"]["contextActivities"]
    assert inside == activities
    assert before == WHOLE


@pytest.mark.parametrize("version", Version)
def test_what_is_kept_is_valid_again(version):
    for statement in (WHOLE, PLAIN, as_substatement(WHOLE)):
        assert outcome(kept(statement, version), version) is None


def test_ids_leave_only_what_identifies():  # XAPI-00171
    told = ids_only(kept(WHOLE))
    assert told["actor"] == {"objectType": "Agent", "mbox": "mailto:lan@hoc.example"}
    assert told["verb"] == {"id": WHOLE["verb"]["id"]}
    assert told["object"] == {"id": WHOLE["object"]["id"]}
    assert told["authority"] == LRS
    assert told["context"]["instructor"] == {"account": WHOLE["context"]["instructor"]["account"]}
    assert told["context"]["team"] == WHOLE["context"]["team"]
    assert told["context"]["contextActivities"]["parent"] == [{"id": "https://hoc.example/bai/1"}]
    assert told["result"] == WHOLE["result"]


def test_ids_reach_into_substatements_groups_and_others_involved():
    involved = {
        "contextAgents": [{"objectType": "contextAgent", "agent": LAN}],
        "contextGroups": [{"objectType": "contextGroup", "group": GROUP}],
    }
    statement = kept(WHOLE | {"object": GROUP, "context": involved}, Version.V2)
    told = ids_only(kept(as_substatement(statement)))["object"]
    short = {"objectType": "Agent", "mbox": LAN["mbox"]}
    assert told["object"] == {"objectType": "Group", "member": [short]}
    assert told["context"]["contextAgents"][0]["agent"] == short
    assert told["context"]["contextGroups"][0]["group"] == told["object"]
    assert ids_only(kept(WHOLE | {"object": GROUP | {"openid": "a:b"}}))["object"] == {
        "objectType": "Group",
        "openid": "a:b",
    }
    reference = {"objectType": "StatementRef", "id": STATEMENT_ID}
    assert ids_only(kept(WHOLE | {"object": reference}))["object"] == reference


def test_canonical_tells_what_the_lrs_knows_in_one_language():  # XAPI-00169, XAPI-00172
    known = {
        "name": {"en": "Question 1", "vi": "Câu 1"},
        "choices": [{"id": "a", "description": {"vi": "Que", "en": "Rod"}}, {"id": "b"}],
    }
    before = copy.deepcopy(known)
    describe = canonical(
        parse_accept_language("vi, en;q=0.5"),
        definition={WHOLE["object"]["id"]: known}.get,
        display=lambda _iri: None,
    )
    told = describe(kept(WHOLE))
    assert told["object"]["definition"] == {
        "name": {"vi": "Câu 1"},
        "choices": [{"id": "a", "description": {"vi": "Que"}}, {"id": "b"}],
    }
    assert told["verb"]["display"] == {"vi": "đã trả lời"}
    assert told["actor"] == WHOLE["actor"]
    assert told["context"]["contextActivities"]["parent"] == [{"id": "https://hoc.example/bai/1"}]
    assert known == before


def test_canonical_falls_back_on_the_statement_itself():
    describe = canonical(
        parse_accept_language("de"),
        definition=lambda _iri: None,
        display={"https://hoc.example/dong-tu/du-dinh": {"vi": "dự định"}}.get,
    )
    told = describe(
        kept(as_substatement(changed(WHOLE, "verb/display", {"en-GB": "x", "de": "y"})))
    )
    assert told["verb"]["display"] == {"vi": "dự định"}
    assert told["object"]["verb"]["display"] == {"de": "y"}
    assert told["object"]["object"]["definition"]["name"] == {"vi": "Câu 1"}


def test_a_verb_nobody_described_stays_bare():
    bare = kept(changed(WHOLE, "verb", {"id": "a:b"}))
    describe = canonical({}, definition=lambda _iri: None, display=lambda _iri: None)
    assert describe(bare)["verb"] == {"id": "a:b"}


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        (None, "vi"),
        ("", "vi"),
        ("en-GB", "en-GB"),
        ("EN-gb", "en-GB"),
        ("en", "en-GB"),
        ("de, en-US;q=0.8, vi;q=0.9", "vi"),
        ("de, en-US;q=0.8, fr;q=0.9", "en-US"),
        ("en;q=0.9, en-GB;q=0.1", "en-US"),  # the longest range counts for en-GB
        ("*;q=0.1, en-US;q=0.2", "en-US"),
        ("*", "vi"),
        ("vi;q=0, *", "en-GB"),
        ("en-AU", "en-GB"),  # a relative rather than a stranger
        ("en-AU;q=0, zz", "vi"),
        ("de", "vi"),
        ("d e, vi;q=2, ;;, en-US ; q=0.3", "en-US"),
    ],
)
def test_the_reader_gets_the_language_wanted_most(header, chosen):
    words = {"vi": "một", "en-GB": "one", "en-US": "one"}
    assert one_language(words, parse_accept_language(header)) == {chosen: words[chosen]}


def test_an_empty_language_map_stays_empty():
    assert one_language({}, parse_accept_language("vi")) == {}
