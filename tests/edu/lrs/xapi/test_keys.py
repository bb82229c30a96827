"""Who may do what: keys, their scopes, and the tokens they are exchanged for (Communication 4)."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
import time_machine

from edu.accounts.models import Role
from edu.db import inside, unit_of_work, utcnow
from edu.lrs.core.json_in import write
from edu.lrs.keys import queries, service
from tests.edu.lrs.xapi.conftest import (
    ACTIVITY,
    ACTOR,
    EVERYTHING,
    HEADER,
    a_statement,
    a_tool,
    basic,
)
from tests.factories import a_person

AGENT = write(ACTOR).decode()


# 4.1 Authentication


def test_a_cookie_opens_nothing(as_user, college):
    manager = a_person(role=Role.MANAGER, at=college)

    answer = as_user(manager).get("/xapi/statements", headers={HEADER: "2.0.0"})

    assert answer.status_code == 401


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
