import io
import random
import stat
import struct
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edu.storage.archives import ArchiveLimits, ArchiveRefused, ZipArchive, safe_name

_AFTER_LOCAL_HEADER = 100
SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples" / "packages"


def entry(name: str, mode: int = 0, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    info.compress_type = method
    return info


def zipped(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return stream


class Counting(io.BytesIO):
    """Counts the bytes that were read of it."""

    given = 0

    def read(self, size: int | None = -1, /) -> bytes:
        content = super().read(size)
        self.given += len(content)
        return content


def refused(content: io.BytesIO, **limits: int) -> str:
    with pytest.raises(ArchiveRefused) as refusal:
        ZipArchive(content, ArchiveLimits(**limits))
    return str(refusal.value.values["reason"])


def test_a_good_archive_gives_its_files():
    archive = ZipArchive(
        zipped(("bài/một.md", "Hàn".encode()), ("bài/", b""), ("win\\dows.txt", b"w"))
    )

    assert archive.names == ("bài/một.md", "win/dows.txt")
    assert archive.read("bài/một.md").decode() == "Hàn"
    assert archive.size("win/dows.txt") == 1
    assert "bài/một.md" in archive
    assert "hai.md" not in archive
    with pytest.raises(KeyError):
        archive.read("hai.md")


def test_names_are_composed():
    assert ZipArchive(zipped((unicodedata.normalize("NFD", "bài"), b""))).names == ("bài",)


HOSTILE_NAMES = [
    "../evil",
    "a/../../evil",
    "a/..",
    "/etc/passwd",
    "\\windows\\evil",
    "..\\evil",
    "C:\\evil",
    "C:evil",
    "//server/share",
    "a//b",
    "./a",
    "",
    "line\nbreak",
    "bell\x07",
    "right\u202eleft",
]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_name_that_leads_elsewhere_is_refused(name):
    assert refused(zipped((entry(name), b"x"))) == "bad-name"


def test_a_nul_hides_no_name():
    content = zipped(("good.txtXevil.exe", b"x")).getvalue().replace(b"tXe", b"t\x00e")

    assert refused(io.BytesIO(content)) == "bad-name"


@pytest.mark.parametrize("name", ["x" * 300, "đ" * 256])
def test_a_name_too_long_for_a_disk_is_refused(name):
    assert refused(zipped((name, b"x"))) == "long-name"


@given(st.text())
def test_a_name_is_safe_or_refused(name):
    try:
        safe = safe_name(name)
    except ArchiveRefused:
        return
    assert safe_name(safe) == safe
    assert not safe.startswith("/")
    assert not {"..", ".", ""}.intersection(safe.removesuffix("/").split("/"))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("one", "other"),
    [("a.txt", "a.txt"), ("a.txt", "A.TXT"), ("bài", unicodedata.normalize("NFD", "bài"))],
)
def test_a_name_that_comes_twice_is_refused(one, other):
    assert refused(zipped((one, b"1"), (other, b"2"))) == "repeated-name"


def test_a_file_that_is_a_folder_too_is_refused():
    assert refused(zipped(("a", b"1"), ("a/b", b"2"))) == "repeated-name"


@pytest.mark.parametrize(
    ("mode", "reason"),
    [
        (stat.S_IFLNK | 0o777, "symbolic-link"),
        (stat.S_IFIFO | 0o644, "special-file"),
        (stat.S_IFCHR | 0o644, "special-file"),
    ],
)
def test_what_is_not_a_file_is_refused(mode, reason):
    assert refused(zipped((entry("link", mode), b"/etc/passwd"))) == reason


def test_plain_files_and_folders_with_modes_are_fine():
    archive = ZipArchive(
        zipped((entry("a/", stat.S_IFDIR | 0o755), b""), (entry("a/b", stat.S_IFREG | 0o644), b"b"))
    )

    assert archive.names == ("a/b",)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_rare_compressions_are_refused(method):
    assert refused(zipped((entry("a", method=method), b"x" * 100))) == "compression"


def test_an_encrypted_entry_is_refused():
    content = bytearray(zipped(("a", b"x")).getvalue())
    directory = content.rfind(b"PK\x01\x02")
    content[directory + 8] |= 1

    assert refused(io.BytesIO(content)) == "encrypted"


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        ({"entries": 2}, "too-many-entries"),
        ({"unpacked_bytes": 2999}, "too-large"),
        ({"entry_bytes": 999}, "entry-too-large"),
        ({}, None),
    ],
)
def test_limits_are_kept(limits, reason):
    content = zipped(*((name, random.Random(1).randbytes(1000)) for name in "abc"))

    if reason:
        assert refused(content, **limits) == reason
    else:
        assert len(ZipArchive(content).names) == 3


def test_a_bomb_is_refused_before_it_is_read():
    bomb = zipped(("zeros", b"\0" * (20 << 20)))
    bomb.seek(_AFTER_LOCAL_HEADER)
    bomb.write(b"\xff" * 10_000)  # who read it would find it damaged

    assert refused(bomb) == "too-dense"


def test_a_hundred_thousand_files_are_refused_at_once():
    stream = Counting()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(100_000):
            archive.writestr(entry(str(number), method=zipfile.ZIP_STORED), b"")

    assert refused(stream) in {"too-many-entries", "directory-too-large"}
    assert stream.given < 1 << 17  # its end alone, not its directory of five million bytes


def test_a_lie_about_the_number_of_files_does_not_help():
    content = bytearray(zipped(*((str(n), b"") for n in range(50))).getvalue())
    struct.pack_into("<HH", content, content.rfind(b"PK\x05\x06") + 8, 1, 1)

    assert refused(io.BytesIO(content), entries=10) == "too-many-entries"


def wide(entries: int, size: int) -> io.BytesIO:
    """A small zip to which a zip64 directory end was added, with numbers of its own."""
    content = zipped(("a", b"x")).getvalue()
    end = content.rfind(b"PK\x05\x06")
    (start,) = struct.unpack_from("<I", content, end + 16)
    sizes = (entries, entries, size, start)
    record = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, *sizes)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, end, 1)
    return io.BytesIO(content[:end] + record + locator + content[end:])


def test_the_wide_form_of_a_directory_is_held_to_the_same_limits():
    (size,) = struct.unpack_from("<I", wide(1, 0).getvalue(), len(wide(1, 0).getvalue()) - 10)

    assert ZipArchive(wide(1, size)).names == ("a",)
    assert refused(wide(1_000_000, size)) == "too-many-entries"
    assert refused(wide(1, 1 << 40)) == "directory-too-large"


def test_a_directory_too_large_is_not_read():
    content = zipped(*((f"{'x' * 250}{n}", b"") for n in range(4)))

    assert refused(content, entries=4, name_length=20) == "directory-too-large"


def test_entries_that_share_bytes_are_refused():
    content = bytearray(zipped(("a", b"x" * 100), ("b", b"y" * 100)).getvalue())
    second = content.rfind(b"PK\x01\x02")
    struct.pack_into("<I", content, second + 42, 0)

    assert refused(io.BytesIO(content)) == "overlapping"


def test_an_entry_larger_than_it_says_is_not_read_on():
    content = bytearray(zipped(("a", b"x" * 3_000_000)).getvalue())
    struct.pack_into("<I", content, content.rfind(b"PK\x01\x02") + 24, 10)

    with pytest.raises(ArchiveRefused) as refusal:
        ZipArchive(io.BytesIO(content)).read("a")

    assert refusal.value.values["reason"] == "damaged"


def test_an_entry_smaller_than_it_says_is_damaged():
    content = bytearray(zipped(("a", b"x" * 1000)).getvalue())
    struct.pack_into("<I", content, content.rfind(b"PK\x01\x02") + 24, 1001)

    with pytest.raises(ArchiveRefused, match="archive-refused"):
        ZipArchive(io.BytesIO(content)).read("a")


def test_a_damaged_entry_is_refused():
    content = bytearray(zipped(("a", random.Random(1).randbytes(1000))).getvalue())
    content[100] ^= 0xFF

    with pytest.raises(ArchiveRefused) as refusal:
        ZipArchive(io.BytesIO(content)).read("a")

    assert refusal.value.values == {"reason": "damaged", "name": "a"}


def test_an_entry_whose_own_name_is_garbled_is_refused():
    content = bytearray(zipped(("bài.txt", b"x")).getvalue())
    content[content.index("à".encode())] = 0xFF  # the local header's; the directory's stays

    with pytest.raises(ArchiveRefused) as refusal:
        ZipArchive(io.BytesIO(content)).read("bài.txt")

    assert refusal.value.values == {"reason": "damaged", "name": "bài.txt"}


@pytest.mark.parametrize("content", [b"", b"PK", b"x" * 1000, b"PK\x05\x06", b"%PDF-1.7"])
def test_what_is_no_zip_is_refused(content):
    assert refused(io.BytesIO(content)) == "not-a-zip"


@given(st.data())
def test_no_broken_archive_raises_anything_else(data):
    content = bytearray(zipped(("a/b.txt", b"hello " * 20), ("c", b"c")).getvalue())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))

    try:
        archive = ZipArchive(io.BytesIO(content[:cut] if cut % 3 == 0 else content))
        for name in archive.names:
            archive.read(name)
    except ArchiveRefused:
        pass


def test_archives_in_archives_are_opened_only_so_deep():
    inner = zipped(("deep.txt", b"deep")).getvalue()
    middle = zipped(("inner.zip", inner)).getvalue()
    outer = ZipArchive(zipped(("middle.zip", middle)), ArchiveLimits(nesting=1))

    nested = outer.nested("middle.zip")

    assert nested.names == ("inner.zip",)
    with pytest.raises(ArchiveRefused) as refusal:
        nested.nested("inner.zip")
    assert refusal.value.values["reason"] == "nested-too-deep"


@pytest.mark.samples
def test_real_packages_are_read_whole():
    if not SAMPLES.is_dir():
        pytest.skip("no ../shared/samples here")
    suffixes = {".zip", ".h5p", ".imscc"}
    packages = [path for path in SAMPLES.rglob("*") if path.suffix in suffixes]
    packages = [path for path in packages if path.parent.name != "broken"]

    for path in packages:
        with path.open("rb") as content:
            archive = ZipArchive(content)
            assert sum(len(archive.read(name)) for name in archive.names) > 0

    assert packages
