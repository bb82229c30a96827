"""The layout of the open "…-for-Beginners" curricula.

    README.md                                       the front page
    2-farm/README.md                                a section
    2-farm/lessons/1-predict-plant-growth/README.md a lesson; "lessons/" may be absent, sections too
    2-farm/lessons/1-predict-plant-growth/pi.md     a page of that lesson
    2-farm/lessons/1-predict-plant-growth/assignment.md
    translations/vi/…                               the same tree in another language
    translated_images/…                             pictures with translated words
    quiz-app/src/assets/translations/en.json        all quizzes; a lesson links to …/quiz/<id>

A lesson is a numbered folder with a README.md and no such folder inside it.
"""

import posixpath
import re
from collections.abc import Sequence

from courses.authoring.core.course import Layout, UnitKind
from courses.authoring.core.layouts.plan import (
    OWN,
    Plan,
    PlannedUnit,
    in_numbered_folders,
    introduction,
    looks_like_assignment,
    planned_section,
    texts,
)
from courses.authoring.core.paths import natural, number_of

LANGUAGE = "en"
"""What these courses are written in."""

_QUIZ_FILE = re.compile(
    r"(?:.*/)?quiz-app/(?:.*/)?translations/(?P<language>[A-Za-z-]+)(?:/[^/]+)?\.json"
)


def plan(paths: Sequence[str]) -> Plan:
    """What this layout makes of the paths; without lessons, when they are laid out otherwise."""
    found = texts(paths)
    introduced = {folder for folder in map(posixpath.dirname, found) if introduction(found, folder)}
    folders = sorted((folder for folder in introduced if _is_numbered(folder)), key=natural)
    outer = {above for folder in folders for above in _above(folder) if _is_numbered(above)}
    lessons = [folder for folder in folders if folder not in outer]
    sections = sorted({section for lesson in lessons if (section := _section(lesson))}, key=natural)
    units = tuple(unit for lesson in lessons for unit in _units(lesson, found))
    front = introduction(found, "") or ""
    used = {unit.path for unit in units} | {introduction(found, folder) for folder in outer}
    return Plan(
        layout=Layout.BEGINNERS,
        language=LANGUAGE,
        front=found.get(front, {}),
        sections=tuple(planned_section(found, section) for section in sections),
        units=units,
        quiz_files=_quiz_files(paths),
        others={path: files for path, files in found.items() if path not in used | {front}},
    )


def _is_numbered(folder: str) -> bool:
    return in_numbered_folders(folder) and number_of(_name(folder)) is not None


def _name(folder: str) -> str:
    return posixpath.basename(folder)


def _above(folder: str) -> list[str]:
    parts = folder.split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts))]


def _section(lesson: str) -> str | None:
    """The innermost numbered folder around a lesson."""
    around = [folder for folder in _above(lesson) if number_of(_name(folder)) is not None]
    return around[-1] if around else None


def _units(folder: str, found: dict[str, dict[str, str]]) -> list[PlannedUnit]:
    """A lesson, then its pages, then what is handed in."""
    lesson = introduction(found, folder) or ""
    section = _section(folder)
    beside = sorted(
        (path for path in found if posixpath.dirname(path) == folder and path != lesson),
        key=natural,
    )
    beside.sort(key=looks_like_assignment)
    return [PlannedUnit(lesson, UnitKind.LESSON, found[lesson], section)] + [
        PlannedUnit(path, _kind(path), found[path], section, lesson) for path in beside
    ]


def _kind(path: str) -> UnitKind:
    return UnitKind.ASSIGNMENT if looks_like_assignment(path) else UnitKind.PAGE


def _quiz_files(paths: Sequence[str]) -> dict[str, tuple[str, ...]]:
    files: dict[str, tuple[str, ...]] = {}
    for path in paths:
        if found := _QUIZ_FILE.fullmatch(path):
            language = OWN if found["language"] == LANGUAGE else found["language"]
            files[language] = (*files.get(language, ()), path)
    return files
