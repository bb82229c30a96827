"""Paths inside a course: POSIX, relative, NFC, and never out of it."""

import posixpath
import re
import unicodedata
from urllib.parse import unquote, urlsplit

_NUMBER = re.compile(
    r"(?:(?:module|unit|lesson|chapter|part|section|week|bai|chuong|phan|tuan)[ _-]?)?(\d{1,4})",
    re.IGNORECASE,
)


def is_external(href: str) -> bool:
    """True when the address leaves the course: it has a scheme or names a host."""
    return href.startswith("//") or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", href) is not None


def resolve(base: str, href: str) -> tuple[str, str] | None:
    """Where a relative address in the file `base` points: (path in the course, fragment).

    The path is "" for the course's root folder. None when it climbs out of the course or is no
    address at all. A query is dropped: files have none.
    """
    try:
        parts = urlsplit(href.replace("\\", "/"))
    except ValueError:  # "http://[" and the like
        return None
    target = unicodedata.normalize("NFC", unquote(parts.path))
    if target.startswith("/"):  # GitHub reads it from the root of the repository
        joined = posixpath.normpath(target.lstrip("/") or ".")
    else:
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(base), target or "."))
    if not target:
        joined = base
    if joined == ".." or joined.startswith("../"):
        return None
    return ("" if joined == "." else joined), unquote(parts.fragment)


def number_of(name: str) -> int | None:
    """The number a file's or folder's name begins with: 7 for "07-relay.md" and "Module07"."""
    found = _NUMBER.match(name)
    return int(found[1]) if found else None


def natural(path: str) -> tuple[tuple[int, str, int], ...]:
    """A sorting key that reads numbers as numbers: 2-farm before 10-city, README.md first."""
    key: list[tuple[int, str, int]] = []
    for part in path.split("/"):
        first = part.lower() in {"readme.md", "index.md"}
        for piece in re.split(r"(\d+)", part.lower()):
            digits = piece.isdecimal()
            key.append((-1 if first else 0, "" if digits else piece, int(piece) if digits else -1))
        key.append((-2, "", 0))
    return tuple(key)


def humanised(path: str) -> str:
    """A title made of a file's name, for want of a better: "2-deeper-dive" → "Deeper dive"."""
    name = posixpath.basename(path)
    stem = name.rsplit(".", 1)[0] if "." in name[1:] else name
    words = re.sub(r"^[\d.]+(?=[\s_-])", "", stem).replace("_", " ").replace("-", " ").strip()
    words = words or stem
    return words[:1].upper() + words[1:]
