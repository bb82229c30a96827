import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from edu.lrs.core.json_in import parse, write
from edu.lrs.core.problems import InvalidJson, Rule

KEYS = st.sampled_from(["a", "b", ":", '"', "é", "\\"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text('a:"\\{,é', max_size=4),
    lambda inside: st.lists(inside, max_size=3) | st.lists(st.tuples(KEYS, inside), max_size=3),
    max_leaves=12,
)


def text_of(value, *, escape):
    """JSON text for a value; a list of pairs becomes an object with whatever keys it has."""
    if isinstance(value, list) and value and all(isinstance(item, tuple) for item in value):
        inside = (f"{text_of(key, escape=escape)} : {text_of(item, escape=escape)}"
                  for key, item in value)  # fmt: skip
        return "{" + ",".join(inside) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(text_of(item, escape=escape) for item in value) + "]"
    written = json.dumps(value)
    return written.replace(":", "\\u003A") if escape else written


def repeats_a_key(value):
    if not isinstance(value, list):
        return False
    pairs = [item for item in value if isinstance(item, tuple)]
    inside = [item[1] if isinstance(item, tuple) else item for item in value]
    return len({key for key, _ in pairs}) != len(pairs) or any(map(repeats_a_key, inside))


@given(VALUES, st.booleans())
@example([("a", 1), ("a", ":")], True)
@example([("a", 1), ("a", [":"])], False)
def test_a_repeated_key_is_always_found_and_nothing_else_is(value, escape):
    text = text_of(value, escape=escape)
    if repeats_a_key(value):
        with pytest.raises(InvalidJson) as caught:
            parse(text.encode(), max_bytes=10_000)
        assert caught.value.rule is Rule.DUPLICATE_KEY
    else:
        assert parse(text.encode(), max_bytes=10_000) == json.loads(text)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"{'a': 1}", b"{} {}", b"NaN", b"[Infinity]", b"[1e400]", b"\xef\xbb\xbf{}",
        b'"\xff"', b'"\xed\xa0\x80"', b'"\\ud800"', '{"a": 1}'.encode("utf-16"), b"[1,]", b"01",
    ],
)  # fmt: skip
def test_what_is_not_json_in_utf8_is_refused(body):  # XAPI-00014, XAPI-00015
    with pytest.raises(InvalidJson) as caught:
        parse(body, max_bytes=100)
    assert caught.value.rule is Rule.NOT_JSON
    assert str(caught.value) == "not-json (RFC 8259)"


def test_a_body_over_the_limit_is_refused_unread():
    assert parse(b"[1, 2]", max_bytes=6) == [1, 2]
    with pytest.raises(InvalidJson) as caught:
        parse(b"[1, 2]", max_bytes=5)
    assert caught.value.rule is Rule.TOO_LARGE


@pytest.mark.parametrize("depth", [255, 1025, 100_000])
def test_deep_nesting_is_refused(depth):
    assert parse(b"[" * 254 + b"]" * 254, max_bytes=10**6)
    with pytest.raises(InvalidJson) as caught:
        parse(b"[" * depth + b"]" * depth, max_bytes=10**6)
    assert caught.value.rule is Rule.TOO_DEEP


@given(st.floats(width=32, allow_nan=False, allow_infinity=False))
def test_numbers_keep_their_precision(number):  # XAPI-00002
    assert parse(write([number]), max_bytes=100) == [number]
