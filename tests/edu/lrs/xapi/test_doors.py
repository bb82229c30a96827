"""Versions, keys, methods, the alternate syntax, and small resources (Communication 1.3 to 4.2)."""

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest
import time_machine

from edu.db import inside, unit_of_work, utcnow
from edu.lrs.core.json_in import write
from edu.lrs.keys import queries, service
from tests.edu.lrs.xapi.conftest import (
    ACTIVITY,
    ACTOR,
    HEADER,
    VERB,
    a_statement,
    a_tool,
    basic,
)

AGENT = write(ACTOR).decode()
EVERYTHING = [
    "/statements",
    "/agents",
    "/activities",
    "/activities/state",
    "/activities/profile",
    "/agents/profile",
]


# 2.8 About, 3.3 versions


@pytest.mark.parametrize(("mount", "spoken"), [("/xapi", "2.0.0"), ("/xapi/v1", "1.0.3")])
def test_anybody_may_ask_which_versions_are_spoken(client, mount, spoken):
    answer = client.get(f"{mount}/about")

    assert answer.json["version"] == ["1.0.3", "2.0.0"]
    assert answer.headers[HEADER] == spoken


@pytest.mark.parametrize("path", EVERYTHING)
@pytest.mark.parametrize(("mount", "spoken"), [("/xapi", "2.0.0"), ("/xapi/v1", "1.0.3")])
def test_every_other_resource_wants_a_version(tool, path, mount, spoken):
    tool.mount = mount

    answer = tool.get(path, headers={HEADER: None})

    assert (answer.status_code, answer.json["error"]) == (400, "version-missing")
    assert answer.headers[HEADER] == spoken


@pytest.mark.parametrize("mount", ["/xapi", "/xapi/v1"])
@pytest.mark.parametrize(
    ("asked", "told"),
    [("1.0", "1.0.3"), ("1.0.1", "1.0.3"), ("2.0", "2.0.0"), ("2.0.0", "2.0.0")],
)
def test_both_doors_speak_the_version_that_is_asked_for(tool, mount, asked, told):
    tool.mount = mount

    answer = tool.get("/statements", headers={HEADER: asked})

    assert (answer.status_code, answer.headers[HEADER]) == (200, told)


@pytest.mark.parametrize("version", ["0.95", "1.1", "3.0.0", "two"])
def test_other_versions_are_not_spoken(tool, version):
    assert tool.get("/statements", headers={HEADER: version}).status_code == 400


def test_rules_of_2_0_do_not_bind_1_0(tool, old_tool):
    local = a_statement(timestamp="2026-11-22T10:00:00")

    assert tool.ask("POST", "/statements", json=local).status_code == 400
    assert old_tool.ask("POST", "/statements", json=local).status_code == 200


# Resources and methods


def test_unknown_resources_are_404(tool):
    answer = tool.get("/statement")

    assert (answer.status_code, answer.content_type) == (404, "application/json")


@pytest.mark.parametrize(
    ("method", "path"), [("DELETE", "/statements"), ("PUT", "/agents"), ("POST", "/activities")]
)
def test_a_resource_names_the_methods_it_takes(tool, method, path):
    answer = tool.ask(method, path)

    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_pages_of_other_sites_may_talk_to_us(client):
    answer = client.options("/xapi/statements", headers={"Origin": "https://khoa-hoc.example"})

    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert HEADER in answer.headers["Access-Control-Allow-Headers"]
    assert "ETag" in answer.headers["Access-Control-Expose-Headers"]


def test_a_cookie_opens_nothing(as_user, college):
    from edu.accounts.models import Role
    from tests.factories import a_person

    manager = a_person(role=Role.MANAGER, at=college)

    answer = as_user(manager).get("/xapi/statements", headers={HEADER: "2.0.0"})

    assert answer.status_code == 401


# 4.1 Authentication


@pytest.mark.parametrize("path", EVERYTHING)
@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "Basic",
        "Basic !!!",
        "Basic bm9jb2xvbg==",
        "Basic /////w==",
        basic("nobody", "nothing"),
        "Bearer nothing",
        "Digest x",
    ],
)
def test_without_a_good_key_every_door_is_shut(tool, path, authorization):
    tool.authorization = authorization

    answer = tool.get(path)

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic")


def test_half_a_key_is_none(tool, college):
    with inside(college.id):
        [key] = queries.all_keys()

    tool.authorization = basic(key.username, "guess")

    assert tool.get("/statements").status_code == 401


def test_a_revoked_key_ends_at_once(tool, college):
    assert tool.get("/statements").status_code == 200

    with inside(college.id), unit_of_work():
        service.revoke(queries.all_keys()[0])

    assert tool.get("/statements").status_code == 401


def test_a_key_ends_by_itself(client, college):
    with inside(college.id), unit_of_work():
        made = service.create_key("Một tuần", expires_at=utcnow() + timedelta(days=7))
    tool = a_tool(client, college)
    tool.authorization = basic(made.key.username, made.secret)

    assert tool.get("/statements").status_code == 200
    with time_machine.travel(datetime.now(UTC) + timedelta(days=8)):
        assert tool.get("/statements").status_code == 401


def test_an_old_secret_works_for_another_day(tool, college):
    with inside(college.id), unit_of_work():
        made = service.rotate(queries.all_keys()[0])

    assert tool.get("/statements").status_code == 200
    with time_machine.travel(datetime.now(UTC) + timedelta(days=2), tick=False):
        queries.forget_trusted()
        assert tool.get("/statements").status_code == 401
        tool.authorization = basic(made.key.username, made.secret)
        assert tool.get("/statements").status_code == 200


def test_last_use_is_kept_to_the_hour(tool, college, count_queries):
    tool.get("/statements")
    with inside(college.id):
        [key] = queries.all_keys()
    assert key.used_at is not None

    queries.forget_trusted()
    with count_queries() as seen:
        tool.get("/statements")
    assert not [each for each in seen if each.startswith("UPDATE")]


def test_a_key_is_looked_up_once_in_a_while(tool, count_queries):
    tool.get("/statements")

    with count_queries() as seen:
        tool.get("/statements")

    assert not [each for each in seen if "lrs_key" in each]


# 4.2 Scopes


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [
        ("statements/write", {"write"}),
        ("statements/read", {"read", "things"}),
        ("statements/read/mine", {"read", "things"}),
        ("state", {"state", "read state", "things"}),
        ("profile", {"profile", "read profile", "things"}),
        ("define", {"things"}),
        ("all/read", {"read", "read state", "read profile", "things"}),
        (
            "all",
            {"write", "read", "state", "read state", "profile", "read profile", "things"},
        ),
    ],
)
def test_a_key_does_what_it_was_made_for(client, college, scope, allowed):
    tool = a_tool(client, college, scope)
    state = "/activities/state?" + urlencode(
        {"activityId": ACTIVITY["id"], "agent": AGENT, "stateId": "s"}
    )
    profile = "/agents/profile?" + urlencode({"agent": AGENT, "profileId": "p"})
    asked = {
        "write": tool.ask("POST", "/statements", json=a_statement()),
        "read": tool.get("/statements"),
        "state": tool.ask("PUT", state, data=b"x"),
        "read state": tool.get(state),
        "profile": tool.ask("PUT", profile, data=b"x"),
        "read profile": tool.get(profile),
        "things": tool.get("/activities", query={"activityId": ACTIVITY["id"]}),
    }

    assert {name for name, answer in asked.items() if answer.status_code != 403} == allowed


def test_a_key_may_be_held_to_what_it_stored_itself(client, college, tool):
    [foreign] = tool.store(a_statement())
    own_reader = a_tool(client, college, "statements/write", "statements/read/mine")
    [own] = own_reader.store(a_statement())

    assert own_reader.found() == own_reader.found(agent=ACTOR) == [own]
    assert own_reader.get("/statements", query={"statementId": own}).status_code == 200
    assert own_reader.get("/statements", query={"statementId": foreign}).status_code == 404


def test_only_who_may_define_says_what_activities_are(client, college, tool):
    writer = a_tool(client, college, "statements/write")
    renamed = {"id": ACTIVITY["id"], "definition": {"name": {"vi": "Tên khác"}}}
    tool.store(a_statement())
    writer.store(a_statement(object=renamed))

    told = tool.get("/activities", query={"activityId": ACTIVITY["id"]}).json

    assert told["definition"]["name"] == {"vi": "Hàn hồ quang"}


# OAuth 2.0 tokens (RFC 6749 §4.4)


def exchange(client, **form: str):
    return client.post("/xapi/oauth/token", data={"grant_type": "client_credentials"} | form)


def test_a_key_is_exchanged_for_a_token_of_an_hour(client, college):
    with inside(college.id), unit_of_work():
        made = service.create_key("Ứng dụng")
    answer = exchange(
        client,
        client_id=made.key.username,
        client_secret=made.secret,
        scope="statements/read state",
    )
    tool = a_tool(client, college)
    tool.authorization = f"Bearer {answer.json['access_token']}"

    assert answer.json["token_type"] == "Bearer"
    assert answer.json["scope"] == "statements/read state"
    assert answer.headers["Cache-Control"] == "no-store"
    assert tool.get("/statements").status_code == 200
    assert tool.ask("POST", "/statements", json=a_statement()).status_code == 403
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=2)):
        assert tool.get("/statements").status_code == 401


def test_a_token_ends_with_its_key(client, college):
    with inside(college.id), unit_of_work():
        made = service.create_key("Ứng dụng")
    token = exchange(client, client_id=made.key.username, client_secret=made.secret).json
    tool = a_tool(client, college)
    tool.authorization = f"Bearer {token['access_token']}"
    assert token["scope"] == "statements/write statements/read/mine"
    assert tool.get("/statements").status_code == 200

    with inside(college.id), unit_of_work():
        service.revoke(made.key)

    assert tool.get("/statements").status_code == 401


def test_a_token_may_not_do_more_than_its_key(client, college):
    with inside(college.id), unit_of_work():
        made = service.create_key("Chỉ đọc", ["all/read"])

    def error(**form: str) -> tuple:
        answer = exchange(client, **form)
        return answer.status_code, answer.json["error"]

    both = {"client_id": made.key.username, "client_secret": made.secret}
    assert error(**both, scope="statements/write") == (400, "invalid_scope")
    assert error(**both, scope="fly") == (400, "invalid_scope")
    assert error(client_id=made.key.username, client_secret="x") == (401, "invalid_client")
    assert error(**both, grant_type="password") == (400, "unsupported_grant_type")


# 1.3 Alternate request syntax


def alternate(tool, method: str, path: str, **form: str):
    return tool.client.post(
        f"{tool.mount}{path}?method={method}",
        data={"Authorization": tool.authorization, HEADER: tool.version} | form,
    )


def test_a_form_may_carry_a_whole_request(old_tool):
    statement = a_statement()

    put = alternate(
        old_tool, "PUT", "/statements", statementId=statement["id"], content=json.dumps(statement)
    )
    got = alternate(old_tool, "GET", "/statements", statementId=statement["id"])

    assert put.status_code == 204
    assert got.json["id"] == statement["id"]
    assert got.headers["X-Experience-API-Consistent-Through"]


def test_a_form_may_be_large(old_tool):
    statement = a_statement(context={"extensions": {"https://hoc.example/x": "x" * 800_000}})

    answer = alternate(old_tool, "POST", "/statements", content=json.dumps(statement))

    assert answer.status_code == 200


def test_the_alternate_syntax_is_gone_in_2_0(tool):
    answer = alternate(tool, "GET", "/statements")

    assert (answer.status_code, answer.json["error"]) == (400, "alternate-syntax")


@pytest.mark.parametrize("path", ["/statements?limit=1&method=GET", "/statements?method=get"])
def test_the_address_names_the_method_and_nothing_else(old_tool, path):
    answer = old_tool.client.post(
        f"{old_tool.mount}{path}",
        data={"Authorization": old_tool.authorization, HEADER: "1.0.3"},
    )

    assert answer.status_code == 400


def test_what_is_no_form_is_refused(old_tool):
    answer = old_tool.ask("POST", "/statements?method=PUT", json=a_statement())

    assert answer.status_code == 400


# 2.4 Agents, 2.5 Activities


def test_a_person_is_all_that_is_known_of_an_agent(either):
    either.store(
        a_statement(actor=ACTOR | {"name": "Lan"}), a_statement(actor=ACTOR | {"name": "Trần Lan"})
    )

    told = either.get("/agents", query={"agent": ACTOR}).json

    assert told["objectType"] == "Person"
    assert told["name"] == ["Lan", "Trần Lan"]
    assert told["account"] == [ACTOR["account"]]


def test_a_stranger_is_a_person_too(either):
    told = either.get("/agents", query={"agent": {"mbox": "mailto:ai@hoc.example"}}).json

    assert told == {"objectType": "Person", "mbox": ["mailto:ai@hoc.example"]}


def test_an_activity_grows_by_what_is_said_of_it(either):
    more = {
        "id": ACTIVITY["id"],
        "definition": {"name": {"en": "Arc welding"}, "type": "https://hoc.example/bai"},
    }
    either.store(a_statement(), a_statement(object=more))

    told = either.get("/activities", query={"activityId": ACTIVITY["id"]}).json

    assert told["definition"] == {
        "name": {"vi": "Hàn hồ quang", "en": "Arc welding"},
        "type": "https://hoc.example/bai",
    }


def test_an_unknown_activity_has_no_definition(either):
    told = either.get("/activities", query={"activityId": "https://hoc.example/la"}).json

    assert told == {"objectType": "Activity", "id": "https://hoc.example/la"}


@pytest.mark.parametrize(
    "path",
    ["/agents", "/activities", "/agents?agent={}", "/activities?activityId=x", "/agents?a=1"],
)
def test_small_resources_take_their_one_parameter(either, path):
    assert either.get(path).status_code == 400


def test_words_are_the_readers(tool):
    vietnamese = tool.get("/statements?x=1", headers={"Accept-Language": "vi"}).json
    english = tool.get("/statements?x=1", headers={"Accept-Language": "en"}).json

    assert english["message"] == "This resource takes no such parameter."
    assert vietnamese["error"] == english["error"] == "parameter-unknown"
    assert english["name"] == "x"


def test_ids_of_verbs_are_no_activities(either):
    either.store(a_statement(id=str(uuid4())))

    assert either.found(activity=VERB["id"], related_activities="true") == []
