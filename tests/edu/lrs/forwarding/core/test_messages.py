"""What another LRS reads, and what a webhook can check."""

import hashlib
import hmac
from base64 import b64decode, b64encode

import orjson
import pytest

from edu.lrs.core import build
from edu.lrs.core.version import Version
from edu.lrs.core.vocabulary import ActivityType, Verb
from edu.lrs.forwarding.core import messages

LAN = build.agent_for("https://hoc.example", "lan")
COURSE = build.activity("https://hoc.example/khoa", ActivityType.COURSE)
LESSON = build.activity("https://hoc.example/bai", ActivityType.LESSON)
SAID = build.statement(LAN, Verb.PASSED, LESSON, context=build.context(parent=[COURSE]))
VOIDING = build.voiding(LAN, build.UUID(int=1))


@pytest.mark.parametrize(
    ("wanted", "passes"),
    [
        ({}, True),
        ({"verb": Verb.PASSED.iri}, True),
        ({"verb": Verb.FAILED.iri}, False),
        ({"activity": LESSON["id"]}, True),
        ({"activity": COURSE["id"]}, True),
        ({"activity": "https://hoc.example/khac"}, False),
        ({"verb": Verb.PASSED.iri, "activity": "https://hoc.example/khac"}, False),
    ],
)
def test_a_filter_is_by_verb_and_activity(wanted, passes):
    given = {"verb": "", "activity": "", "voidings": True} | wanted

    assert messages.matches(SAID, **given) is passes


@pytest.mark.parametrize("voidings", [True, False])
def test_what_takes_something_back_passes_to_who_may_have_it(voidings):
    given = {"verb": Verb.PASSED.iri, "activity": "", "voidings": voidings}

    assert messages.matches(VOIDING, **given) is voidings


def test_statements_of_the_other_version_lose_its_mark():
    old, new = SAID | {"version": "1.0.3"}, SAID | {"version": "2.0.0"}
    payloads = [orjson.dumps(old), orjson.dumps(new), orjson.dumps(SAID)]

    assert orjson.loads(messages.batch(payloads, Version.V1)) == [old, SAID, SAID]
    assert orjson.loads(messages.batch(payloads, Version.V2)) == [SAID, new, SAID]


def test_versions_of_other_things_are_not_the_statements():
    app = {"extensions": {"https://x/app": {"version": "1.4"}}}
    new = SAID | {"version": "2.0.0", "context": app}
    bare = SAID | {"context": app}

    payloads = [orjson.dumps(new), orjson.dumps(bare)]

    assert orjson.loads(messages.batch(payloads, Version.V1)) == [bare, bare]
    assert orjson.loads(messages.batch(payloads, Version.V2)) == [new, bare]


def test_a_webhook_is_signed_as_its_receiver_computes():
    secret = "whsec_" + b64encode(b"k" * 32).decode()
    body = messages.event("statement.stored", "2026-11-22T00:00:00Z", orjson.dumps(SAID))

    said = messages.signature(secret, "msg_1", 1_700_000_000, body)

    key = b64decode(secret.split("_")[1])
    expected = hmac.new(key, b"msg_1.1700000000." + body, hashlib.sha256).digest()
    assert said == "v1," + b64encode(expected).decode()
    assert orjson.loads(body) == {
        "type": "statement.stored",
        "timestamp": "2026-11-22T00:00:00Z",
        "data": SAID,
    }
