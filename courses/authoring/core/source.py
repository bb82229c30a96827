"""Where a course is read from: a folder on this machine, or a zip somebody sent.

A zip is hostile until shown otherwise. Nothing is ever unpacked to disk: names are only keys, and
every entry is read into memory within the limits. What would let an archive reach outside itself,
or grow without bound, refuses it whole; what is merely odd is left out and said.
"""

import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, Protocol, TypeVar

from courses.authoring.core.paths import PathUnsafe, natural, safe_path

File = TypeVar("File")

_IGNORED = frozenset({"node_modules", "__macosx", "__pycache__"})
_IGNORED_FILES = frozenset({"thumbs.db", "desktop.ini"})
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_UTF8_NAME, _ENCRYPTED = 0x800, 0x1
_SMALL = 1 << 20  # below this size no ratio is dangerous


@dataclass(frozen=True)
class Limits:
    """How much a course may be; sizes in bytes. ratio: unpacked by packed size, of one entry."""

    files: int = 20_000
    file_bytes: int = 64 << 20
    total_bytes: int = 1 << 30
    ratio: int = 200


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True)
class LeftOut:
    """A file the source will not give, and why: hidden, symlink, special-file."""

    path: str
    code: str


class SourceRefused(Exception):
    """Nothing is read from this source.

    Codes: not-a-zip, zip-damaged, zip-encrypted, zip-method, zip-ratio, too-many-files,
    file-too-large, too-large, path-repeated, not-a-folder, file-missing, and PathUnsafe's.
    """

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


class CourseSource(Protocol):
    """The files of a course, by path (see `paths.safe_path`)."""

    @property
    def paths(self) -> tuple[str, ...]:
        """Every file that can be read, in natural order."""
        ...

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """What there is besides."""
        ...

    def read(self, path: str) -> bytes:
        """One file's content. Raises SourceRefused."""
        ...


class FolderSource:
    """A folder on this machine. Symbolic links are left out, so nothing outside is ever read."""

    def __init__(self, root: Path, limits: Limits = DEFAULT_LIMITS) -> None:
        """Lists the folder. Raises SourceRefused: not-a-folder, or one of the limits."""
        self._root = root
        self._limits = limits
        self._files: dict[str, Path] = {}
        self._left_out: list[LeftOut] = []
        if not root.is_dir():
            raise SourceRefused("not-a-folder", path=str(root))
        sizes = _Sizes(limits)
        for found in self._walk(root):
            _keep(self._files, found.relative_to(root).as_posix(), found)
            sizes.add(str(found), found.stat().st_size)
        self.paths = tuple(sorted(self._files, key=natural))
        self.left_out = tuple(self._left_out)

    def _walk(self, folder: Path) -> Iterator[Path]:
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
            path = Path(entry.path)
            inside = path.relative_to(self._root).as_posix()
            if _is_ignored(entry.name):
                self._left_out.append(LeftOut(inside, "hidden"))
            elif entry.is_symlink():
                self._left_out.append(LeftOut(inside, "symlink"))
            elif entry.is_dir():
                yield from self._walk(path)
            elif entry.is_file():
                yield path
            else:
                self._left_out.append(LeftOut(inside, "special-file"))

    def read(self, path: str) -> bytes:
        """One file's content. Raises SourceRefused: file-missing, file-too-large."""
        if path not in self._files:
            raise SourceRefused("file-missing", path=path)
        with self._files[path].open("rb") as stream:
            return _bounded(stream, path, self._limits.file_bytes)


class ZipSource:
    """A zip archive, read in place and never unpacked."""

    def __init__(self, archive: BinaryIO, limits: Limits = DEFAULT_LIMITS) -> None:
        """Checks every entry before reading any. Raises SourceRefused."""
        self._limits = limits
        self._files: dict[str, zipfile.ZipInfo] = {}
        self._left_out: list[LeftOut] = []
        try:
            self._zip = zipfile.ZipFile(archive)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise SourceRefused("not-a-zip") from None
        sizes = _Sizes(limits)
        for info in self._zip.infolist():
            self._admit(info, sizes)
        self.paths = tuple(sorted(self._files, key=natural))
        self.left_out = tuple(dict.fromkeys(self._left_out))

    def _admit(self, info: zipfile.ZipInfo, sizes: "_Sizes") -> None:
        name = _name_of(info)
        path = _safe(name)
        if name.endswith(("/", "\\")):
            return
        if hidden := _hidden_part(path):
            self._left_out.append(LeftOut(hidden, "hidden"))
            return
        if stat.S_ISLNK(info.external_attr >> 16):
            self._left_out.append(LeftOut(path, "symlink"))
            return
        if info.flag_bits & _ENCRYPTED:
            raise SourceRefused("zip-encrypted", path=path)
        if info.compress_type not in _METHODS:
            raise SourceRefused("zip-method", path=path)
        if info.file_size > max(_SMALL, info.compress_size * self._limits.ratio):
            raise SourceRefused("zip-ratio", path=path)
        sizes.add(path, info.file_size)
        _keep(self._files, path, info)

    def read(self, path: str) -> bytes:
        """One file's content. Raises SourceRefused: file-missing, file-too-large, zip-damaged."""
        if path not in self._files:
            raise SourceRefused("file-missing", path=path)
        try:
            with self._zip.open(self._files[path]) as stream:
                return _bounded(stream, path, self._limits.file_bytes)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError):
            raise SourceRefused("zip-damaged", path=path) from None


class Subfolder:
    """A folder of another source, as a source: archives often wrap a course in one folder."""

    def __init__(self, source: CourseSource, folder: str) -> None:
        prefix = f"{folder}/"
        self._source = source
        self._prefix = prefix
        inside = (path for path in source.paths if path.startswith(prefix))
        self.paths = tuple(path.removeprefix(prefix) for path in inside)
        self.left_out = tuple(
            LeftOut(entry.path.removeprefix(prefix), entry.code) for entry in source.left_out
        )

    def read(self, path: str) -> bytes:
        """One file's content. Raises SourceRefused."""
        return self._source.read(self._prefix + path)


class _Sizes:
    """Adds up what a source claims to hold, and refuses at the first limit passed."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._files = 0
        self._bytes = 0

    def add(self, path: str, size: int) -> None:
        self._files += 1
        self._bytes += size
        if self._files > self._limits.files:
            raise SourceRefused("too-many-files", limit=self._limits.files)
        if size > self._limits.file_bytes:
            raise SourceRefused("file-too-large", path=path, limit=self._limits.file_bytes)
        if self._bytes > self._limits.total_bytes:
            raise SourceRefused("too-large", limit=self._limits.total_bytes)


def _name_of(info: zipfile.ZipInfo) -> str:
    """The name as its author wrote it.

    Before 2006 zip knew only code page 437; tools that put UTF-8 there without the flag are many.
    The NUL at which Python cuts a name is kept, so that it is refused rather than hidden.
    """
    if info.flag_bits & _UTF8_NAME:
        return info.orig_filename
    try:
        return info.orig_filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.orig_filename


def _safe(name: str) -> str:
    try:
        return safe_path(name)
    except PathUnsafe as error:
        raise SourceRefused(error.code, path=error.path) from None


def _keep(files: dict[str, File], name: str, file: File) -> None:
    path = _safe(name)
    if path in files:
        raise SourceRefused("path-repeated", path=path)
    files[path] = file


def _is_ignored(name: str) -> bool:
    low = name.lower()
    return low.startswith(".") or low in _IGNORED or low in _IGNORED_FILES


def _hidden_part(path: str) -> str:
    """The path down to its first ignored folder or file; "" when there is none."""
    parts = path.split("/")
    for depth, part in enumerate(parts, start=1):
        if _is_ignored(part):
            return "/".join(parts[:depth])
    return ""


def _bounded(stream: IO[bytes], path: str, limit: int) -> bytes:
    """All of the stream, whatever its header claimed. Raises SourceRefused: file-too-large."""
    content = stream.read(limit + 1)
    if len(content) > limit:
        raise SourceRefused("file-too-large", path=path, limit=limit)
    return content
