"""File names that people give: made harmless to keep, and sent back whole.

A name is only ever shown and sent, never used as a path: content lives under its hash.
"""

import unicodedata
from urllib.parse import quote

LONGEST_NAME = 180
"""Characters kept of a name, its extension included."""

_NAMELESS = "file"


def safe_filename(name: str) -> str:
    """The last part of a name as people read it: composed, without controls, not too long.

    Characters that turn the direction of writing are dropped: they can show "fdp.exe" as "exe.pdf".
    """
    name = unicodedata.normalize("NFC", name).replace("\\", "/")
    last = "".join(char for char in name.split("/")[-1] if unicodedata.category(char)[0] != "C")
    stem, dot, extension = last.strip().lstrip(".").rpartition(".")
    if not dot:
        stem, extension = extension, ""
    room = LONGEST_NAME - len(dot) - len(extension)
    if room < 1:
        stem, dot, extension, room = f"{stem}{dot}{extension}", "", "", LONGEST_NAME
    return f"{stem[:room].strip()}{dot}{extension}".strip(". ") or _NAMELESS


def content_disposition(name: str, *, inline: bool = False) -> str:
    """The header value that gives a download its name (RFC 6266, RFC 8187).

    Old readers get the name without accents, all others the name itself. Nothing in the name can
    end the value or the header: it has no controls, and quotes and backslashes are replaced.
    """
    name = safe_filename(name)
    plain = "".join(char if char.isascii() else "_" for char in _without_accents(name))
    plain = plain.translate({ord(char): "_" for char in '"\\%;'})
    kind = "inline" if inline else "attachment"
    if plain == name:
        return f'{kind}; filename="{plain}"'
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _without_accents(name: str) -> str:
    letters = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in letters if not unicodedata.combining(char))
