"""Reading archives that people send, without ever unpacking them onto a disk.

Everything that can be wrong with a zip is looked for in its directory, before any entry is read;
what the directory says is then held against what comes out. Anything hostile refuses the archive
whole: no half of it is kept.
"""

import io
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import BinaryIO

from edu.errors import Invalid
from edu.i18n import lazy

_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1
_LOCAL_HEADER_BYTES = 30
_DIRECTORY_END = b"PK\x05\x06"
_DIRECTORY_END_BYTES = 22
_WIDE_DIRECTORY_END = b"PK\x06\x06"
_WIDE_END_BYTES = 56
_WIDE_LOCATOR_BYTES = 20
_LONGEST_COMMENT = 0xFFFF
_LONGEST_END_BYTES = _WIDE_END_BYTES + _WIDE_LOCATOR_BYTES + _DIRECTORY_END_BYTES + _LONGEST_COMMENT
_DRIVE_LENGTH = 2
_HARMLESS_BYTES = 1 << 20
"""An entry smaller than this, unpacked, may be packed as tightly as it likes."""


class ArchiveRefused(Invalid):
    """The archive is broken, too much, or hostile. `values`: `reason` and the `name` of an entry.

    Reasons: not-a-zip, damaged, too-many-entries, directory-too-large, too-large,
    entry-too-large, too-dense, overlapping, encrypted, compression, symbolic-link, special-file,
    bad-name, long-name, repeated-name, nested-too-deep.
    """

    code = "archive-refused"
    title = lazy("This archive cannot be used (%(reason)s). Please make it anew and try again.")

    def __init__(self, reason: str, name: str = "") -> None:
        super().__init__(reason=reason, name=name)


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """How much an archive may be; sizes in bytes. `ratio`: unpacked by packed size of an entry.

    `nesting`: how many archives inside archives may be opened on the way down.
    """

    unpacked_bytes: int = 1 << 30
    entry_bytes: int = 256 << 20
    entries: int = 20_000
    ratio: int = 200
    name_length: int = 255
    nesting: int = 1


DEFAULT_LIMITS = ArchiveLimits()


class ZipArchive:
    """A zip, checked. Its names are relative, use "/", are NFC, and none comes twice."""

    def __init__(self, content: BinaryIO, limits: ArchiveLimits = DEFAULT_LIMITS) -> None:
        """Check the directory of a seekable stream, which must stay open. Raises ArchiveRefused."""
        _check_directory_size(content, limits)
        try:
            self._zip = zipfile.ZipFile(content)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error):
            raise ArchiveRefused("not-a-zip") from None
        self._limits = limits
        self._entries = _checked(self._zip.infolist(), limits)

    @property
    def names(self) -> tuple[str, ...]:
        """The files in it, in their order; folders are not named."""
        return tuple(self._entries)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def size(self, name: str) -> int:
        """Unpacked bytes of an entry. Raises KeyError."""
        return self._entries[name].file_size

    def chunks(self, name: str) -> Iterator[bytes]:
        """The content of an entry, piece by piece. Raises KeyError, and ArchiveRefused: damaged.

        No more is read than the directory said; an entry that holds more or less is damaged.
        """
        entry = self._entries[name]
        left = entry.file_size
        try:
            with self._zip.open(entry) as content:
                while chunk := content.read(1 << 20):
                    left -= len(chunk)
                    yield chunk
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
        ):
            raise ArchiveRefused("damaged", name) from None
        if left:
            raise ArchiveRefused("damaged", name)

    def read(self, name: str) -> bytes:
        """The whole content of an entry. Raises like `chunks`."""
        return b"".join(self.chunks(name))

    def nested(self, name: str) -> "ZipArchive":
        """An archive inside this one, with one level less to go. Raises ArchiveRefused."""
        if not self._limits.nesting:
            raise ArchiveRefused("nested-too-deep", name)
        inner = replace(self._limits, nesting=self._limits.nesting - 1)
        return ZipArchive(io.BytesIO(self.read(name)), inner)


def safe_name(name: str, *, longest: int = DEFAULT_LIMITS.name_length) -> str:
    """The name of an entry as a relative path in NFC with "/". Raises ArchiveRefused.

    Refused are absolute paths, drives, "..", control characters, NUL, and names too long for disks.
    """
    path = unicodedata.normalize("NFC", name).replace("\\", "/")
    parts = path.removesuffix("/").split("/")
    has_drive = len(parts[0]) >= _DRIVE_LENGTH and parts[0][1] == ":"
    if has_drive or any(part in {"", ".", ".."} for part in parts) or not path.isprintable():
        raise ArchiveRefused("bad-name", ascii(name))
    if len(path) > longest or len(path.encode()) > 4 * longest:
        raise ArchiveRefused("long-name", name)
    return path


def _check_directory_size(content: BinaryIO, limits: ArchiveLimits) -> None:
    """Refuse a directory too large to be read at all: the library would read it into memory."""
    end = content.seek(0, io.SEEK_END)
    content.seek(max(0, end - _LONGEST_END_BYTES))
    tail = content.read()
    at = tail.rfind(_DIRECTORY_END)
    if at < 0 or len(tail) - at < _DIRECTORY_END_BYTES:
        raise ArchiveRefused("not-a-zip")
    counts = [struct.unpack_from("<HI", tail, at + 10)]
    wide = tail[max(0, at - _WIDE_LOCATOR_BYTES - _WIDE_END_BYTES) : at]
    if wide.startswith(_WIDE_DIRECTORY_END):  # zip64: its numbers overrule the others
        counts.append(struct.unpack_from("<QQ", wide, 32))
    for entries, size in counts:
        if entries > limits.entries:
            raise ArchiveRefused("too-many-entries")
        if size > limits.entries * (limits.name_length + 256):
            raise ArchiveRefused("directory-too-large")
    content.seek(0)


def _checked(infos: list[zipfile.ZipInfo], limits: ArchiveLimits) -> dict[str, zipfile.ZipInfo]:
    if len(infos) > limits.entries:
        raise ArchiveRefused("too-many-entries")
    if sum(info.file_size for info in infos) > limits.unpacked_bytes:
        raise ArchiveRefused("too-large")
    _check_no_overlap(infos)
    entries: dict[str, zipfile.ZipInfo] = {}
    taken: set[str] = set()
    for info in infos:
        name = safe_name(info.orig_filename, longest=limits.name_length)
        _check_entry(info, limits)
        if name.endswith("/"):
            continue
        if name.casefold() in taken:
            raise ArchiveRefused("repeated-name", name)
        taken.add(name.casefold())
        entries[name] = info
    _check_no_file_is_a_folder(entries)
    return entries


def _check_entry(info: zipfile.ZipInfo, limits: ArchiveLimits) -> None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    is_dense = info.file_size > max(_HARMLESS_BYTES, limits.ratio * info.compress_size)
    for reason, is_so in (
        ("encrypted", info.flag_bits & _ENCRYPTED),
        ("compression", info.compress_type not in _METHODS),
        ("symbolic-link", kind == stat.S_IFLNK),
        ("special-file", kind not in {0, stat.S_IFREG, stat.S_IFDIR, stat.S_IFLNK}),
        ("entry-too-large", info.file_size > limits.entry_bytes),
        ("too-dense", is_dense),
    ):
        if is_so:
            raise ArchiveRefused(reason, info.filename)


def _check_no_overlap(infos: list[zipfile.ZipInfo]) -> None:
    """Entries that share bytes make a small archive endless without any single one being dense."""
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise ArchiveRefused("overlapping", info.filename)
        end = info.header_offset + _LOCAL_HEADER_BYTES + info.compress_size


def _check_no_file_is_a_folder(entries: dict[str, zipfile.ZipInfo]) -> None:
    for name in entries:
        for parent in PurePosixPath(name).parents:
            if str(parent) in entries:
                raise ArchiveRefused("repeated-name", name)
