"""Bytes to JSON values, for bytes nobody has vouched for."""

import json
from typing import Any, TypeAlias

import orjson

from edu.lrs.core.problems import InvalidJson, Rule

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
JsonObject: TypeAlias = dict[str, Any]  # Any: what is inside was checked at run time

MOST_CONTAINERS = (
    2_000_000  # objects and arrays: "{}," takes thirty times the room it is written in
)


def parse(body: bytes, *, max_bytes: int) -> Json:
    r"""Parse one JSON text in UTF-8.

    Raises InvalidJson for more than `max_bytes` or MOST_CONTAINERS, anything RFC 8259 does not
    allow (NaN, a byte order mark, lone surrogates, a number beyond doubles), more than 254 levels
    of nesting, or a key given twice in one object, of which xAPI says "no more than one time" (Data
    2.2).

    orjson is three times as fast as the standard library but keeps the last of two equal keys in
    silence. A dropped pair takes at least its colon with it, and writing the value out again adds
    none: so equal numbers of colons before and after prove that nothing was dropped. Only a text
    that may write a colon as an escape (\u003a) needs the slow parser.
    """
    if len(body) > max_bytes or _has_too_many(body):
        raise InvalidJson(Rule.TOO_LARGE, "Communication 1.5.2")
    try:
        value: Json = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        too_deep = "depth limit" in str(error)
        rule = Rule.TOO_DEEP if too_deep else Rule.NOT_JSON
        raise InvalidJson(rule, "RFC 8259") from error
    try:
        written = orjson.dumps(value)
    except orjson.JSONEncodeError as error:  # of parsed JSON, only nesting can be too much for it
        raise InvalidJson(Rule.TOO_DEEP, "RFC 8259") from error
    if b"\\" in body and b"\\u003" in body:
        json.loads(body, object_pairs_hook=_without_duplicates)
    elif body.count(b":") != written.count(b":"):
        raise InvalidJson(Rule.DUPLICATE_KEY, "Data 2.2")
    return value


def _has_too_many(body: bytes) -> bool:
    if len(body) <= MOST_CONTAINERS:
        return False
    return body.count(b"{") + body.count(b"[") > MOST_CONTAINERS


def _without_duplicates(pairs: list[tuple[str, object]]) -> None:
    if len({key for key, _ in pairs}) != len(pairs):
        raise InvalidJson(Rule.DUPLICATE_KEY, "Data 2.2")


def write(value: object) -> bytes:
    """Write a JSON value compactly, in UTF-8, keeping the order of keys."""
    return orjson.dumps(value)
