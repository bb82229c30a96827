"""What a layout makes of a course's paths, before any file is opened."""

import posixpath
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from courses.authoring.core.course import Layout, UnitKind
from courses.authoring.core.paths import number_of

OWN = ""
"""Stands for the course's own language, which a path alone does not tell."""

_LANGUAGE = r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?"
_TRANSLATED_TREE = re.compile(rf"translations/({_LANGUAGE})/(.+)")
_TRANSLATED_FILE = re.compile(rf"(.*?)(?:translations/)?([^/]+)\.({_LANGUAGE})\.md")
_ORDER_WORDS = frozenset({"lessons", "course", "content"})

Variants = Mapping[str, str]
"""Language, or OWN → path of the file."""


@dataclass(frozen=True)
class PlannedSection:
    """A folder of units, and the files that introduce it."""

    path: str
    files: Variants = field(default_factory=dict)


@dataclass(frozen=True)
class PlannedUnit:
    """A unit, and its file in every language."""

    path: str
    kind: UnitKind
    files: Variants
    section: str | None = None
    lesson: str | None = None


@dataclass(frozen=True)
class Plan:
    """Sections and units in teaching order; quiz files by language; all other texts by path."""

    layout: Layout
    language: str
    front: Variants
    sections: tuple[PlannedSection, ...]
    units: tuple[PlannedUnit, ...]
    quiz_files: Mapping[str, tuple[str, ...]]
    others: Mapping[str, Variants]

    @property
    def lessons(self) -> int:
        """How much of the course this layout understands."""
        return sum(unit.kind is UnitKind.LESSON for unit in self.units)


def variant(path: str) -> tuple[str, str]:
    """(the path of the same thing in the course's own language, the language of this one or OWN).

    Known are `translations/vi/a/b.md`, `a/translations/b.vi.md` and `a/b.vi.md`, each for `a/b.md`.
    """
    if found := _TRANSLATED_TREE.fullmatch(path):
        return found[2], found[1]
    if found := _TRANSLATED_FILE.fullmatch(path):
        return f"{found[1]}{found[2]}.md", found[3]
    return path, OWN


def texts(paths: Iterable[str]) -> dict[str, dict[str, str]]:
    """Every Markdown file by the path of the same text in the course's own language."""
    found: dict[str, dict[str, str]] = {}
    for path in paths:
        if path.lower().endswith(".md"):
            own, language = variant(path)
            found.setdefault(own, {}).setdefault(language, path)
    return found


def in_numbered_folders(folder: str) -> bool:
    """True when every folder down to this one has a number, or one of a few plain names."""
    return all(number_of(part) is not None or part in _ORDER_WORDS for part in folder.split("/"))


def introduction(texts: Collection[str], folder: str) -> str | None:
    """The path of the text that introduces a folder: its README.md or index.md."""
    for name in ("README.md", "readme.md", "index.md"):
        path = posixpath.join(folder, name)
        if path in texts:
            return path
    return None


def planned_section(found: Mapping[str, Variants], folder: str) -> PlannedSection:
    """The section a folder makes."""
    path = introduction(found, folder)
    return PlannedSection(folder, found[path] if path else {})


def looks_like_assignment(path: str) -> bool:
    """True when the file's name says so: assignment.md, 07-bai-tap.md."""
    name = posixpath.basename(path).lower()
    return "assignment" in name or "bai-tap" in name
