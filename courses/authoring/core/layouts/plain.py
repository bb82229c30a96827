"""The plain layout: a folder of numbered Markdown files.

    course.yml                title, language and more; optional (see `reading.front_matter`)
    README.md                 the front page; optional
    01-an-toan/               a section: a numbered folder
      README.md               its title and introduction; optional
      01-dien-giat.md         a lesson: a numbered file
      01-dien-giat.en.md      the same lesson in English
      02-bai-tap.md           an assignment: named "bai-tap" or "assignment", or saying so
    02-relay.md               a lesson in no section
    phu-luc.md                a page, taken when a lesson links to it
    images/relay.png          whatever the texts show or offer

Front matter may give `title` and `kind` (lesson, page, assignment). course.yml may give `title`,
plain or by language, and `language`; without it the course is in vi, or in en if it is translated
into vi. Translations may also stand in a tree of their own, translations/en/…, and quizzes stand in
the lessons (see `quizzes.written`).
"""

import posixpath
from collections.abc import Sequence

from courses.authoring.core.course import Layout, UnitKind
from courses.authoring.core.layouts.plan import (
    Plan,
    PlannedUnit,
    in_numbered_folders,
    introduction,
    looks_like_assignment,
    planned_section,
    texts,
)
from courses.authoring.core.paths import natural, number_of

LANGUAGE, OTHER_LANGUAGE = "vi", "en"
"""What a course is in that does not say; the second, if it is translated into the first."""


def plan(paths: Sequence[str]) -> Plan:
    """What this layout makes of the paths; without lessons, when they are laid out otherwise."""
    found = texts(paths)
    numbered = sorted((path for path in found if _is_unit(path)), key=natural)
    folders = dict.fromkeys(folder for path in numbered if (folder := posixpath.dirname(path)))
    front = introduction(found, "") or ""
    used = set(numbered) | {introduction(found, folder) for folder in folders} | {front}
    return Plan(
        layout=Layout.PLAIN,
        language=OTHER_LANGUAGE if any(LANGUAGE in files for files in found.values()) else LANGUAGE,
        front=found.get(front, {}),
        sections=tuple(planned_section(found, folder) for folder in folders),
        units=tuple(
            PlannedUnit(
                path,
                UnitKind.ASSIGNMENT if looks_like_assignment(path) else UnitKind.LESSON,
                found[path],
                posixpath.dirname(path) or None,
            )
            for path in numbered
        ),
        quiz_files={},
        others={path: files for path, files in found.items() if path not in used},
    )


def _is_unit(path: str) -> bool:
    folder, name = posixpath.split(path)
    return (
        name[:1].isdecimal()
        and number_of(name) is not None
        and (not folder or in_numbered_folders(folder))
    )
