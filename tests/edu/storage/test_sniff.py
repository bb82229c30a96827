import io
import zipfile

import pytest
from PIL import Image

from edu.storage.archives import ArchiveRefused
from edu.storage.sniff import (
    Disguised,
    HasMacros,
    NameMisleads,
    Purpose,
    TypeNotAllowed,
    UploadEmpty,
    UploadTooLarge,
    check,
)


def picture(kind: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (9, 9)).save(stream, kind)
    return stream.getvalue()


def zipped(**entries: str) -> bytes:
    """A zip of `name=content`; `__` in a name stands for "/", `_dot_` for ".", in their order."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return stream.getvalue()


def office(part: str, **more: str) -> bytes:
    stream = io.BytesIO()
    kinds = (
        f'<Override ContentType="application/vnd.openxmlformats-officedocument.{part}.main+xml"/>'
    )
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", f"<Types>{kinds}</Types>")
        for name in more:
            archive.writestr(f"word/{name}.bin", "x")
    return stream.getvalue()


def open_document(media_type: str) -> bytes:
    return zipped(mimetype=media_type, content_dot_xml="<x/>")


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'
ODT = "application/vnd.oasis.opendocument.text"
GOOD = [
    ("a.png", picture("PNG"), Purpose.IMAGE, "image/png"),
    ("a.JPG", picture("JPEG"), Purpose.IMAGE, "image/jpeg"),
    ("a.jpeg", picture("JPEG"), Purpose.IMAGE, "image/jpeg"),
    ("a.gif", picture("GIF"), Purpose.IMAGE, "image/gif"),
    ("a.webp", picture("WEBP"), Purpose.IMAGE, "image/webp"),
    ("a.svg", SVG, Purpose.IMAGE, "image/svg+xml"),
    ("Báo cáo v1.2.pdf", PDF, Purpose.DOCUMENT, "application/pdf"),
    ("a.docx", office("wordprocessingml.document"), Purpose.DOCUMENT, None),
    ("a.xlsx", office("spreadsheetml.sheet"), Purpose.DOCUMENT, None),
    ("a.pptx", office("presentationml.presentation"), Purpose.DOCUMENT, None),
    ("a.odt", open_document(ODT), Purpose.DOCUMENT, ODT),
    ("a.epub", open_document("application/epub+zip"), Purpose.DOCUMENT, "application/epub+zip"),
    ("a.csv", "mã,tên\n1,Hàn\n".encode(), Purpose.DOCUMENT, "text/csv"),
    ("a.md", "\ufeff# Hàn\n\n<div>được</div>\n".encode(), Purpose.MARKDOWN, "text/markdown"),
    ("a.zip", zipped(a="1"), Purpose.PACKAGE, "application/zip"),
    ("a.imscc", zipped(imsmanifest_dot_xml="<m/>"), Purpose.PACKAGE, "application/zip"),
    ("a.h5p", zipped(h5p_dot_json="{}"), Purpose.PACKAGE, "application/zip"),
    ("a.mbz", zipped(moodle_backup_dot_xml="<m/>"), Purpose.PACKAGE, "application/octet-stream"),
    ("a.mbz", b"\x1f\x8b\x08\0more", Purpose.PACKAGE, "application/octet-stream"),
    ("a.mp4", b"\0\0\0\x18ftypmp42" + bytes(99), Purpose.MEDIA, "video/mp4"),
    ("a.m4a", b"\0\0\0\x18ftypM4A " + bytes(99), Purpose.MEDIA, "audio/mp4"),
    ("a.mp3", b"\xff\xfb\x90\x44" + bytes(99), Purpose.MEDIA, "audio/mpeg"),
    ("a.mp3", b"ID3\x03" + bytes(99), Purpose.MEDIA, "audio/mpeg"),
    ("a.ogg", b"OggS\0\2" + bytes(99), Purpose.MEDIA, "audio/ogg"),
    ("a.wav", b"RIFF\0\0\0\0WAVEfmt " + bytes(99), Purpose.MEDIA, "audio/wav"),
    ("a.webm", bytes.fromhex("1a45dfa39f4282847765626d") + bytes(99), Purpose.MEDIA, "video/webm"),
    ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nHàn".encode(), Purpose.MEDIA, "text/vtt"),
]


@pytest.mark.parametrize(("name", "content", "purpose", "media_type"), GOOD)
def test_what_is_what_it_says_is_accepted(name, content, purpose, media_type):
    stream = io.BytesIO(content)
    stream.seek(3)

    upload = check(stream, name, purpose)

    assert upload.name == name
    assert upload.size == len(content)
    assert upload.extension == "." + name.rpartition(".")[2].lower()
    assert media_type in {None, upload.media_type}
    assert stream.tell() == 0


HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
GIF_AND_PAGE = b"GIF89a/*" + bytes(20) + b"*/=1;<script>alert(1)</script>"
DISGUISED = [
    ("a.pdf", HTML, Purpose.DOCUMENT),
    ("a.pdf", b"%PDF-1.7 cut", Purpose.DOCUMENT),
    ("a.pdf", b"MZ" + PDF, Purpose.DOCUMENT),
    ("a.pdf", PDF + zipped(a="1"), Purpose.DOCUMENT),
    ("a.png", HTML, Purpose.IMAGE),
    ("a.png", b"plain", Purpose.IMAGE),
    ("a.png", picture("GIF"), Purpose.IMAGE),
    ("a.gif", GIF_AND_PAGE, Purpose.IMAGE),
    ("a.gif", picture("GIF") + zipped(a="1"), Purpose.IMAGE),
    ("a.jpg", picture("JPEG") + b"<?php system('id');", Purpose.IMAGE),
    ("a.jpg", picture("JPEG") + bytes((1 << 20) - 700) + b"<script>", Purpose.IMAGE),
    ("a.jpg", picture("JPEG") + PDF, Purpose.IMAGE),
    ("a.svg", HTML, Purpose.IMAGE),
    ("a.docx", zipped(a="1"), Purpose.DOCUMENT),
    ("a.docx", office("spreadsheetml.sheet"), Purpose.DOCUMENT),
    ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), Purpose.DOCUMENT),
    ("a.docx", b"MZ" + office("wordprocessingml.document"), Purpose.DOCUMENT),
    ("a.odt", open_document("application/epub+zip"), Purpose.DOCUMENT),
    ("a.odt", zipped(content_dot_xml="<x/>", mimetype=ODT), Purpose.DOCUMENT),
    ("a.odt", HTML, Purpose.DOCUMENT),
    ("a.md", HTML, Purpose.MARKDOWN),
    ("a.md", b" \n<svg onload=alert(1)>", Purpose.MARKDOWN),
    ("a.md", b"#!/bin/sh\nid", Purpose.MARKDOWN),
    ("a.md", b"text\0more", Purpose.MARKDOWN),
    ("a.md", b"\xff\xfe\x00", Purpose.MARKDOWN),
    ("a.zip", HTML, Purpose.PACKAGE),
    ("a.zip", HTML + zipped(a="1"), Purpose.PACKAGE),
    ("a.imscc", zipped(a="1"), Purpose.PACKAGE),
    ("a.h5p", zipped(a="1"), Purpose.PACKAGE),
    ("a.mbz", zipped(a="1"), Purpose.PACKAGE),
    ("a.mp4", HTML, Purpose.MEDIA),
    ("a.mp4", b"\0\0\0\x18ftypmp42" + bytes(99) + zipped(a="1"), Purpose.MEDIA),
    ("a.vtt", b"WEBVTT\0", Purpose.MEDIA),
    ("a.vtt", HTML, Purpose.MEDIA),
]


@pytest.mark.parametrize(("name", "content", "purpose"), DISGUISED)
def test_what_is_something_else_or_two_things_is_refused(name, content, purpose):
    with pytest.raises(Disguised):
        check(io.BytesIO(content), name, purpose)


@pytest.mark.parametrize(
    ("name", "purpose"),
    [
        ("a.html", Purpose.DOCUMENT),
        ("a.docm", Purpose.DOCUMENT),
        ("a.pdf", Purpose.IMAGE),
        ("a.png", Purpose.DOCUMENT),
        ("a", Purpose.MARKDOWN),
        (".md", Purpose.MARKDOWN),
        ("a.exe", Purpose.PACKAGE),
        ("a.pdf.exe", Purpose.DOCUMENT),
        ("gpj.\u202efdp.exe", Purpose.DOCUMENT),
        ("a.pdf\0.exe", Purpose.DOCUMENT),
    ],
)
def test_only_listed_kinds_are_accepted(name, purpose):
    with pytest.raises(TypeNotAllowed) as refusal:
        check(io.BytesIO(PDF), name, purpose)

    assert "." in str(refusal.value.values["allowed"])


@pytest.mark.parametrize(
    "name", ["a.php.pdf", "a.HTML.pdf", "a.exe .pdf", "a.svg.b.pdf", "x.js.pdf"]
)
def test_a_name_with_a_hidden_extension_is_refused(name):
    with pytest.raises(NameMisleads):
        check(io.BytesIO(PDF), name, Purpose.DOCUMENT)


def test_macros_are_refused():
    with pytest.raises(HasMacros):
        check(
            io.BytesIO(office("wordprocessingml.document", vbaProject="")),
            "a.docx",
            Purpose.DOCUMENT,
        )


def test_an_empty_file_is_refused():
    with pytest.raises(UploadEmpty):
        check(io.BytesIO(), "a.pdf", Purpose.DOCUMENT)


@pytest.mark.parametrize(("limit", "said"), [(10, "10 bytes"), (None, "2 MB")])
def test_a_file_over_the_limit_is_refused(limit, said):
    with pytest.raises(UploadTooLarge) as refusal:
        check(io.BytesIO(b"x" * (2 << 20) + b"x"), "a.md", Purpose.MARKDOWN, limit=limit)

    assert refusal.value.values == {"limit": said}


def test_a_hostile_zip_is_refused_as_such():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("../evil", "x")

    with pytest.raises(ArchiveRefused):
        check(stream, "a.zip", Purpose.PACKAGE)
