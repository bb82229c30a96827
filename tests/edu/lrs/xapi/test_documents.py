"""Documents over HTTP: state and profiles, and when they may change (Communication 2.2 to 3.1)."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest
import time_machine

from edu.lrs.core.json_in import write
from tests.edu.lrs.xapi.conftest import ACTIVITY, ACTOR, a_tool
from tests.factories import a_college

AGENT = write(ACTOR).decode()
STATE = {"activityId": ACTIVITY["id"], "agent": AGENT, "stateId": "bookmark"}
RESOURCES = {
    "/activities/state": STATE,
    "/activities/profile": {"activityId": ACTIVITY["id"], "profileId": "look"},
    "/agents/profile": {"agent": AGENT, "profileId": "wishes"},
}
NEW = {"If-None-Match": "*"}


def at(path: str, **other: str | None) -> str:
    """The address of a document; None leaves a parameter out."""
    given = RESOURCES[path] | other
    return f"{path}?{urlencode({k: v for k, v in given.items() if v is not None})}"


def document_id(path: str) -> str:
    return "stateId" if path == "/activities/state" else "profileId"


@pytest.fixture(params=RESOURCES)
def path(request) -> str:
    return request.param


def put(tool, address: str, content: bytes = b"one", **headers: str):
    said = {"Content-Type": "text/plain"} | headers
    return tool.ask("PUT", address, data=content, headers=said)


def test_a_document_comes_back_as_it_went(either, path):
    anything = bytes(range(256))

    stored = put(either, at(path), anything, **{"Content-Type": "image/png", **NEW})
    answer = either.get(at(path))

    assert stored.status_code == 204
    assert (answer.data, answer.content_type) == (anything, "image/png")
    assert answer.headers["ETag"].startswith('"')
    assert answer.last_modified is not None


def test_what_is_not_there_is_404(either, path):
    assert either.get(at(path)).status_code == 404


def test_last_modified_tells_of_changes(either, path):
    put(either, at(path), **NEW)
    first = either.get(at(path))
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=5)):
        put(either, at(path), b"two", **{"If-Match": first.headers["ETag"]})

    second = either.get(at(path))

    assert second.last_modified > first.last_modified
    assert second.headers["ETag"] != first.headers["ETag"]


def test_a_document_is_deleted(either, path):
    put(either, at(path), **NEW)

    assert either.ask("DELETE", at(path)).status_code == 204
    assert either.get(at(path)).status_code == 404


def test_ids_are_listed_since_a_moment(either, path):
    put(either, at(path), **NEW)
    moment = either.get("/statements").headers["X-Experience-API-Consistent-Through"]
    put(either, at(path, **{document_id(path): "another"}), **NEW)

    everything = at(path, **{document_id(path): None})
    assert sorted(either.get(everything).json) == sorted(
        ["another", RESOURCES[path][document_id(path)]]
    )
    assert either.get(f"{everything}&{urlencode({'since': moment})}").json == ["another"]


def test_posting_sets_properties_of_what_is_there(either, path):
    def post(content: bytes, kind: str = "application/json"):
        return either.ask("POST", at(path), data=content, headers={"Content-Type": kind})

    assert post(b'{"a":1,"b":{"x":1}}').status_code == 204
    assert post(b'{"b":{"y":2},"c":3}').status_code == 204
    assert post(b"[1]").status_code == post(b'{"d":4}', "text/plain").status_code == 400
    assert either.get(at(path)).json == {"a": 1, "b": {"y": 2}, "c": 3}


def test_conditions_are_honoured(either, path):  # 3.1; IEEE 9274.1.1, 4.1.4
    put(either, at(path), **NEW)
    tag = either.get(at(path)).headers["ETag"]

    assert put(either, at(path), **NEW).status_code == 412
    assert put(either, at(path), **{"If-Match": '"other"'}).status_code == 412
    assert put(either, at(path), b"two", **{"If-Match": tag}).status_code == 204
    assert either.get(at(path)).data == b"two"


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_other_changes_honour_conditions_too(either, path, method):
    put(either, at(path), b"{}", **{"Content-Type": "application/json", **NEW})

    answer = either.ask(
        method,
        at(path),
        data=b"{}",
        headers={"Content-Type": "application/json", "If-Match": '"other"'},
    )

    assert answer.status_code == 412


def test_in_1_0_a_profile_is_put_only_with_a_condition(old_tool, path):
    free = path == "/activities/state"

    first = put(old_tool, at(path))
    put(old_tool, at(path), **NEW)
    second = put(old_tool, at(path))

    assert first.status_code == (204 if free else 400)
    assert second.status_code == (204 if free else 409)
    assert free or second.json["message"]


def test_in_2_0_only_what_exists_is_guarded(tool, path):
    assert put(tool, at(path)).status_code == 204
    assert put(tool, at(path)).status_code == 409


@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE"])
@pytest.mark.parametrize(
    "wrong",
    [{"activityId": None, "agent": None}, {"activityId": "x", "agent": "{"}, {"unknown": "1"}],
)
def test_owners_are_named_and_valid(either, path, method, wrong):
    known = {name: wrong[name] for name in wrong if name in RESOURCES[path] or name == "unknown"}

    answer = either.ask(method, at(path, **known), data=b"{}")

    assert answer.status_code == 400
    assert answer.json["section"]


def test_an_id_that_no_database_could_keep_is_refused(either, path):
    address = at(path, **{document_id(path): "a\0b"})

    assert put(either, address).status_code == either.get(address).status_code == 400


def test_an_agents_name_may_hold_anything(either):
    odd = '{"account":{"homePage":"https://hoc.example","name":"a\\u0000b"}}'
    twin = '{"account":{"homePage":"https://hoc.example","name":"a\\ufffdb"}}'

    assert put(either, at("/activities/state", agent=odd)).status_code == 204
    assert either.get(at("/activities/state", agent=odd)).status_code == 200
    assert either.get(at("/activities/state", agent=twin)).status_code == 404


def test_a_registration_keeps_states_apart(either):
    run = str(uuid4())
    put(either, at("/activities/state", registration=run), b"in the run")

    assert either.get(at("/activities/state")).status_code == 404
    assert either.get(at("/activities/state", registration=run.upper())).data == b"in the run"
    assert either.get(at("/activities/state", stateId=None)).json == ["bookmark"]
    other = at("/activities/state", stateId=None, registration=str(uuid4()))
    assert either.get(other).json == []


def test_states_are_deleted_together(either):
    run = str(uuid4())
    for name in ("a", "b"):
        put(either, at("/activities/state", stateId=name))
        put(either, at("/activities/state", stateId=name, registration=run))

    either.ask("DELETE", at("/activities/state", stateId=None, registration=run))
    assert either.get(at("/activities/state", stateId="a")).status_code == 200

    either.ask("DELETE", at("/activities/state", stateId=None))
    assert either.get(at("/activities/state", stateId=None)).json == []


def test_profiles_are_deleted_one_by_one(either):
    for path in ("/activities/profile", "/agents/profile"):
        assert either.ask("DELETE", at(path, profileId=None)).status_code == 400


def test_each_college_has_its_own_documents(client, tool, path):
    put(tool, at(path), **NEW)

    assert a_tool(client, a_college()).get(at(path)).status_code == 404
