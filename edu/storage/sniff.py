"""What an upload really is. Its name and its content must agree, and both be on the list.

A file that is two things at once (a picture that is also a page, a PDF that is also a zip) is
refused even if each would be allowed: browsers and programs disagree about which one they see.
"""

import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import BinaryIO

import puremagic

from edu.errors import Invalid, TooLarge
from edu.i18n import lazy
from edu.storage import svg
from edu.storage.archives import ZipArchive
from edu.storage.blobs import as_people_say
from edu.storage.filenames import safe_filename

_HEAD_BYTES = 4096
_WINDOW_BYTES = 1 << 20
_MEBIBYTE = 1 << 20

_ACTIVE_SUFFIX = re.compile(
    r"\.(aspx?|bat|bin|cgi|cmd|com|cpl|dll|exe|hta|html?|jar|jse?|jsp|lnk|mht|mjs|msi|ph(p|ar|tml)|"
    r"pif|pl|ps1|py|rb|reg|scr|s?html?|sh|svgz?|swf|vb[es]?|wsf|wsh|xht(ml)?|xml|xsl) ?"
)
"""Before the last suffix such a one shows that a name wants to be taken for another."""

_MARKUP = re.compile(
    rb"<(script|html|!doctype\s+html|\?php|iframe|object|embed)\b|%PDF-", re.IGNORECASE
)
_NOT_PLAIN = re.compile(
    r"\s*(<!doctype|<html|<head|<body|<script|<svg|<\?|%PDF-|#!|MZ)", re.IGNORECASE
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


class UploadRefused(Invalid):
    """The file is not accepted; subclasses say why."""

    code = "upload-refused"


class UploadEmpty(UploadRefused):
    """There is nothing in it."""

    code = "upload-empty"
    title = lazy("This file is empty.")


class UploadTooLarge(TooLarge):
    """It is longer than its purpose allows. `values`: `limit`, as people say it."""

    code = "upload-too-large"


class TypeNotAllowed(UploadRefused):
    """Its extension is not on the list. `values`: `allowed`, the extensions that are."""

    code = "type-not-allowed"
    title = lazy("Files of this kind are not accepted here. Accepted are: %(allowed)s.")


class NameMisleads(UploadRefused):
    """It has two extensions, the hidden one of a kind that runs."""

    code = "name-misleads"
    title = lazy("This file name has two extensions. Please rename the file and try again.")


class Disguised(UploadRefused):
    """The content is not what the extension says, or is two things at once."""

    code = "disguised"
    title = lazy("The content of this file is not what its name (%(extension)s) says.")


class HasMacros(UploadRefused):
    """It is an office document with programs in it."""

    code = "has-macros"
    title = lazy("This document contains macros. Please save it without macros and try again.")


class Purpose(StrEnum):
    """What an upload is for; each has its list of types and its largest size."""

    IMAGE = "image"
    DOCUMENT = "document"
    PACKAGE = "package"
    MARKDOWN = "markdown"
    MEDIA = "media"


LARGEST: Mapping[Purpose, int] = {
    Purpose.IMAGE: 16 * _MEBIBYTE,
    Purpose.DOCUMENT: 64 * _MEBIBYTE,
    Purpose.PACKAGE: 512 * _MEBIBYTE,
    Purpose.MARKDOWN: 2 * _MEBIBYTE,
    Purpose.MEDIA: 512 * _MEBIBYTE,
}
"""In bytes. What the web server accepts at all is another, smaller or larger, limit."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that may be kept: its name for people, its type for browsers, its size in bytes."""

    name: str
    extension: str
    media_type: str
    size: int


Check = Callable[[BinaryIO, str], bool]
"""Whether a stream, standing at its beginning, is what the extension says and only that."""


def check(content: BinaryIO, name: str, purpose: Purpose, *, limit: int | None = None) -> Upload:
    """Look at a seekable stream and its name; leave the stream at its beginning.

    Raises UploadRefused (its children), UploadTooLarge, and ArchiveRefused for a hostile zip.
    """
    name = safe_filename(name)
    extension, media_type, is_so = _allowed(name, purpose)
    size = content.seek(0, 2)
    if not size:
        raise UploadEmpty
    largest = min(LARGEST[purpose], limit or LARGEST[purpose])
    if size > largest:
        raise UploadTooLarge(limit=as_people_say(largest))
    content.seek(0)
    try:
        if not is_so(content, extension):
            raise Disguised(extension=extension)
    finally:
        content.seek(0)
    return Upload(name, extension, media_type, size)


def _allowed(name: str, purpose: Purpose) -> tuple[str, str, Check]:
    suffixes = [suffix.lower() for suffix in PurePath(name).suffixes]
    extension = suffixes[-1] if suffixes else ""
    types = _TYPES[purpose]
    if extension not in types:
        raise TypeNotAllowed(allowed=", ".join(sorted(types)))
    if any(_ACTIVE_SUFFIX.fullmatch(suffix) for suffix in suffixes[:-1]):
        raise NameMisleads
    media_type, is_so = types[extension]
    return extension, media_type, is_so


def _is_picture(content: BinaryIO, extension: str) -> bool:
    return _has_magic(content, extension) and not _is_more(content)


def _is_sound_or_film(content: BinaryIO, extension: str) -> bool:
    return _has_magic(content, extension) and not zipfile.is_zipfile(content)


def _has_magic(content: BinaryIO, extension: str) -> bool:
    content.seek(0)
    head = content.read(_HEAD_BYTES)
    try:
        found = {match.extension for match in puremagic.magic_string(head)}
    except puremagic.PureError:
        return False
    return not found.isdisjoint(_SIGNATURES.get(extension, {extension}))


def _is_more(content: BinaryIO) -> bool:
    """Whether a page, a program or a PDF is hidden in it, or a zip hangs behind it."""
    content.seek(0)
    tail = b""
    while window := content.read(_WINDOW_BYTES):
        if _MARKUP.search(tail + window):
            return True
        tail = window[-16:]
    return zipfile.is_zipfile(content)


def _is_svg(content: BinaryIO, _extension: str) -> bool:
    try:
        svg.parse(content.read())
    except svg.SvgRefused:
        return False
    return True


def _is_pdf(content: BinaryIO, _extension: str) -> bool:
    starts_well = content.read(5) == b"%PDF-"
    content.seek(max(0, content.seek(0, 2) - _HEAD_BYTES))
    return starts_well and b"%%EOF" in content.read() and not zipfile.is_zipfile(content)


def _is_office_document(content: BinaryIO, extension: str) -> bool:
    archive = _zip(content)
    if archive is None or "[Content_Types].xml" not in archive:
        return False
    if any(name.lower().endswith("vbaproject.bin") for name in archive.names):
        raise HasMacros
    main = {".docx": b"wordprocessingml.document", ".xlsx": b"spreadsheetml.sheet"}
    wanted = main.get(extension, b"presentationml.presentation")
    return wanted + b".main+xml" in archive.read("[Content_Types].xml")


def _says_its_type(content: BinaryIO, extension: str) -> bool:
    """OpenDocument and EPUB say what they are in their first entry."""
    archive = _zip(content)
    if archive is None or archive.names[:1] != ("mimetype",):
        return False
    said = archive.read("mimetype").decode("ascii", "replace").strip()
    return said == _TYPES[Purpose.DOCUMENT][extension][0]


def _is_zip(content: BinaryIO, _extension: str) -> bool:
    return _zip(content) is not None


def _is_cartridge(content: BinaryIO, _extension: str) -> bool:
    archive = _zip(content)
    return archive is not None and "imsmanifest.xml" in archive


def _is_h5p(content: BinaryIO, _extension: str) -> bool:
    archive = _zip(content)
    return archive is not None and "h5p.json" in archive


def _is_moodle_backup(content: BinaryIO, _extension: str) -> bool:
    if content.read(3) == b"\x1f\x8b\x08":  # a tar.gz; what is in it is looked at when imported
        return True
    archive = _zip(content)
    return archive is not None and "moodle_backup.xml" in archive


def _zip(content: BinaryIO) -> ZipArchive | None:
    """The archive, if it is one from its first byte on. Raises ArchiveRefused."""
    content.seek(0)
    return ZipArchive(content) if content.read(4) == b"PK\x03\x04" else None


def _is_plain_text(content: BinaryIO, _extension: str) -> bool:
    try:
        text = content.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not (_CONTROLS.search(text) or _NOT_PLAIN.match(text))


def _is_captions(content: BinaryIO, extension: str) -> bool:
    return content.read(16).removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT") and (
        not content.seek(0) and _is_plain_text(content, extension)
    )


_SIGNATURES: Mapping[str, set[str]] = {
    ".jpeg": {".jpg", ".jpeg", ".jfif"},
    ".jpg": {".jpg", ".jpeg", ".jfif"},
    ".mp3": {".mp3", ".mpga"},
    ".m4a": {".m4a", ".f4a", ".mp4"},
    ".oga": {".ogg", ".oga"},
}
"""What puremagic may call a file with this extension, where that is not just the extension."""

_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
_TEXTS: Mapping[str, tuple[str, Check]] = {
    ".md": ("text/markdown", _is_plain_text),
    ".markdown": ("text/markdown", _is_plain_text),
    ".txt": ("text/plain", _is_plain_text),
}
_TYPES: Mapping[Purpose, Mapping[str, tuple[str, Check]]] = {
    Purpose.IMAGE: {
        ".png": ("image/png", _is_picture),
        ".jpg": ("image/jpeg", _is_picture),
        ".jpeg": ("image/jpeg", _is_picture),
        ".gif": ("image/gif", _is_picture),
        ".webp": ("image/webp", _is_picture),
        ".svg": (svg.MEDIA_TYPE, _is_svg),
    },
    Purpose.DOCUMENT: {
        ".pdf": ("application/pdf", _is_pdf),
        ".docx": (f"{_OFFICE}.wordprocessingml.document", _is_office_document),
        ".xlsx": (f"{_OFFICE}.spreadsheetml.sheet", _is_office_document),
        ".pptx": (f"{_OFFICE}.presentationml.presentation", _is_office_document),
        ".odt": (f"{_OPEN}.text", _says_its_type),
        ".ods": (f"{_OPEN}.spreadsheet", _says_its_type),
        ".odp": (f"{_OPEN}.presentation", _says_its_type),
        ".epub": ("application/epub+zip", _says_its_type),
        ".csv": ("text/csv", _is_plain_text),
        **_TEXTS,
    },
    Purpose.PACKAGE: {
        ".zip": ("application/zip", _is_zip),
        ".imscc": ("application/zip", _is_cartridge),
        ".h5p": ("application/zip", _is_h5p),
        ".mbz": ("application/octet-stream", _is_moodle_backup),
    },
    Purpose.MARKDOWN: _TEXTS,
    Purpose.MEDIA: {
        ".mp4": ("video/mp4", _is_sound_or_film),
        ".webm": ("video/webm", _is_sound_or_film),
        ".mp3": ("audio/mpeg", _is_sound_or_film),
        ".m4a": ("audio/mp4", _is_sound_or_film),
        ".ogg": ("audio/ogg", _is_sound_or_film),
        ".oga": ("audio/ogg", _is_sound_or_film),
        ".wav": ("audio/wav", _is_sound_or_film),
        ".vtt": ("text/vtt", _is_captions),
    },
}
