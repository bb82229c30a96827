"""Where the addresses of a lesson lead, once its module is stored.

A version remembers what each address in its text meant when it was written (`as_json`). Rendered
HTML holds no address of a page or a file, but a mark for the unit or the file meant, which `filled`
replaces when the lesson is shown: a move to another host, or to another class, changes no lesson.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import Any
from urllib.parse import unquote
from uuid import UUID

from courses.authoring.core.course import (
    AssetTarget,
    QuizTarget,
    SectionTarget,
    Target,
    UnitKind,
    UnitTarget,
)
from courses.authoring.core.html import ANCHOR_PREFIX, Image, Surroundings, Words
from courses.authoring.core.layouts.plan import introduction
from courses.authoring.core.markdown import read, references

UNIT, ASSET, MODULE = "unit", "asset", "module"

QUIZ_ANCHOR = "quiz-"
"""The page gives each quiz an id that begins so."""

_MARK = re.compile(
    rf'(?P<attribute>href|src)="/~(?P<kind>{UNIT}|{ASSET}|{MODULE})/(?P<id>[0-9a-f-]{{36}})'
)

Addresses = Mapping[str, Target]
"""What each address in a text leads to."""


@dataclass(frozen=True)
class File:
    """A stored file of the module; width and height in pixels where it is a picture."""

    id: UUID
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True)
class Places:
    """What a module has: units by slug, their kinds too, files by content and by path."""

    module: UUID
    units: Mapping[str, UUID]
    kinds: Mapping[str, UnitKind]
    files: Mapping[str, File]
    paths: Mapping[str, str]

    def without_units(self) -> "Places":
        """The same for a text that leaves the module: links to other lessons lead nowhere."""
        return replace(self, units={}, kinds={})

    def addresses(self, markdown: str, known: Addresses) -> dict[str, Target]:
        """What the addresses in a text lead to: as before, or by the name of a file or unit."""
        found: dict[str, Target] = {}
        for reference in references(read(markdown).tokens):
            address = reference.address
            path, _, fragment = unquote(address).partition("#")
            if address in known:
                found[address] = known[address]
            elif path in self.paths:
                found[address] = AssetTarget(self.paths[path])
            elif path in self.units:
                found[address] = UnitTarget(path, self.kinds[path], fragment)
        return found

    def around(self, known: Addresses, words: Words) -> Surroundings:
        """What the renderer asks about a text with these addresses."""
        return Surroundings(
            link=lambda address: self._link(known.get(address)),
            image=lambda address: self._image(known.get(address)),
            words=words,
        )

    def _link(self, target: Target | None) -> str | None:
        match target:
            case UnitTarget(path, _, fragment) if path in self.units:
                return _mark(UNIT, self.units[path], fragment)
            case SectionTarget("", fragment) if self.units:
                return _mark(MODULE, self.module, fragment)
            case SectionTarget(path, fragment):
                slug = introduction(self.units, path)
                return _mark(UNIT, self.units[slug], fragment) if slug else None
            case AssetTarget(sha256) if sha256 in self.files:
                return _mark(ASSET, self.files[sha256].id)
            case QuizTarget(quiz):
                return f"#{QUIZ_ANCHOR}{quiz}"
            case _:
                return None

    def _image(self, target: Target | None) -> Image | None:
        if not isinstance(target, AssetTarget) or target.sha256 not in self.files:
            return None
        file = self.files[target.sha256]
        return Image(_mark(ASSET, file.id), file.width, file.height)


def _mark(kind: str, row_id: UUID, fragment: str = "") -> str:
    return f"/~{kind}/{row_id}" + (f"#{ANCHOR_PREFIX}{fragment.lower()}" if fragment else "")


def ids_in(html: str, kind: str) -> set[UUID]:
    """The units or files that stored HTML has marks for."""
    return {UUID(found["id"]) for found in _MARK.finditer(html) if found["kind"] == kind}


def filled(html: str, address: Callable[[str, UUID], str]) -> str:
    """Stored HTML with the address of each unit and file in place of its mark."""

    def fill(found: re.Match[str]) -> str:
        return f'{found["attribute"]}="{escape(address(found["kind"], UUID(found["id"])))}'

    return _MARK.sub(fill, html)


def as_json(target: Target) -> dict[str, str]:
    """What an address leads to, as a JSON object."""
    match target:
        case UnitTarget(path, kind, fragment):
            return {"unit": path, "kind": kind.value, "fragment": fragment}
        case SectionTarget(path, fragment):
            return {"section": path, "fragment": fragment}
        case AssetTarget(sha256):
            return {"asset": sha256}
        case QuizTarget(quiz):
            return {"quiz": quiz}


def from_json(document: Mapping[str, Any]) -> Target:  # Any: what `as_json` wrote
    """The inverse of `as_json`."""
    match document:
        case {"unit": path, "kind": kind, "fragment": fragment}:
            return UnitTarget(path, UnitKind(kind), fragment)
        case {"section": path, "fragment": fragment}:
            return SectionTarget(path, fragment)
        case {"asset": sha256}:
            return AssetTarget(sha256)
        case _:
            return QuizTarget(document["quiz"])
