"""Addresses in a text that travels: made whole when it leaves, found again when it arrives."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote, urlsplit

from courses.authoring.core.markdown import parse, references

_FILE = re.compile(r"/files/(?P<token>[^/]+)/(?P<name>[^/]+)")


def with_whole_addresses(markdown: str, whole: Callable[[str], str | None]) -> str:
    """The text with each address that `whole` knows replaced by what it gives for it."""
    for address in dict.fromkeys(r.address for r in references(parse(markdown).tokens)):
        replacement = whole(address)
        if replacement is not None:
            for written in {address, unquote(address)}:
                pattern = rf"(?:(?<=[(<\"'])|(?<=\]:\s)){re.escape(written)}(?=[)>\"'\s]|$)"
                markdown = re.sub(pattern, replacement.replace("\\", "/"), markdown)
    return markdown


def files_named(markdown: str) -> Iterator[tuple[str, str, str]]:
    """(address, token, name) of each picture or link that leads to a stored file of ours."""
    for address in dict.fromkeys(r.address for r in references(parse(markdown).tokens)):
        try:
            found = _FILE.fullmatch(urlsplit(address).path)
        except ValueError:  # "http://[" and the like
            continue
        if found:
            yield address, found["token"], unquote(found["name"])
