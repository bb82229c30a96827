"""Reading one Markdown file of a course."""

import posixpath
from collections.abc import Mapping

from courses.authoring.core.course import Reason, UnitText
from courses.authoring.core.html import refused_tags
from courses.authoring.core.ledger import Ledger
from courses.authoring.core.markdown import read, title_of
from courses.authoring.core.paths import humanised
from courses.authoring.core.reading.front_matter import split_front_matter
from courses.authoring.core.source import CourseSource

MACHINE_TRANSLATION = "machine_translation"
"""Prefix of the metadata that the translating machine noted."""


def decoded(content: bytes) -> str | None:
    """The text in a file: UTF-8, or UTF-16 with its mark. None for anything else, or with NULs."""
    coding = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = content.decode(coding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text.replace("\r\n", "\n").replace("\r", "\n")


def read_text(
    source: CourseSource, path: str, ledger: Ledger, *, original: str = ""
) -> UnitText | None:
    """The text in the file, without its front matter. None, with a line in the ledger, if none.

    A text without a title has that of the original it translates, or one made of its path.
    """
    text = decoded(source.read(path))
    if text is None:
        ledger.left(Reason.NOT_TEXT, path)
        return None
    front = split_front_matter(text)
    if not front.body.strip():
        ledger.left(Reason.EMPTY_TEXT, path)
        return None
    for line in front.unread:
        ledger.skipped(Reason.METADATA_LINE, path, line=line)
    document = read(front.body)
    removed = refused_tags(document.tokens)
    if removed:
        ledger.changed(Reason.HTML_REMOVED, path, tags=" ".join(removed))
    title = front.values.get("title") or title_of(document.tokens)
    if not title:
        title = original or humanised(_telling(path))
        reason = Reason.TITLE_FROM_ORIGINAL if original else Reason.TITLE_FROM_NAME
        ledger.changed(reason, path, title=title)
    return UnitText(
        path, title, front.body, _metadata(front.values, front.translator, path, ledger)
    )


def _telling(path: str) -> str:
    """The part of the path that says something: README.md leaves that to its folder."""
    folder, name = posixpath.split(path)
    return folder if folder and name.lower() in {"readme.md", "index.md"} else path


def _metadata(
    values: Mapping[str, str], translator: Mapping[str, str], path: str, ledger: Ledger
) -> dict[str, str]:
    if translator:
        ledger.changed(Reason.TRANSLATOR_NOTE_MOVED, path)
    noted = {f"{MACHINE_TRANSLATION}.{key}": value for key, value in translator.items()}
    return {**values, **noted}
