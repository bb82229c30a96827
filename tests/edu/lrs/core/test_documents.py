import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edu.lrs.core.documents import (
    Decision,
    Document,
    DocumentQuery,
    Method,
    Preconditions,
    Resource,
    decide,
    etag,
    merge,
    parse_document_query,
)
from edu.lrs.core.problems import InvalidJson, InvalidRequest, Problem, Rule
from edu.lrs.core.version import Version
from tests.edu.lrs.core.cases import STATEMENT_ID

LAN = {"objectType": "Agent", "mbox": "mailto:lan@hoc.example"}
ACTIVITY = ("activityId", "https://hoc.example/bai/1")
AGENT = ("agent", json.dumps(LAN))
REGISTRATION = ("registration", STATEMENT_ID.upper())
SINCE = ("since", "2026-11-22T01:00:00Z")
OWNERS = {
    Resource.STATE: [ACTIVITY, AGENT],
    Resource.AGENT_PROFILE: [AGENT],
    Resource.ACTIVITY_PROFILE: [ACTIVITY],
}
NO_HEADERS = Preconditions()
TAG = etag(b"here")
OTHER = etag(b"there")
LIMIT = 1000


def document_id(resource):
    return (resource.id_name, "tiến độ")


def read(resource, method, parameters, version=Version.V1):
    return parse_document_query(resource, method, parameters, version)


def refused(*request):
    with pytest.raises(InvalidRequest) as caught:
        read(*request)
    return caught.value.name, caught.value.rule


@pytest.mark.parametrize("resource", Resource)
@pytest.mark.parametrize("method", Method)
def test_one_document_is_named_by_owner_and_id(resource, method):
    query = read(resource, method, [*OWNERS[resource], document_id(resource)])
    owners = dict(OWNERS[resource])
    assert query == DocumentQuery(
        activity_id=owners.get("activityId"),
        agent=LAN if "agent" in owners else None,
        document_id="tiến độ",
    )


def test_a_state_may_belong_to_a_registration():
    query = read(Resource.STATE, Method.PUT, [ACTIVITY, AGENT, REGISTRATION, ("stateId", "s")])
    assert query.registration == STATEMENT_ID
    for resource in (Resource.AGENT_PROFILE, Resource.ACTIVITY_PROFILE):
        assert refused(resource, Method.GET, [*OWNERS[resource], REGISTRATION]) == (
            "registration",
            Rule.PARAMETER_UNKNOWN,
        )


@pytest.mark.parametrize("resource", Resource)
def test_documents_are_listed_since_a_moment(resource):
    query = read(resource, Method.GET, [*OWNERS[resource], SINCE])
    assert query.document_id is None
    assert query.since == datetime(2026, 11, 22, 1, tzinfo=UTC)
    with_id = [*OWNERS[resource], SINCE, document_id(resource)]
    assert refused(resource, Method.GET, with_id) == ("since", Rule.PARAMETER_CONFLICT)
    assert refused(resource, Method.PUT, with_id) == ("since", Rule.PARAMETER_UNKNOWN)


@pytest.mark.parametrize("resource", Resource)
@pytest.mark.parametrize("method", Method)
def test_what_a_document_hangs_on_is_required(resource, method):
    for missing in OWNERS[resource]:
        given_ = [*OWNERS[resource], document_id(resource)]
        given_.remove(missing)
        assert refused(resource, method, given_) == (missing[0], Rule.PARAMETER_MISSING)


@pytest.mark.parametrize("resource", Resource)
@pytest.mark.parametrize("method", Method)
def test_only_get_and_deleting_states_go_without_an_id(resource, method):
    if method is Method.GET or (method is Method.DELETE and resource is Resource.STATE):
        assert read(resource, method, OWNERS[resource]).document_id is None
    else:
        assert refused(resource, method, OWNERS[resource]) == (
            resource.id_name,
            Rule.PARAMETER_MISSING,
        )


@pytest.mark.parametrize(
    ("name", "written", "rule"),
    [
        ("activityId", "bai", Rule.IRI),
        ("agent", "lan", Rule.NOT_JSON),
        ("agent", json.dumps({"objectType": "Group", "mbox": "mailto:a@x"}), Rule.OBJECT_TYPE),
        ("registration", "x", Rule.UUID),
        ("since", "x", Rule.TIMESTAMP),
    ],
)
def test_values_are_held_to_the_rules_for_statements(name, written, rule):
    parameters = dict([*OWNERS[Resource.STATE]]) | {name: written}
    assert refused(Resource.STATE, Method.GET, parameters.items()) == (name, rule)


def test_profile_and_state_ids_are_not_mixed_up():
    given_ = [*OWNERS[Resource.STATE], ("profileId", "x")]
    assert refused(Resource.STATE, Method.GET, given_) == ("profileId", Rule.PARAMETER_UNKNOWN)
    assert refused(Resource.STATE, Method.GET, [*OWNERS[Resource.STATE], AGENT]) == (
        "agent",
        Rule.PARAMETER_REPEATED,
    )


def test_the_entity_tag_is_the_sha1_in_quotes():  # XAPI-00322
    assert etag(b"") == '"da39a3ee5e6b4b0d3255bfef95601890afd80709"'


@pytest.mark.parametrize("version", Version)
@pytest.mark.parametrize("method", [Method.PUT, Method.POST, Method.DELETE])
@pytest.mark.parametrize(
    ("headers", "current", "decision"),
    [
        (Preconditions(if_match=TAG), TAG, Decision.ALLOW),
        (Preconditions(if_match=f'"x", W/{TAG}'), TAG, Decision.ALLOW),
        (Preconditions(if_match="*"), TAG, Decision.ALLOW),
        (Preconditions(if_match=OTHER), TAG, Decision.PRECONDITION_FAILED),
        (Preconditions(if_match=TAG.strip('"')), TAG, Decision.PRECONDITION_FAILED),
        (Preconditions(if_match=TAG), None, Decision.PRECONDITION_FAILED),
        (Preconditions(if_match="*"), None, Decision.PRECONDITION_FAILED),
        (Preconditions(if_none_match="*"), None, Decision.ALLOW),
        (Preconditions(if_none_match="*"), TAG, Decision.PRECONDITION_FAILED),
        (Preconditions(if_none_match=OTHER), TAG, Decision.ALLOW),
        (Preconditions(if_none_match=TAG), TAG, Decision.PRECONDITION_FAILED),
        (Preconditions(if_match=TAG, if_none_match="*"), TAG, Decision.PRECONDITION_FAILED),
    ],
)
def test_preconditions_are_honoured(method, version, headers, current, decision):
    for resource in Resource:
        assert decide(resource, method, headers, current=current, version=version) is decision


@pytest.mark.parametrize(
    ("version", "resource", "current", "decision"),
    [
        (Version.V1, Resource.STATE, None, Decision.ALLOW),
        (Version.V1, Resource.STATE, TAG, Decision.ALLOW),
        (Version.V1, Resource.AGENT_PROFILE, None, Decision.BAD_REQUEST),
        (Version.V1, Resource.AGENT_PROFILE, TAG, Decision.CONFLICT),
        (Version.V1, Resource.ACTIVITY_PROFILE, None, Decision.BAD_REQUEST),
        (Version.V1, Resource.ACTIVITY_PROFILE, TAG, Decision.CONFLICT),
        *((Version.V2, resource, None, Decision.ALLOW) for resource in Resource),
        *((Version.V2, resource, TAG, Decision.CONFLICT) for resource in Resource),
    ],
)
def test_putting_without_a_precondition(version, resource, current, decision):
    made = decide(resource, Method.PUT, NO_HEADERS, current=current, version=version)
    assert made is decision


@pytest.mark.parametrize("method", [Method.POST, Method.DELETE])
@pytest.mark.parametrize("version", Version)
def test_posting_and_deleting_need_no_precondition(method, version):
    for resource in Resource:
        for current in (None, TAG):
            made = decide(resource, method, NO_HEADERS, current=current, version=version)
            assert made is Decision.ALLOW


def as_json(value, content_type="application/json"):
    return Document(json.dumps(value).encode(), content_type)


def test_posted_properties_replace_those_there():  # XAPI-00234
    merged = merge(
        as_json({"x": {"deep": 1}, "y": "bar"}),
        as_json({"x": {"new": 2}, "z": None}, "Application/JSON; charset=utf-8"),
        max_bytes=LIMIT,
    )
    assert json.loads(merged.content) == {"x": {"new": 2}, "y": "bar", "z": None}
    assert merged.is_json


@given(*[st.dictionaries(st.text(), st.integers(-(2**53), 2**53))] * 2)
def test_merging_is_putting_one_over_the_other(existing, posted):
    merged = merge(as_json(existing), as_json(posted), max_bytes=10**6)
    assert json.loads(merged.content) == existing | posted


@pytest.mark.parametrize(
    "posted",
    [
        Document(b"[1]", "application/json"),
        Document(b' {"a" : 1}', "application/json"),
        Document(b"{", "text/plain"),
        Document(b"\xff", "application/octet-stream"),
    ],
)
def test_the_first_post_keeps_the_document_as_it_came(posted):  # XAPI-00233
    assert merge(None, posted, max_bytes=LIMIT) is posted


@pytest.mark.parametrize("content", [b"", b"{", b"\xff"])
def test_what_says_it_is_json_must_be(content):  # XAPI-00314
    with pytest.raises(InvalidJson):
        merge(None, Document(content, "application/json"), max_bytes=LIMIT)


@pytest.mark.parametrize(
    "spoilt",
    [
        Document(b"{}", "application/octet-stream"),
        Document(b"{}", "application/json-seq"),
        as_json([1]),
        as_json(None),
        Document(b"{", "application/json"),
        Document(b'{"a": 1, "a": 2}', "application/json"),
    ],
)
def test_only_json_objects_are_merged(spoilt):  # XAPI-00229, XAPI-00232
    for existing, posted in ((spoilt, as_json({})), (as_json({}), spoilt)):
        with pytest.raises(Problem) as caught:
            merge(existing, posted, max_bytes=LIMIT)
        assert caught.value.rule is Rule.NOT_MERGEABLE


def test_a_document_over_the_limit_is_not_merged():
    with pytest.raises(InvalidJson) as caught:
        merge(as_json({}), as_json({"a": "b" * LIMIT}), max_bytes=LIMIT)
    assert caught.value.rule is Rule.TOO_LARGE
