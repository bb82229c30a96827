"""What is sent: statements as another LRS reads them, events as webhooks are signed."""

import hmac
from base64 import b64decode, b64encode
from collections.abc import Iterable

import orjson

from edu.lrs.core.identity import ACTIVITY_USAGES, activity_mentions, voided_statement
from edu.lrs.core.json_in import JsonObject, write
from edu.lrs.core.version import Version

SECRET_PREFIX = "whsec_"  # noqa: S105 - how such a secret begins, not one


def matches(statement: JsonObject, *, verb: str, activity: str, voidings: bool) -> bool:
    """Whether a statement passes a filter; what is empty does not narrow.

    With `voidings` those that take something back always do: what they take back may have passed.
    """
    if voidings and voided_statement(statement) is not None:
        return True
    if verb and statement["verb"]["id"] != verb:
        return False
    return not activity or any(
        mention.key == activity and mention.usage in ACTIVITY_USAGES
        for mention in activity_mentions(statement)
    )


def batch(payloads: Iterable[bytes], version: Version) -> bytes:
    """Write statements as the body of one request; those of the other version become unversioned.

    Each version of the specification has its own mark, and refuses or misreads the other's.
    """
    return b"[" + b",".join(_fitting(each, version) for each in payloads) + b"]"


def _fitting(payload: bytes, version: Version) -> bytes:
    mark = f"{version.value.partition('.')[0]}."
    statement: JsonObject = orjson.loads(payload)  # other things in it may have a version, too
    if str(statement.get("version", mark)).startswith(mark):
        return payload
    return write({name: value for name, value in statement.items() if name != "version"})


def event(kind: str, timestamp: str, data: bytes) -> bytes:
    """Write the body of a webhook; `data` is JSON already."""
    head = write({"type": kind, "timestamp": timestamp})
    return head[:-1] + b',"data":' + data + b"}"


def signature(secret: str, message_id: str, sent_at: int, body: bytes) -> str:
    """Sign a webhook as Standard Webhooks 1.0 says: HMAC-SHA256 of id, time and body.

    `secret` is base 64 behind its prefix; `sent_at` are seconds since 1970.
    """
    key = b64decode(secret.removeprefix(SECRET_PREFIX))
    signed = f"{message_id}.{sent_at}.".encode() + body
    return "v1," + b64encode(hmac.digest(key, signed, "sha256")).decode()
