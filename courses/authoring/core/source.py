"""Where a course is read from: a folder on this machine, or a zip somebody sent.

A zip is hostile until `edu.storage.archives` shows otherwise, and refused whole if it is. Nothing
is unpacked to disk. Files that are no part of any course are left out, and said.
"""

import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from courses.authoring.core.paths import natural
from edu.storage.archives import ArchiveLimits, ArchiveRefused, ZipArchive, safe_name

LONGEST_PATH = 240
LIMITS = ArchiveLimits(entry_bytes=64 << 20, name_length=LONGEST_PATH, nesting=0)
"""How much a course may be, in a zip or in a folder."""

_IGNORED = frozenset({"node_modules", "__macosx", "__pycache__", "thumbs.db", "desktop.ini"})


@dataclass(frozen=True)
class LeftOut:
    """A file or folder the source will not give, and why: hidden, symlink, special-file."""

    path: str
    code: str


class SourceRefused(Exception):
    """Nothing is read from this source.

    Codes: not-a-folder, file-missing, and the reasons of `edu.storage.archives.ArchiveRefused`,
    which hold for folders too. values has the `path` of the file, where it is one file.
    """

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


class CourseSource(Protocol):
    """The files of a course, by path: relative, with "/", in NFC."""

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

    def __init__(self, root: Path, limits: ArchiveLimits = LIMITS) -> None:
        """Lists the folder. Raises SourceRefused."""
        self._root = root
        self._limits = limits
        self._files: dict[str, Path] = {}
        self._left_out: list[LeftOut] = []
        if not root.is_dir():
            raise SourceRefused("not-a-folder", path=str(root))
        total = 0
        for found in self._walk(root):
            total += found.stat().st_size
            self._keep(found, total)
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

    def _keep(self, file: Path, total: int) -> None:
        name = file.relative_to(self._root).as_posix()
        try:
            path = safe_name(name, longest=self._limits.name_length)
        except ArchiveRefused as error:
            raise _refused(error) from None
        for code, is_so in (
            ("repeated-name", path in self._files),
            ("too-many-entries", len(self._files) >= self._limits.entries),
            ("entry-too-large", file.stat().st_size > self._limits.entry_bytes),
            ("too-large", total > self._limits.unpacked_bytes),
        ):
            if is_so:
                raise SourceRefused(code, path=path)
        self._files[path] = file

    def read(self, path: str) -> bytes:
        """One file's content. Raises SourceRefused: file-missing, entry-too-large."""
        if path not in self._files:
            raise SourceRefused("file-missing", path=path)
        with self._files[path].open("rb") as stream:
            content = stream.read(self._limits.entry_bytes + 1)
        if len(content) > self._limits.entry_bytes:
            raise SourceRefused("entry-too-large", path=path)
        return content


class ZipSource:
    """A zip archive, read in place."""

    def __init__(self, content: BinaryIO, limits: ArchiveLimits = LIMITS) -> None:
        """Checks every entry before reading one; keep the stream open. Raises SourceRefused."""
        try:
            self._archive = ZipArchive(content, limits)
        except ArchiveRefused as error:
            raise _refused(error) from None
        self._names = {_as_written(name): name for name in self._archive.names}
        hidden = {path: _hidden_part(path) for path in self._names}
        self.paths = tuple(sorted((path for path in hidden if not hidden[path]), key=natural))
        self.left_out = tuple(
            LeftOut(path, "hidden") for path in dict.fromkeys(hidden.values()) if path
        )

    def read(self, path: str) -> bytes:
        """One file's content. Raises SourceRefused: file-missing, damaged."""
        if path not in self._names:
            raise SourceRefused("file-missing", path=path)
        try:
            return self._archive.read(self._names[path])
        except ArchiveRefused as error:
            raise _refused(error) from None


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


def _refused(error: ArchiveRefused) -> SourceRefused:
    return SourceRefused(str(error.values["reason"]), path=str(error.values["name"]))


def _as_written(name: str) -> str:
    """The name as its author wrote it.

    Zip knew only code page 437 until 2006, and many tools still put UTF-8 there without saying so.
    A name in code page 437 whose bytes are UTF-8 is taken for one of theirs.
    """
    try:
        return unicodedata.normalize("NFC", name.encode("cp437").decode("utf-8"))
    except UnicodeError:
        return name


def _is_ignored(name: str) -> bool:
    return name.startswith(".") or name.lower() in _IGNORED


def _hidden_part(path: str) -> str:
    """The path down to its first ignored folder or file; "" when there is none."""
    parts = path.split("/")
    for depth, part in enumerate(parts, start=1):
        if _is_ignored(part):
            return "/".join(parts[:depth])
    return ""
