"""Statements over HTTP: storing and finding (Communication 2.1)."""

import io
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from edu.settings import in_force
from tests.edu.lrs.xapi.conftest import ACTIVITY, ACTOR, VERB, a_statement, a_tool
from tests.factories import a_college

SOME_ID = "fd41c918-b88b-4b20-a0a5-a4c32391aaa0"
THROUGH = "X-Experience-API-Consistent-Through"
VOIDED = {"id": "http://adlnet.gov/expapi/verbs/voided"}


def refers_to(statement_id: str) -> dict:
    return {"objectType": "StatementRef", "id": statement_id}


# 2.1.1 PUT, 2.1.2 POST


def test_put_stores_a_statement_under_the_id_in_the_address(either):
    wanted = str(uuid4())

    answer = either.ask(
        "PUT", f"/statements?statementId={wanted}", json=a_statement(id=wanted.upper())
    )

    assert (answer.status_code, answer.data) == (204, b"")
    assert either.found() == [wanted]


@pytest.mark.parametrize("query", ["", "?statementId=not-a-uuid", f"?statementId={SOME_ID}"])
def test_put_needs_the_statements_own_id(either, query):
    assert either.ask("PUT", f"/statements{query}", json=a_statement()).status_code == 400


def test_put_takes_one_statement_only(either):
    statement = a_statement()

    answer = either.ask("PUT", f"/statements?statementId={statement['id']}", json=[statement])

    assert answer.status_code == 400


def test_post_gives_the_ids_in_the_order_of_the_statements(either):
    statements = [a_statement() for _ in range(3)]
    del statements[1]["id"]

    ids = either.store(*statements)

    assert [ids[0], ids[2]] == [statements[0]["id"], statements[2]["id"]]
    assert either.found(ascending="true") == ids


def test_a_batch_is_stored_whole_or_not_at_all(either):
    answer = either.ask("POST", "/statements", json=[a_statement(), a_statement(verb={})])

    assert answer.status_code == 400
    assert answer.json["path"] == "/1/verb/id"
    assert answer.json["error"] == "missing"
    assert answer.json["section"] == "Data 2.4.3"
    assert either.found() == []


def test_the_same_statement_again_is_no_error_and_no_second_statement(either):
    statement = a_statement()

    assert either.store(statement) == either.store(statement) == [statement["id"]]

    assert either.found() == [statement["id"]]


def test_another_statement_under_a_known_id_is_a_conflict(either):
    statement = a_statement()
    either.store(statement)

    answer = either.ask("POST", "/statements", json=statement | {"result": {"success": True}})

    assert (answer.status_code, answer.json["error"]) == (409, "statement-conflict")


def test_the_store_says_when_and_on_whose_word(either):
    [statement_id] = either.store(a_statement(stored="2001-01-01T00:00:00Z"))

    told = either.get("/statements", query={"statementId": statement_id}).json

    assert told["stored"] > "2026"
    assert told["authority"]["account"]["homePage"] == "http://portal.test"
    assert told["timestamp"] == told["stored"]


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x", ""])
def test_bodies_are_json_or_multipart_mixed(either, kind):  # 1.5
    answer = either.ask("POST", "/statements", data=b"{}", headers={"Content-Type": kind})

    assert answer.status_code == 400


def test_parameters_are_none_of_post(either):
    assert either.ask("POST", "/statements?limit=1", json=a_statement()).status_code == 400


def test_a_body_over_the_limit_is_refused_before_it_is_read(either):
    size = in_force().max_upload_mb * 1024 * 1024 + 1
    unread = io.BytesIO(b"{}")

    answer = either.ask(
        "POST",
        "/statements",
        input_stream=unread,
        content_type="application/json",
        environ_overrides={"CONTENT_LENGTH": str(size)},
    )

    assert (answer.status_code, unread.tell()) == (413, 0)


# 2.1.3 GET


def test_one_statement_says_when_it_was_stored(tool):  # IEEE 9274.1.1, 4.1.6.1
    [statement_id] = tool.store(a_statement())

    answer = tool.get("/statements", query={"statementId": statement_id})

    stored = datetime.fromisoformat(answer.json["stored"])
    assert answer.last_modified == stored.replace(microsecond=0)


def test_what_is_not_there_is_404(either):
    assert either.get("/statements", query={"statementId": str(uuid4())}).status_code == 404


def test_filters_narrow_each_other(either):
    other_verb = {"id": "https://hoc.example/dong-tu"}
    other_activity = {"id": "https://hoc.example/bai/2"}
    registration = str(uuid4())
    first = a_statement(context={"registration": registration})
    second = a_statement(verb=other_verb)
    third = a_statement(object=other_activity)
    either.store(first, second, third)

    assert either.found(agent=ACTOR) == [third["id"], second["id"], first["id"]]
    assert either.found(verb=other_verb["id"]) == [second["id"]]
    assert either.found(activity=other_activity["id"]) == [third["id"]]
    assert either.found(registration=registration.upper()) == [first["id"]]
    assert either.found(agent=ACTOR, activity=ACTIVITY["id"], verb=VERB["id"]) == [first["id"]]
    assert either.found(verb=other_verb["id"], activity=other_activity["id"]) == []


def test_related_agents_and_activities_are_found_when_asked_for(either):
    teacher = {"mbox": "mailto:thay@hoc.example"}
    course = {"id": "https://hoc.example/mon/1"}
    statement = a_statement(
        context={"instructor": teacher, "contextActivities": {"grouping": [course]}}
    )
    either.store(statement)

    assert either.found(agent=teacher) == either.found(activity=course["id"]) == []
    assert either.found(agent=teacher, related_agents="true") == [statement["id"]]
    assert either.found(activity=course["id"], related_activities="true") == [statement["id"]]


def test_members_of_a_group_are_found_by_their_own_name(either):
    team = {"objectType": "Group", "member": [ACTOR, {"mbox": "mailto:minh@hoc.example"}]}
    statement = a_statement(actor=team)
    either.store(statement)

    assert either.found(agent={"mbox": "mailto:minh@HOC.example"}) == [statement["id"]]


def test_pages_lead_on_to_the_end(either):
    ids = either.store(*(a_statement() for _ in range(7)))

    seen, path = [], "/statements?limit=3&ascending=true&verb=" + VERB["id"]
    while path:
        page = either.get(path).json
        assert len(page["statements"]) <= 3
        seen += [each["id"] for each in page["statements"]]
        path = page["more"].removeprefix(either.mount)

    assert seen == ids


def test_a_page_does_not_shift_when_statements_arrive(either):
    ids = either.store(*(a_statement() for _ in range(4)))
    more = either.get("/statements", query={"limit": 2}).json["more"]

    either.store(a_statement())

    rest = either.get(more.removeprefix(either.mount)).json["statements"]
    assert [each["id"] for each in rest] == [ids[1], ids[0]]


@pytest.mark.parametrize("place", ["", "x", "W10", "WzEsMl0", "bnVsbA", "WyJhIiwgMV0"])
def test_a_place_that_we_did_not_name_is_refused(either, place):
    assert either.get("/statements", query={"more": place}).status_code == 400


def test_since_and_until_cut_by_the_moment_of_storing(either):
    for _ in range(3):
        either.store(a_statement())
    first, second, third = either.get("/statements", query={"ascending": "true"}).json["statements"]

    assert either.found(since=first["stored"], until=second["stored"]) == [second["id"]]
    assert either.found(since=third["stored"]) == []


def test_moments_far_away_are_moments(either):
    [statement_id] = either.store(a_statement())

    assert either.found(since="0001-01-01T00:00:00Z") == [statement_id]
    assert either.found(until="9999-12-31T23:59:59Z") == [statement_id]
    assert either.found(since="9999-12-31T23:59:59Z") == []
    assert either.found(until="0001-01-01T00:00:00Z") == []


@pytest.mark.parametrize(
    "query",
    [
        "limti=1",
        "Limit=1",
        "limit=-1",
        "limit=1&limit=2",
        "format=short",
        "ascending=1",
        "agent=lan",
        "since=yesterday",
        f"statementId={SOME_ID}&limit=1",
        f"statementId={SOME_ID}&voidedStatementId={SOME_ID}",
    ],
)
def test_parameters_that_make_no_sense_are_refused(either, query):
    answer = either.get(f"/statements?{query}")

    assert answer.status_code == 400
    assert answer.headers[THROUGH]


def test_all_that_was_stored_until_the_moment_named_is_found(either):
    before = either.get("/statements").headers[THROUGH]
    either.store(a_statement())
    answer = either.get("/statements")
    [told] = answer.json["statements"]

    assert before < told["stored"]
    assert datetime.fromisoformat(answer.headers[THROUGH]) >= datetime.fromisoformat(
        told["stored"]
    ) - timedelta(seconds=1)


def test_head_is_get_without_a_body(either):
    either.store(a_statement())

    answer = either.ask("HEAD", "/statements")

    assert (answer.status_code, answer.data) == (200, b"")
    assert int(answer.headers["Content-Length"]) == len(either.get("/statements").data)


# Voiding (Data 2.3.2) and references


def test_a_voided_statement_is_told_only_to_who_asks_for_it(either):
    mistaken = a_statement()
    voiding = a_statement(verb=VOIDED, object=refers_to(mistaken["id"]))
    either.store(mistaken, voiding)

    def status(**query: str) -> int:
        return either.get("/statements", query=query).status_code

    assert status(statementId=mistaken["id"]) == 404
    assert status(voidedStatementId=mistaken["id"]) == 200
    assert status(voidedStatementId=voiding["id"]) == 404
    assert either.found() == [voiding["id"]]


def test_voiding_may_come_before_what_it_voids(either):
    mistaken = a_statement()
    either.store(a_statement(verb=VOIDED, object=refers_to(mistaken["id"])))
    either.store(mistaken)

    assert mistaken["id"] not in either.found()


def test_what_refers_to_a_match_is_found_even_if_the_match_is_voided(either):
    mistaken = a_statement(verb={"id": "https://hoc.example/dong-tu"})
    voiding = a_statement(verb=VOIDED, object=refers_to(mistaken["id"]))
    either.store(mistaken, voiding)

    assert either.found(verb="https://hoc.example/dong-tu") == [voiding["id"]]


# Formats


def test_ids_leave_only_what_identifies(either):
    statement = a_statement(actor=ACTOR | {"name": "Lan"})
    either.store(statement)

    [told] = either.get("/statements", query={"format": "ids"}).json["statements"]

    assert told["actor"] == ACTOR
    assert told["object"] == {"id": ACTIVITY["id"]}
    assert told["verb"] == {"id": VERB["id"]}


def test_canonical_tells_what_is_known_by_now_in_the_readers_language(either):
    either.store(
        a_statement(),
        a_statement(
            object={"id": ACTIVITY["id"], "definition": {"name": {"en": "Arc welding"}}},
            verb={"id": VERB["id"], "display": {"vi": "đã hoàn thành"}},
        ),
    )

    def told(language: str) -> tuple:
        answer = either.get(
            "/statements", query={"format": "canonical"}, headers={"Accept-Language": language}
        )
        last = answer.json["statements"][-1]
        return last["verb"]["display"], last["object"]["definition"]["name"]

    assert told("en") == ({"en": "completed"}, {"en": "Arc welding"})
    assert told("vi, en;q=0.5") == ({"vi": "đã hoàn thành"}, {"vi": "Hàn hồ quang"})


def test_exact_is_every_byte_as_it_was_stored(either):
    odd = a_statement(
        context={"extensions": {"https://hoc.example/so": [0.1, 1e300, -5, "\0é\\ud83d😀", None]}}
    )
    either.store(odd)

    [told] = either.get("/statements").json["statements"]

    assert told["context"] == odd["context"]


# Tenants


def test_each_college_has_its_own_record(client, tool):
    [statement_id] = tool.store(a_statement())
    stranger = a_tool(client, a_college())

    assert stranger.found() == stranger.found(agent=ACTOR) == []
    assert stranger.get("/statements", query={"statementId": statement_id}).status_code == 404
    assert stranger.store(a_statement(id=statement_id)) == [statement_id]
