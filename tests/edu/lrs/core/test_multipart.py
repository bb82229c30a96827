import hashlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edu.lrs.core import multipart
from edu.lrs.core.multipart import Attachment, Multipart, build, is_multipart, match, parse
from edu.lrs.core.problems import InvalidMultipart, Rule
from tests.edu.lrs.core.cases import DROP, WHOLE, as_substatement, changed

CONTENT = b"here is a simple attachment"
LENGTH = len(CONTENT)
SHA256 = hashlib.sha256(CONTENT).hexdigest()
HEADER = "multipart/mixed; boundary=abc"
FIRST = b"--abc\r\nContent-Type: application/json\r\n\r\n{}\r\n"
PART = (
    b"--abc\r\nContent-Type:text/plain\r\nContent-Transfer-Encoding:binary\r\n"
    b"X-Experience-API-Hash:" + SHA256.encode() + b"\r\n\r\n" + CONTENT + b"\r\n"
)
END = b"--abc--\r\n"


def attachment_of(content, algorithm="sha256", **said):
    return Attachment(hashlib.new(algorithm, content).hexdigest(), content, **said)


def refused(content, header=HEADER):
    with pytest.raises(InvalidMultipart) as caught:
        parse(content, header)
    return caught.value.rule


ATTACHMENTS = st.builds(
    attachment_of,
    st.binary() | st.sampled_from([b"\r\n", b"\r\n--", b"--abc--\r\n", b"\r\n\r\n", b"a: b"]),
    st.sampled_from(["sha224", "sha256", "sha384", "sha512"]),
    content_type=st.sampled_from(["text/plain", 'image/svg+xml; charset="utf-8"']),
)


@given(st.binary(), st.lists(ATTACHMENTS, unique_by=lambda each: each.sha2, max_size=5))
def test_what_is_built_can_be_parsed(statements, attachments):
    content_type, content = build(statements, attachments)
    parsed = parse(content, content_type)
    assert parsed.statements == statements
    assert [(each.sha2, each.content, each.content_type) for each in parsed.attachments] == [
        (each.sha2, each.content, each.content_type) for each in attachments
    ]
    assert all(each.content_length == len(each.content) for each in parsed.attachments)


@given(st.binary(), st.binary(), st.binary())
def test_any_bytes_are_answered(before, inside, after):
    for content in (before, FIRST + inside + END, before + FIRST + inside + PART + after):
        with suppress(InvalidMultipart):
            assert isinstance(parse(content, HEADER), Multipart)


def test_the_same_attachment_is_sent_once():
    one = attachment_of(CONTENT)
    assert build(b"[]", [one, one])[1].count(CONTENT) == 1


def test_the_boundary_is_in_no_content(monkeypatch):
    words = iter(["dup", "dup", "fresh"])
    monkeypatch.setattr(multipart, "token_hex", lambda _size: next(words))
    content_type, _ = build(b"[]", [attachment_of(b"a dup b")])
    assert content_type == 'multipart/mixed; boundary="fresh"'


@pytest.mark.parametrize(
    "header",
    [
        HEADER,
        'multipart/mixed; boundary="abc"',
        "Multipart/Mixed;charset=utf-8 ; BOUNDARY=abc",
    ],
)
def test_a_request_is_taken_apart(header):  # XAPI-00127
    assert is_multipart(header)
    parsed = parse(b"preamble\r\n" + FIRST + PART + END + b"epilogue", header)
    assert parsed == Multipart(b"{}", (Attachment(SHA256, CONTENT, "text/plain"),))


def test_boundaries_may_use_all_their_letters():
    boundary = b"abcABC0123'()+_,-./:=?"
    body = (FIRST + PART + END).replace(b"--abc", b"--" + boundary)
    assert parse(body, f'multipart/mixed; boundary="{boundary.decode()}"').attachments


def test_blanks_after_a_boundary_are_allowed():
    assert parse(FIRST.replace(b"--abc", b"--abc \t") + END, HEADER).statements == b"{}"


@pytest.mark.parametrize(
    "header",
    [
        "multipart/mixed",
        "multipart/mixed;",
        "multipart/mixed; boundary=",
        'multipart/mixed; boundary="a;b"',
        "multipart/mixed; boundary=" + "a" * 71,
        "multipart/mixed; boundary=bé",
    ],
)
def test_a_header_without_a_boundary_is_refused(header):  # XAPI-00131
    assert refused(FIRST + END, header) is Rule.BOUNDARY


@pytest.mark.parametrize("header", ["multipart/form-data; boundary=abc", "application/json", ""])
def test_other_types_are_refused(header):
    assert not is_multipart(header)
    assert refused(FIRST + END, header) is Rule.MULTIPART


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", FIRST, FIRST + PART, END, FIRST.replace(b"--abc", b"--abcd") + END, b"--abc"],
)
def test_a_body_without_its_boundaries_is_refused(body):  # XAPI-00130
    assert refused(body) is Rule.BOUNDARY


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        # XAPI-00132: JSON comes first
        (FIRST.replace(b"application/json", b"text/json") + END, Rule.FIRST_PART),
        (PART + FIRST + END, Rule.FIRST_PART),
        (b"--abc\r\n\r\n{}\r\n" + END, Rule.FIRST_PART),
        # XAPI-00133, XAPI-00136: other parts are binary
        (FIRST + FIRST + END, Rule.TRANSFER_ENCODING),
        (FIRST + PART.replace(b"binary", b"base64") + END, Rule.TRANSFER_ENCODING),
        # XAPI-00134, XAPI-00135: and carry their hash
        (FIRST + PART.replace(b"API-Hash", b"API-Hush") + END, Rule.HASH_MISSING),
        (FIRST + PART.replace(CONTENT, b"other") + END, Rule.HASH_MISMATCH),
        (FIRST + PART.replace(SHA256.encode(), b"12") + END, Rule.HASH_MISMATCH),
        # headers have a form
        (b"--abc\r\nContent-Type: application/json\r\n--abc--", Rule.MULTIPART),
        (FIRST.replace(b"Content-Type:", b"Content-Type") + END, Rule.MULTIPART),
        (FIRST.replace(b"json\r\n", b"json\r\ncontent-type: a/b\r\n") + END, Rule.MULTIPART),
        (FIRST.replace(b"json\r\n", b"json\nX: y\r\n") + END, Rule.MULTIPART),
        (FIRST.replace(b"json", b"json;" + b"a" * 8200) + END, Rule.MULTIPART),
        # and there are not too many
        (FIRST + PART * multipart.MAX_PARTS + END, Rule.BOUNDARY),
    ],
)
def test_a_part_that_breaks_a_rule_is_refused(body, rule):
    assert refused(body) is rule


def test_as_many_parts_as_allowed_are_read():
    body = FIRST + PART * (multipart.MAX_PARTS - 1) + END
    assert len(parse(body, HEADER).attachments) == multipart.MAX_PARTS - 1


def describing(sha2, file_url=DROP, length=LENGTH):
    statement = changed(WHOLE, "attachments/0/sha2", sha2)
    statement = changed(statement, "attachments/0/length", length)
    return changed(statement, "attachments/0/fileUrl", file_url)


SENT = Attachment(SHA256, CONTENT, "text/plain")


def test_attachments_are_matched_by_hash():
    match([describing(SHA256.upper())], [SENT])
    match([describing(SHA256), describing(SHA256)], [SENT, SENT])
    match([as_substatement(describing(SHA256))], [SENT])
    match([describing(SHA256, "https://hoc.example/tep")], [])
    match([describing(SHA256, "https://hoc.example/tep")], [SENT])
    match([changed(WHOLE, "attachments", DROP)], [])
    match([describing(SHA256)], [Attachment(SHA256, CONTENT, content_length=len(CONTENT))])
    match([describing(SHA256, length=1)], [SENT])  # no header to hold against the statement


@pytest.mark.parametrize(
    ("statement", "attachments", "rule"),
    [
        (describing(SHA256), [], Rule.NO_CONTENT),  # XAPI-00129
        (as_substatement(describing(SHA256)), [], Rule.NO_CONTENT),
        (describing("ab" * 32), [SENT], Rule.NO_CONTENT),
        (describing(SHA256), [SENT, attachment_of(b"more")], Rule.EXCESS_PART),  # XAPI-00128
        (changed(WHOLE, "attachments", DROP), [SENT], Rule.EXCESS_PART),
        (describing(SHA256), [Attachment(SHA256, CONTENT, content_length=1)], Rule.HEADER_MISMATCH),
    ],
)
def test_attachments_that_do_not_match_are_refused(statement, attachments, rule):
    with pytest.raises(InvalidMultipart) as caught:
        match([statement], attachments)
    assert caught.value.rule is rule


def test_a_content_length_that_is_no_number_says_nothing():
    spoilt = PART.replace(b"Content-Type:text", b"Content-Length: many\r\nContent-Type:text")
    assert parse(FIRST + spoilt + END, HEADER).attachments[0].content_length is None
