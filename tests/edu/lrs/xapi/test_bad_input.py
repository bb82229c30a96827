"""What nobody should send: it is refused with a reason and a place, and nothing breaks."""

import gzip
import hashlib
import io
import json
import tracemalloc
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from edu.lrs.core.json_in import write
from edu.lrs.xapi import asked, statements
from edu.lrs.xapi.asked import LONGEST_KNOWN
from edu.settings import in_force
from tests.edu.lrs.xapi.conftest import ACTIVITY, ACTOR, HEADER, a_statement

SAID = write(a_statement())
EXTENSION = b'"https://hoc.example/x":'


def with_extension(value: bytes) -> bytes:
    """A good statement but for one value, written as it stands."""
    return SAID[:-1] + b',"context":{"extensions":{' + EXTENSION + value + b"}}}"


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        (b"", "not-json"),
        (b"{", "not-json"),
        (b"\xef\xbb\xbf" + SAID, "not-json"),
        (with_extension(b'"\xff"'), "not-json"),
        (with_extension(b'"\xc3\x28"'), "not-json"),
        (with_extension(b'"\\ud800"'), "not-json"),
        (with_extension(b"NaN"), "not-json"),
        (with_extension(b"-Infinity"), "not-json"),
        (with_extension(b"1e400"), "not-json"),
        (with_extension(b"01"), "not-json"),
        (with_extension(b"1," + EXTENSION + b"2"), "duplicate-key"),
        (with_extension(b'{"a":1,"\\u0061":2}'), "duplicate-key"),
        (with_extension(b"[" * 300 + b"]" * 300), "too-deep"),
        (b"[" * 100_000 + b"]" * 100_000, "too-deep"),
        (b'{"actor":' * 50_000, "too-deep"),
        (SAID[:-1] + b',"result":{"score":{"raw":' + b"9" * 400 + b"}}}", "not-json"),
    ],
)
def test_what_is_not_json_as_we_take_it_is_refused(either, body, rule):
    answer = either.ask("POST", "/statements", data=body, content_type="application/json")

    assert (answer.status_code, answer.json["error"]) == (400, rule)
    assert either.found() == []


def test_a_refusal_names_the_place_and_the_section(either):
    batch = [a_statement(), a_statement(result={"score": {"scaled": 2}})]

    answer = either.ask("POST", "/statements", json=batch)

    assert answer.status_code == 400
    assert answer.json["path"].startswith("/1/result/score")
    assert answer.json["section"]


@pytest.mark.parametrize("number", [b"1" * 19, b"12345678901234567890", b"1.7976931348623157e308"])
def test_large_numbers_are_told_as_they_were_sent(either, number):
    body = with_extension(number)

    assert either.ask("POST", "/statements", data=body, content_type="application/json").json

    told = either.get("/statements").json["statements"][0]["context"]["extensions"]
    assert told == {"https://hoc.example/x": json.loads(number)}


@pytest.mark.parametrize(("more", "status"), [(0, 204), (1, 413)])
def test_a_body_in_chunks_is_taken_whole_or_not_at_all(either, more, status):
    size = in_force().max_upload_mb * (1 << 20) + more
    state = {"activityId": ACTIVITY["id"], "agent": write(ACTOR).decode(), "stateId": "s"}

    answer = either.ask(
        "PUT",
        f"/activities/state?{urlencode(state)}",
        input_stream=io.BytesIO(bytes(size)),
        headers={"Transfer-Encoding": "chunked"},
        environ_overrides={"wsgi.input_terminated": True},
    )

    assert answer.status_code == status
    kept = either.get("/activities/state", query=state)
    assert kept.status_code == (200 if status == 204 else 404)
    assert status == 413 or len(kept.data) == size


@pytest.mark.parametrize("length", ["999", "9" * 30, "²", "-1", "x"])
def test_a_body_that_is_not_as_long_as_told_is_refused(either, length):
    answer = either.ask(
        "POST",
        "/statements",
        input_stream=io.BytesIO(SAID),
        content_type="application/json",
        environ_overrides={"CONTENT_LENGTH": length},
    )

    assert answer.status_code == (413 if len(length) > 9 else 400)
    assert either.found() == []


@pytest.mark.parametrize("memory", [asked._known, statements._known])
def test_long_questions_are_answered_and_not_remembered(either, memory):
    before = memory.cache_info().currsize
    either.found(activity=f"https://hoc.example/{uuid4()}{'x' * LONGEST_KNOWN}")

    assert memory.cache_info().currsize == before


def test_ids_that_are_no_utf_8_stay_different(either):
    place = f"/activities/profile?{urlencode({'activityId': ACTIVITY['id']})}&profileId="
    for written in ("%FF", "%FE"):
        either.ask("POST", place + written, json={"is": written})

    assert [either.get(place + written).json["is"] for written in ("%FF", "%FE")] == ["%FF", "%FE"]


@pytest.mark.parametrize("kind", ["text/plain\r\nSet-Cookie: a=b", "text/\u1eef", "text/\x7f"])
def test_what_a_document_is_called_cannot_end_a_header(old_tool, kind):
    owner = {"activityId": ACTIVITY["id"], "profileId": "ghi-chu"}
    form = owner | {
        "Authorization": old_tool.authorization,
        HEADER: "1.0.3",
        "Content-Type": kind,
        "If-None-Match": "*",
        "content": "x",
    }
    put = old_tool.ask("POST", "/activities/profile?method=PUT", data=form)

    answer = old_tool.get("/activities/profile", query=owner)

    assert (put.status_code, answer.status_code, answer.data) == (204, 200, b"x")
    assert answer.content_type == "application/octet-stream"
    assert "Set-Cookie" not in answer.headers


def test_nul_is_a_letter_like_others(either):
    odd = {"objectType": "Agent", "account": {"homePage": "https://hoc.example", "name": "a\0b"}}

    ids = either.store(a_statement(actor=odd))

    assert either.found(agent=odd) == ids
    assert either.found(agent=odd | {"account": odd["account"] | {"name": "a\ufffdb"}}) == []


def test_what_is_packed_stays_packed(either):
    bomb = gzip.compress(bytes(in_force().max_upload_mb * (1 << 20) * 4), 9)
    sha2 = hashlib.sha256(bomb).hexdigest()
    attachment = {
        "usageType": "https://hoc.example/tep",
        "display": {"vi": "Tệp"},
        "contentType": "application/gzip",
        "length": len(bomb),
        "sha2": sha2,
    }
    body = b"".join(
        (
            b"--x\r\nContent-Type: application/json\r\n\r\n",
            write(a_statement(attachments=[attachment])),
            b"\r\n--x\r\nContent-Type: application/gzip\r\nContent-Encoding: gzip\r\n",
            b"Content-Transfer-Encoding: binary\r\n",
            f"X-Experience-API-Hash: {sha2}\r\n\r\n".encode(),
            bomb,
            b"\r\n--x--\r\n",
        )
    )
    kind = "multipart/mixed; boundary=x"

    tracemalloc.start()
    stored = either.ask("POST", "/statements", data=body, content_type=kind)
    told = either.get("/statements", query={"attachments": "true"})
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert stored.status_code == 200
    assert bomb in told.data
    assert most < 20 * len(bomb) + (8 << 20)


@pytest.mark.slow
def test_ten_thousand_statements_at_once_are_one_batch(either):
    batch = [a_statement() for _ in range(10_000)]
    body = write(batch)

    tracemalloc.start()
    answer = either.ask("POST", "/statements", data=body, content_type="application/json")
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert answer.json == [each["id"] for each in batch]
    assert most < 40 * len(body)
    assert len(either.get("/statements", query={"limit": 0}).json["statements"]) == 100

    batch[-1] = batch[-1] | {"actor": {}}
    refused = either.ask("POST", "/statements", json=batch)
    assert (refused.status_code, refused.json["path"][:6]) == (400, "/9999/")
