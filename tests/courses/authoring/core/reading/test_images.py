import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.authoring.core.reading.images import (
    SVG,
    Picture,
    PictureUnsafe,
    attachment_type,
    looks_like_picture,
    picture,
)
from tests.courses.authoring.core.folders import png


def jpeg(width, height, *, before=b""):
    frame = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", height, width) + b"\x03" + b"\0" * 9
    return b"\xff\xd8" + b"\xff\xe0\x00\x04ab" + before + frame + b"\xff\xd9"


def webp(chunk, data):
    body = b"WEBP" + chunk + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


SIZED = [
    (png(31, 7), Picture("image/png", 31, 7)),
    (b"GIF89a" + struct.pack("<HH", 31, 7), Picture("image/gif", 31, 7)),
    (jpeg(31, 7), Picture("image/jpeg", 31, 7)),
    (jpeg(31, 7, before=b"\xff\x01"), Picture("image/jpeg", 31, 7)),
    (
        webp(b"VP8X", b"\0\0\0\0" + (30).to_bytes(3, "little") + (6).to_bytes(3, "little")),
        Picture("image/webp", 31, 7),
    ),
    (
        webp(b"VP8L", b"\x2f" + (30 | 6 << 14).to_bytes(4, "little") + b"\0" * 5),
        Picture("image/webp", 31, 7),
    ),
    (
        webp(b"VP8 ", b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 31, 7)),
        Picture("image/webp", 31, 7),
    ),
    (b'<svg xmlns="http://www.w3.org/2000/svg" width="31px" height="7.5"/>', Picture(SVG, 31, 7)),
]
UNSIZED = [
    (png()[:18], Picture("image/png")),
    (b"GIF87a", Picture("image/gif")),
    (b"\xff\xd8\xff\xe0\x00\x04ab", Picture("image/jpeg")),
    (webp(b"ABCD", b"\0" * 12), Picture("image/webp")),
    (webp(b"VP8X", b""), Picture("image/webp")),
    (b'<svg width="100%" height="0"/>', Picture(SVG)),
    (b"<svg><!-- note --><rect/></svg>", Picture(SVG)),
]


@pytest.mark.parametrize(("content", "expected"), SIZED + UNSIZED)
def test_a_picture_is_known_by_its_bytes(content, expected):
    assert picture(content) == expected


@pytest.mark.parametrize(
    "content",
    [b"", b"# A lesson", b"<html></html>", b"<svg", b"<html><svg/></html>", b"<svg>\xff</svg>"],
)
def test_other_bytes_are_no_picture(content):
    assert picture(content) is None


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<rect onload="alert(1)"/>',
        '<a href="java script:alert(1)"><rect/></a>',
        "<foreignObject><body/></foreignObject>",
        '<image href="https://tracker.example/x.png"/>',
        '<use href="data:image/svg+xml;base64,AAAA"/>',
    ],
)
def test_a_drawing_with_a_program_is_refused(inside):
    with pytest.raises(PictureUnsafe):
        picture(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode())


def test_a_drawing_with_entities_or_without_end_is_refused():
    for content in (
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>',
        b"<svg>" + b" " * (4 << 20) + b"</svg>",
    ):
        with pytest.raises(PictureUnsafe):
            picture(content)


def test_a_drawing_may_refer_to_itself_and_link_elsewhere():
    inside = '<use href="#a"/><a href="https://a.example"><rect id="a"/></a>'

    assert picture(f"<svg>{inside}</svg>".encode()) == Picture(SVG)


@given(st.binary(max_size=60), st.sampled_from([content for content, _ in SIZED]))
def test_damage_is_never_an_error(tail, content):
    for damaged in (content[:12] + tail, content[: len(tail)], tail):
        assert picture(damaged) is None or picture(damaged).media_type.startswith("image/")


def test_files_are_offered_by_their_extension():
    assert looks_like_picture("a/B.PNG")
    assert not looks_like_picture("a/b.pdf")
    assert attachment_type("a/b.PDF") == "application/pdf"
    assert attachment_type("a/relay.ino") == "text/plain"
    assert attachment_type("a/b.exe") is None
    assert attachment_type("Makefile") is None
