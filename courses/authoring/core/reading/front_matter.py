"""What a text says about itself, before it begins.

Front matter is the part between two lines of three hyphens at the top of a Markdown file;
course.yml is the same without the hyphens. Of YAML we read what people write there, and name every
other line:

    title: Điện cơ bản             a key and its value; quotes around the value are optional
    title:                         a key with a map, one level deep, read as title.vi and title.en
      vi: Điện cơ bản
      en: Basic electricity
    # a comment

The machine translation of the "…-for-Beginners" courses puts a JSON comment there instead.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_FENCED = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*\r?$\n?", re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"(?P<indent>[ ]*)(?P<key>[A-Za-z][\w.-]*):(?:[ \t]+(?P<value>.*))?")
_TRANSLATOR = re.compile(
    r"\A\ufeff?\s*<!--\s*CO_OP_TRANSLATOR_METADATA:\s*(?P<json>\{.*?\})\s*-->\s*", re.DOTALL
)


@dataclass(frozen=True)
class FrontMatter:
    """Values by flat key, the text after them, and the lines that could not be read."""

    values: Mapping[str, str]
    body: str
    unread: tuple[str, ...] = ()
    translator: Mapping[str, str] = field(default_factory=dict)


def split_front_matter(text: str) -> FrontMatter:
    """The text without what precedes it."""
    if found := _TRANSLATOR.match(text):
        note = _translator_note(found["json"])
        rest = split_front_matter(text[found.end() :])
        return FrontMatter(rest.values, rest.body, rest.unread, note)
    if found := _FENCED.match(text):
        values, unread = read_metadata(found[1])
        return FrontMatter(values, text[found.end() :].lstrip("\n"), unread)
    return FrontMatter({}, text.removeprefix("\ufeff"))


def read_metadata(text: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """(values by flat key, lines that are neither blank, a comment nor understood)."""
    values: dict[str, str] = {}
    unread: list[str] = []
    parent = ""
    for line in text.splitlines():
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        found = _LINE.fullmatch(line.rstrip())
        if found is None or (found["indent"] and not parent):
            unread.append(bare)
            continue
        key = f"{parent}.{found['key']}" if found["indent"] else found["key"]
        value = _unquoted(found["value"] or "")
        if not found["indent"]:
            parent = "" if value else key
        if value:
            values[key] = value
    return values, tuple(unread)


def _unquoted(value: str) -> str:
    bare = value.strip()
    if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "\"'":
        return bare[1:-1]
    return bare


def _translator_note(document: str) -> dict[str, str]:
    """What the translating machine noted: source_file, translation_date and more."""
    try:
        note = json.loads(document)
    except ValueError:
        return {"note": document[:500]}
    return {str(key): str(value) for key, value in note.items()}
