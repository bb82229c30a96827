"""What the database or Python cannot take is refused like all else: nobody sees a 500."""

import base64

import orjson
import psycopg
import pytest
import sqlalchemy as sa

from edu.lrs.core.json_in import write
from edu.lrs.models import LARGEST_SEQ
from edu.lrs.xapi import statements, views
from tests.edu.lrs.xapi.conftest import ACTIVITY, ACTOR, HEADER, a_statement, basic

NOBODY = ["a\0b", "\0\0", "\0"]


def more(after: object, given: object = ()) -> dict[str, str]:
    place = base64.urlsafe_b64encode(orjson.dumps([given, after])).decode().rstrip("=")
    return {"more": place}


@pytest.mark.parametrize("name", NOBODY)
def test_a_name_with_nul_is_nobodys(tool, name):
    tool.authorization = basic(name, "secret")

    assert tool.get("/statements").status_code == 401


@pytest.mark.parametrize("name", NOBODY)
def test_nor_does_it_get_a_token(client, app, name):
    form = {"grant_type": "client_credentials", "client_id": name, "client_secret": "x"}
    by_basic = {"Authorization": basic(name, "x")}

    for said in ({"data": form}, {"data": {**form, "client_id": ""}, "headers": by_basic}):
        answer = client.post("/xapi/oauth/token", **said)
        assert (answer.status_code, answer.json["error"]) == (401, "invalid_client")


@pytest.mark.parametrize(
    ("resource", "owner"),
    [
        ("activities/profile", {"activityId": ACTIVITY["id"], "profileId": "p"}),
        ("agents/profile", {"agent": write(ACTOR).decode(), "profileId": "p"}),
        (
            "activities/state",
            {"activityId": ACTIVITY["id"], "agent": write(ACTOR).decode(), "stateId": "s"},
        ),
    ],
)
def test_a_document_of_an_impossible_type_is_refused(old_tool, resource, owner):
    form = {
        "Authorization": old_tool.authorization,
        HEADER: "1.0.3",
        "Content-Type": "text/plain\0",
        "If-None-Match": "*",
        "content": "x",
    }

    answer = old_tool.ask("POST", f"/{resource}?method=PUT", data=form | owner)

    assert (answer.status_code, answer.json["error"]) == (400, "string")


@pytest.mark.parametrize("ascending", ["true", "false"])
@pytest.mark.parametrize("after", [1e30, -1e30, 1 << 62, LARGEST_SEQ + 1, (1 << 64) - 1, -1, 0])
def test_a_place_beyond_all_places_is_none(either, ascending, after):
    either.store(a_statement())

    for given in ([["ascending", ascending]], [["ascending", ascending], ["verb", "x:y"]]):
        answer = either.get("/statements", query=more(after, given))
        assert answer.status_code == (200 if 0 <= after <= LARGEST_SEQ else 400)


@pytest.mark.parametrize("after", ["1", 1.5, None, [], {}, True, "²"])
def test_a_place_that_is_no_number_is_none(either, after):
    assert either.get("/statements", query=more(after)).status_code == 400


@pytest.mark.parametrize(
    "error",
    [
        OverflowError("Python int too large to convert to SQLite INTEGER"),
        psycopg.errors.NumericValueOutOfRange(),
        sa.exc.DataError("INSERT", {}, psycopg.DataError("no NUL in text")),
    ],
)
def test_what_no_check_has_seen_coming_is_refused_all_the_same(tool, monkeypatch, error):
    def fail() -> None:
        raise error

    monkeypatch.setattr(statements.queries, "consistent_through", fail)
    monkeypatch.setattr(views, "_say_how_far", lambda _answer: None)

    answer = tool.get("/statements")

    assert (answer.status_code, answer.json["error"]) == (400, "unstorable")
