import json
from datetime import UTC, datetime

import pytest

from edu.lrs.core.problems import InvalidRequest, Rule
from edu.lrs.core.query import Format, StatementQuery, parse_put_statement, parse_statement_query
from edu.lrs.core.version import Version
from tests.edu.lrs.core.cases import STATEMENT_ID, WHOLE

LAN = {"mbox": "mailto:lan@hoc.example"}
ALL = {
    "agent": json.dumps(LAN),
    "verb": "http://adlnet.gov/expapi/verbs/passed",
    "activity": "https://hoc.example/bai/1",
    "registration": STATEMENT_ID.upper(),
    "related_activities": "true",
    "related_agents": "false",
    "since": "2026-11-22T08:00:00+07:00",
    "until": "2026-11-23T01:00:00Z",
    "limit": "25",
    "format": "canonical",
    "attachments": "true",
    "ascending": "true",
}


def refused(parameters, version=Version.V1):
    with pytest.raises(InvalidRequest) as caught:
        parse_statement_query(parameters, version)
    return caught.value.name, caught.value.rule


@pytest.mark.parametrize("version", Version)
def test_all_parameters_are_read(version):
    query = parse_statement_query(ALL.items(), version)
    assert query == StatementQuery(
        agent=LAN,
        verb="http://adlnet.gov/expapi/verbs/passed",
        activity="https://hoc.example/bai/1",
        registration=STATEMENT_ID,
        related_activities=True,
        related_agents=False,
        since=datetime(2026, 11, 22, 1, tzinfo=UTC),
        until=datetime(2026, 11, 23, 1, tzinfo=UTC),
        limit=25,
        format=Format.CANONICAL,
        attachments=True,
        ascending=True,
    )
    assert not query.is_for_one


def test_without_parameters_everything_is_asked_for_exactly():
    query = parse_statement_query((), Version.V1)
    assert query == StatementQuery()
    assert (query.limit, query.format) == (0, Format.EXACT)


@pytest.mark.parametrize("name", ["statementId", "voidedStatementId"])
def test_one_statement_may_be_asked_for_with_attachments_and_format(name):  # XAPI-00154
    parameters = {name: STATEMENT_ID, "attachments": "false", "format": "ids"}
    query = parse_statement_query(parameters.items(), Version.V2)
    assert query.is_for_one
    assert STATEMENT_ID in {query.statement_id, query.voided_statement_id}


@pytest.mark.parametrize("name", ["statementId", "voidedStatementId"])
@pytest.mark.parametrize("other", sorted(ALL.keys() - {"attachments", "format"}))
def test_one_statement_is_asked_for_without_filters(name, other):  # XAPI-00153, XAPI-00155
    parameters = {name: STATEMENT_ID, other: ALL[other]}
    assert refused(parameters.items()) == (other, Rule.PARAMETER_CONFLICT)


def test_one_statement_is_asked_for_by_one_id():  # XAPI-00149
    parameters = {"statementId": STATEMENT_ID, "voidedStatementId": STATEMENT_ID}
    assert refused(parameters.items()) == ("voidedStatementId", Rule.PARAMETER_CONFLICT)


@pytest.mark.parametrize("name", ["StatementId", "Agent", "LIMIT", "relatedAgents", "x", ""])
def test_unknown_and_wrongly_cased_parameters_are_refused(name):  # XAPI-00012, XAPI-00325
    assert refused([(name, "1")]) == (name, Rule.PARAMETER_UNKNOWN)


def test_a_parameter_is_given_once():
    assert refused([("limit", "1"), ("limit", "1")]) == ("limit", Rule.PARAMETER_REPEATED)


@pytest.mark.parametrize(
    ("name", "written", "rule"),
    [
        ("statementId", "x", Rule.UUID),
        ("voidedStatementId", STATEMENT_ID[1:], Rule.UUID),
        ("registration", "", Rule.UUID),
        ("verb", "passed", Rule.IRI),
        ("activity", "", Rule.IRI),
        ("agent", "", Rule.NOT_JSON),
        ("agent", '{"mbox": "mailto:a@x", "mbox": "mailto:b@x"}', Rule.DUPLICATE_KEY),
        ("agent", "[]", Rule.OBJECT),
        ("agent", '{"mbox": "lan"}', Rule.MBOX),
        ("agent", json.dumps({"objectType": "Group", "member": [LAN]}), Rule.NO_IDENTIFIER),
        ("agent", '"' + "x" * 70_000 + '"', Rule.TOO_LARGE),
        ("related_agents", "True", Rule.BOOLEAN),
        ("related_activities", "1", Rule.BOOLEAN),
        ("attachments", "", Rule.BOOLEAN),
        ("ascending", "yes", Rule.BOOLEAN),
        ("since", "yesterday", Rule.TIMESTAMP),
        ("until", "2026-11-22T00:00:00-00:00", Rule.TIMESTAMP),
        ("limit", "-1", Rule.INTEGER),
        ("limit", "1.5", Rule.INTEGER),
        ("limit", "٣", Rule.INTEGER),
        ("limit", "1" * 10, Rule.INTEGER),
        ("limit", "", Rule.INTEGER),
        ("format", "IDS", Rule.VOCABULARY),
    ],
)
def test_values_are_held_to_the_rules_for_statements(name, written, rule):  # XAPI-00012
    for version in Version:
        assert refused([(name, written)], version) == (name, rule)


def test_an_identified_group_can_be_looked_for():
    group = {"objectType": "Group"} | LAN
    assert parse_statement_query([("agent", json.dumps(group))], Version.V1).agent == group


def test_what_a_moment_looks_like_depends_on_the_version():
    since = [("since", "2026-11-22T08:00:00")]
    assert parse_statement_query(since, Version.V1).since == datetime(2026, 11, 22, 8, tzinfo=UTC)
    assert refused(since, Version.V2) == ("since", Rule.TIMESTAMP)


def test_put_names_the_statement_by_parameter():
    given = [("statementId", WHOLE["id"].upper())]
    assert parse_put_statement(given, WHOLE, Version.V1) == WHOLE["id"]
    without = {name: value for name, value in WHOLE.items() if name != "id"}
    assert parse_put_statement(given, without, Version.V1) == WHOLE["id"]


@pytest.mark.parametrize(
    ("given", "name", "rule"),
    [
        ([], "statementId", Rule.PARAMETER_MISSING),
        ([("statementId", "x")], "statementId", Rule.UUID),
        ([("statementId", STATEMENT_ID)], "statementId", Rule.ID_MISMATCH),
        ([("statementID", STATEMENT_ID)], "statementID", Rule.PARAMETER_UNKNOWN),
    ],
)
def test_put_without_the_right_id_is_refused(given, name, rule):  # XAPI-00142
    with pytest.raises(InvalidRequest) as caught:
        parse_put_statement(given, WHOLE, Version.V1)
    assert (caught.value.name, caught.value.rule) == (name, rule)
