import io
import os
import stat
import struct
import zipfile
from dataclasses import replace

import pytest

from courses.authoring.core.source import (
    LIMITS,
    FolderSource,
    LeftOut,
    SourceRefused,
    Subfolder,
    ZipSource,
)
from tests.courses.authoring.core.folders import MODIFIED, archive, folder, zipped

FILES = {"README.md": "# Mạch điện", "2-farm/pi.md": "x", "10-city/a.png": b"\x89PNG"}


@pytest.fixture(params=["folder", "zip"])
def source(request, tmp_path):
    return folder(tmp_path, FILES) if request.param == "folder" else zipped(FILES)


def test_both_give_the_same_files(source):
    assert source.paths == ("README.md", "2-farm/pi.md", "10-city/a.png")
    assert source.read("README.md").decode() == "# Mạch điện"
    assert source.left_out == ()


def test_a_file_that_is_not_there_is_refused(source):
    with pytest.raises(SourceRefused) as refusal:
        source.read("../README.md")

    assert refusal.value.code == "file-missing"


def test_hidden_files_are_left_out_and_said_once(tmp_path):
    files = {
        "a.md": "a",
        ".git/config": "x",
        ".git/HEAD": "x",
        "b/.DS_Store": "x",
        "node_modules/y/z.js": "x",
    }
    expected = {
        LeftOut(".git", "hidden"),
        LeftOut("b/.DS_Store", "hidden"),
        LeftOut("node_modules", "hidden"),
    }

    for source in (folder(tmp_path, files), zipped(files)):
        assert source.paths == ("a.md",)
        assert set(source.left_out) == expected
        assert len(source.left_out) == len(expected)


def test_links_out_of_a_folder_are_not_followed(tmp_path):
    secret = tmp_path / "secret.md"
    secret.write_text("secret")
    course = tmp_path / "course"
    (course / "a").mkdir(parents=True)
    (course / "a/real.md").write_text("real")
    (course / "stolen.md").symlink_to(secret)
    (course / "outside").symlink_to(tmp_path)
    os.mkfifo(course / "pipe")

    source = FolderSource(course)

    assert source.paths == ("a/real.md",)
    assert set(source.left_out) == {
        LeftOut("stolen.md", "symlink"),
        LeftOut("outside", "symlink"),
        LeftOut("pipe", "special-file"),
    }


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "a.md").write_text("a")

    with pytest.raises(SourceRefused) as refusal:
        FolderSource(tmp_path / "a.md")

    assert refusal.value.code == "not-a-folder"


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        ({"entries": 2}, "too-many-entries"),
        ({"entry_bytes": 10}, "entry-too-large"),
        ({"unpacked_bytes": 15}, "too-large"),
        ({"name_length": 10}, "long-name"),
    ],
)
def test_limits_hold_for_both(tmp_path, limits, code):
    few = replace(LIMITS, **limits)
    folder(tmp_path, FILES)

    for make in (lambda: FolderSource(tmp_path, few), lambda: ZipSource(archive(FILES), few)):
        with pytest.raises(SourceRefused) as refusal:
            make()
        assert refusal.value.code == code


def test_a_file_that_grew_after_it_was_listed_is_refused(tmp_path):
    (tmp_path / "a.md").write_text("short")
    source = FolderSource(tmp_path, replace(LIMITS, entry_bytes=10))
    (tmp_path / "a.md").write_text("long" * 10)

    with pytest.raises(SourceRefused) as refusal:
        source.read("a.md")

    assert refusal.value.code == "entry-too-large"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../evil.md", "bad-name"),
        ("a/../../evil.md", "bad-name"),
        ("/etc/passwd", "bad-name"),
        ("C:\\evil.md", "bad-name"),
        ("\\\\host\\evil.md", "bad-name"),
        ("a" * 300 + ".md", "long-name"),
        ("a\tb.md", "bad-name"),
    ],
)
def test_names_that_reach_outside_refuse_the_archive(name, code):
    with pytest.raises(SourceRefused) as refusal:
        zipped({"good.md": "good", name: "evil"})

    assert refusal.value.code == code


def test_a_nul_in_a_name_is_seen_although_python_cuts_it():
    stream = io.BytesIO(archive({"evilX.md": "x"}).getvalue().replace(b"evilX", b"evil\0"))

    with pytest.raises(SourceRefused) as refusal:
        ZipSource(stream)

    assert refusal.value.code == "bad-name"


def test_two_spellings_of_one_name_are_refused(tmp_path):
    files = {"b\u00e0i.md": "composed", "ba\u0300i.md": "decomposed"}

    for make in (lambda: zipped(files), lambda: folder(tmp_path, files)):
        with pytest.raises(SourceRefused) as refusal:
            make()
        assert refusal.value.code == "repeated-name"


def test_symbolic_links_in_an_archive_refuse_it():
    link = zipfile.ZipInfo("passwd", MODIFIED)
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16

    with pytest.raises(SourceRefused) as refusal:
        zipped({"a.md": "a", link: "/etc/passwd"})

    assert (refusal.value.code, refusal.value.values) == ("symbolic-link", {"path": "passwd"})


def test_folders_in_an_archive_are_no_files():
    assert zipped({"a/": "", "a\\b\\": "", "a/c.md": "c"}).paths == ("a/c.md",)


def test_backslashes_are_separators():
    assert zipped({"a\\b.md": "b"}).read("a/b.md") == b"b"


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip at all", b"\x89PNG\r\n" * 20])
def test_another_file_is_no_zip(content):
    with pytest.raises(SourceRefused) as refusal:
        ZipSource(io.BytesIO(content))

    assert refusal.value.code == "not-a-zip"


def test_a_bomb_is_refused_before_it_is_opened():
    with pytest.raises(SourceRefused) as refusal:
        zipped({"bomb.md": b"\0" * (30 << 20)})

    assert refusal.value.code == "too-dense"


def test_a_zip_in_a_zip_is_only_a_file():
    inner = archive({"a.md": "a"}).getvalue()

    source = zipped({"inner.zip": inner})

    assert source.paths == ("inner.zip",)
    assert source.read("inner.zip") == inner


def patched(stream, offset, form, value):
    """The archive with a field of its first central record (APPNOTE 4.3.12) changed."""
    content = bytearray(stream.getvalue())
    record = content.index(b"PK\x01\x02")
    struct.pack_into(form, content, record + offset, value)
    return io.BytesIO(content)


def test_encryption_is_refused():
    with pytest.raises(SourceRefused) as refusal:
        ZipSource(patched(archive({"a.md": "a"}), 8, "<H", 0x1))

    assert refusal.value.code == "encrypted"


def test_rare_compression_is_refused():
    with pytest.raises(SourceRefused) as refusal:
        ZipSource(archive({"a.md": "a"}, zipfile.ZIP_LZMA))

    assert refusal.value.code == "compression"


def test_damaged_data_is_refused_when_read():
    content = archive({"a.md": "Mạch điện " * 50}, zipfile.ZIP_STORED).getvalue()
    source = ZipSource(io.BytesIO(content.replace(b"Ma", b"Mb").replace("ạ".encode(), b"xyz")))

    with pytest.raises(SourceRefused) as refusal:
        source.read("a.md")

    assert refusal.value.code == "damaged"


def test_data_that_does_not_inflate_is_refused_when_read():
    stream = archive({"a.md": os.urandom(2000)})
    content = bytearray(stream.getvalue())
    content[40:300] = b"\xff" * 260

    with pytest.raises(SourceRefused) as refusal:
        ZipSource(io.BytesIO(content)).read("a.md")

    assert refusal.value.code == "damaged"


def test_a_size_that_lies_does_not_give_more_than_the_limit():
    stream = patched(archive({"a.md": b"x" * 5000}), 24, "<I", 100)
    source = ZipSource(stream, replace(LIMITS, entry_bytes=200))

    with pytest.raises(SourceRefused) as refusal:
        source.read("a.md")

    assert refusal.value.code == "damaged"


def test_utf8_names_without_the_flag_are_read():
    stream = archive({"bài học.md": "x"})
    content = bytearray(stream.getvalue())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", content, content.index(signature) + offset, 0)

    assert ZipSource(io.BytesIO(content)).paths == ("bài học.md",)


def test_names_of_old_code_pages_are_kept_as_python_reads_them():
    content = archive({"Xlebin.md": "x"}).getvalue().replace(b"Xlebin", b"\x81lebin")

    assert ZipSource(io.BytesIO(content)).paths == ("ülebin.md",)


def test_a_subfolder_is_a_source():
    whole = zipped({"course-main/a.md": "a", "course-main/.git/x": "x", "other.md": "o"})

    inside = Subfolder(whole, "course-main")

    assert inside.paths == ("a.md",)
    assert inside.read("a.md") == b"a"
    assert inside.left_out == (LeftOut(".git", "hidden"),)
