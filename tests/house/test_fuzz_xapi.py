"""Whatever reaches the record store's doors, it answers in the words of the standard."""

import json
from typing import NamedTuple

import hypothesis
from hypothesis import strategies as st

from tests.edu.lrs.core.cases import WHOLE
from tests.edu.lrs.core.test_fuzz import JSON
from tests.edu.lrs.xapi.conftest import HEADER, a_statement, a_tool
from tests.factories import a_college
from tests.house.fuzzing import repeatably

EXAMPLES = 250

MOUNTS = st.sampled_from(["/xapi", "/xapi/v1"])
METHODS = st.sampled_from(["GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS"])
AGENT = '{"mbox":"mailto:an@x.example"}'
PLACE = {"activityId": "http://x.example/a", "agent": AGENT, "stateId": "x"}
RIGHT: dict[str, dict[str, str]] = {
    "/statements": {},
    "/activities": {"activityId": "http://x.example/a"},
    "/agents": {"agent": AGENT},
    "/activities/state": PLACE,
    "/activities/profile": {"activityId": "http://x.example/a", "profileId": "x"},
    "/agents/profile": {"agent": AGENT, "profileId": "x"},
    "/about": {},
    "/oauth/token": {},
    "/nothing": {},
}
"""Each resource with parameters that it takes."""

ANYTHING = st.text(max_size=30) | st.sampled_from(["\x00", "%", "é" * 300, "💡", "1e999", "-0"])
WORDS = ANYTHING | st.sampled_from(
    [
        "true",
        "ids",
        "exact",
        "2026-11-22T00:00:00Z",
        "2026-02-30T25:61:00",
        "10000-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "9" * 400,
        "-1",
        "12345678-1234-4234-8234-123456789012",
        "http://x.example/a",
        AGENT,
        '{"account":{"homePage":"http://x.example","name":"\\u0000"}}',
        "[" * 3000,
        '{"mbox":' * 500,
    ]
)
NAMES = st.sampled_from(
    [
        "statementId",
        "voidedStatementId",
        "agent",
        "verb",
        "activity",
        "registration",
        "related_activities",
        "related_agents",
        "since",
        "until",
        "limit",
        "format",
        "attachments",
        "ascending",
        "cursor",
        "activityId",
        "stateId",
        "profileId",
        "method",
    ]
)
HEADERS = st.dictionaries(
    st.sampled_from(
        [
            "Content-Type",
            "Accept-Language",
            "If-Match",
            "If-None-Match",
            "Authorization",
            "Accept",
            "Cookie",
            "Accept-Encoding",
            "Content-Encoding",
            "X-Experience-API-Version",
        ]
    ),
    st.sampled_from(
        [
            "application/json",
            "application/x-www-form-urlencoded",
            "multipart/mixed",
            "multipart/mixed; boundary=x",
            "multipart/mixed; boundary=",
            "text/plain; charset=latin-1",
            "1.0.3",
            "2.0.0",
            "9.9.9",
            "*",
            '"x"',
            "Basic !!!",
            "Basic Og==",
            "Bearer x",
            "gzip",
            "en;q=x, vi;q=1e9",
        ]
    )
    | st.text(st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=20),
    max_size=4,
)
BODIES = (
    st.binary(max_size=200)
    | JSON.map(lambda value: json.dumps(value).encode())
    | st.sampled_from(
        [
            b"--x\r\nContent-Type: application/json\r\n\r\n{}\r\n--x--\r\n",
            b"--x--",
            b"[" * 100_000,
            b'{"a":' * 50_000,
            b"9" * 10_000,
            b'{"\\ud800": 1}',
            b"\xef\xbb\xbf{}",
            b"method=GET&content=%5B%5D",
            json.dumps(WHOLE).encode(),
            json.dumps([a_statement()] * 2).encode(),
        ]
    )
)


def spoilt(whole, way, value):
    """The statement with something else at one place."""
    if not way:
        return value
    step, *rest = way
    if isinstance(whole, list):
        return [spoilt(v, rest, value) if i == step else v for i, v in enumerate(whole)]
    return {k: spoilt(v, rest, value) if k == step else v for k, v in whole.items()}


def places(value, way=()):
    yield way
    found = value.items() if isinstance(value, dict) else ()
    found = enumerate(value) if isinstance(value, list) else found
    for step, item in found:
        yield from places(item, (*way, step))


STATEMENT = {name: part for name, part in WHOLE.items() if name not in {"attachments", "id"}}
SPOILT = st.builds(
    spoilt, st.just(STATEMENT), st.sampled_from(list(places(STATEMENT))), JSON | WORDS
)


class Sent(NamedTuple):
    """What a request is made of."""

    mount: str
    method: str
    path: str
    wrong: dict[str, str]
    headers: dict[str, str]
    body: bytes


REQUESTS = st.builds(
    Sent,
    MOUNTS,
    METHODS,
    st.sampled_from(sorted(RIGHT)),
    st.dictionaries(NAMES, WORDS, max_size=2),
    HEADERS,
    BODIES,
)


def is_answer(answer):
    assert answer.status_code < 500, answer.text
    assert answer.headers[HEADER] in {"1.0.3", "2.0.0"} or answer.status_code == 404
    if answer.status_code >= 400 and answer.text:
        assert answer.mimetype in {"application/json", "application/problem+json"}


def test_no_request_breaks_a_door(app, client):
    tool = a_tool(client, a_college())
    statuses = set()

    @repeatably(EXAMPLES)
    @hypothesis.given(REQUESTS)
    def ask(sent):
        tool.mount = sent.mount
        query = RIGHT[sent.path] | sent.wrong
        answer = tool.ask(
            sent.method, sent.path, query_string=query, headers=sent.headers, data=sent.body
        )
        statuses.add(answer.status_code)
        is_answer(answer)

    ask()
    assert {200, 204, 400, 401, 404} <= statuses


def test_no_statement_breaks_the_store(app, client):
    tool = a_tool(client, a_college())
    statuses = set()

    @repeatably(EXAMPLES)
    @hypothesis.given(SPOILT, st.sampled_from(["1.0.3", "2.0.0"]))
    def store(statement, version):
        tool.version = version
        body = json.dumps(statement)
        answer = tool.ask("POST", "/statements", data=body, content_type="application/json")
        statuses.add(answer.status_code)
        is_answer(answer)
        for stored in answer.json if answer.status_code == 200 else ():
            is_answer(tool.get("/statements", query={"statementId": stored}))

    store()
    assert {200, 400} <= statuses
