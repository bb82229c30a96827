import io
import struct
import zipfile

import pytest

from edu.taxonomy.core import archive
from edu.taxonomy.core.archive import ArchiveRefused, Line, Refusal, TableArchive


def zipped(members, compression=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as writer:
        for name, content in members.items():
            writer.writestr(name, content)
    buffer.seek(0)
    return buffer


def refusal_of(source, columns=("code",)):
    with pytest.raises(ArchiveRefused) as refusal, TableArchive(source) as opened:
        list(opened.lines("a.csv", columns))
    return refusal.value.code, refusal.value.values


def test_a_table_gives_the_wanted_cells_and_where_they_stood():
    source = zipped({"deep/": "", "deep/a.csv": '\ufeffx,code,label\n1,a,"one\ntwo"\n2,b,three\n'})

    with TableArchive(source) as opened:
        names = opened.names()
        lines = list(opened.lines("deep/a.csv", ["label", "code"]))

    assert names == ["deep/a.csv"]
    assert lines == [Line("a.csv", 2, ("one\ntwo", "a")), Line("a.csv", 4, ("three", "b"))]


def test_what_is_no_zip_is_refused():
    assert refusal_of(io.BytesIO(b"<html>Please sign in</html>")) == (Refusal.NOT_A_ZIP, {})


def test_an_encrypted_member_is_refused():
    content = bytearray(zipped({"a.csv": "code\n"}).getvalue())
    directory = content.index(b"PK\x01\x02")
    struct.pack_into("<H", content, directory + 8, archive.ENCRYPTED)

    code, values = refusal_of(io.BytesIO(bytes(content)))

    assert (code, values) == (Refusal.ENCRYPTED, {"file": "a.csv"})


def test_a_bomb_is_refused_before_it_is_read():
    source = zipped({"a.csv": b"0" * (3 * archive.RATIO_MATTERS_FROM)})

    assert refusal_of(source) == (
        Refusal.TOO_LARGE,
        {"file": "a.csv", "bytes": 3 * archive.RATIO_MATTERS_FROM},
    )


def test_a_crowd_of_members_is_refused(monkeypatch):
    monkeypatch.setattr(archive, "MAX_MEMBERS", 2)

    source = zipped({"a.csv": "", "b.csv": "", "c.csv": ""})

    assert refusal_of(source) == (Refusal.TOO_MANY_MEMBERS, {"members": 3, "most": 2})


def test_one_member_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(archive, "MAX_MEMBER_BYTES", 4)

    assert refusal_of(zipped({"a.csv": "code\n"}))[0] is Refusal.TOO_LARGE


def test_members_too_large_together_are_refused(monkeypatch):
    monkeypatch.setattr(archive, "MAX_TOTAL_BYTES", 9)

    source = zipped({"a.csv": "code\n", "b.csv": "code\n"})

    assert refusal_of(source) == (Refusal.TOO_LARGE, {"file": "", "bytes": 10})


def test_a_member_damaged_on_the_way_is_refused():
    content = bytearray(zipped({"a.csv": "code\nabcdef\n"}, zipfile.ZIP_STORED).getvalue())
    content[content.index(b"abcdef")] ^= 1

    assert refusal_of(io.BytesIO(bytes(content))) == (Refusal.DAMAGED, {"file": "a.csv"})


@pytest.mark.parametrize(
    ("content", "code", "values"),
    [
        (b"label\nx\n", Refusal.COLUMN_MISSING, {"file": "a.csv", "column": "code"}),
        (b"", Refusal.COLUMN_MISSING, {"file": "a.csv", "column": "code"}),
        (b"code\na\nb,c\n", Refusal.CELL_COUNT, {"file": "a.csv", "line": 3}),
        (b"code\n\xff\n", Refusal.NOT_UTF8, {"file": "a.csv", "line": 2}),
        (b'code\n"a"b\n', Refusal.NOT_CSV, {"file": "a.csv", "line": 2}),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_by_file_and_line(content, code, values):
    assert refusal_of(zipped({"a.csv": content})) == (code, values)
