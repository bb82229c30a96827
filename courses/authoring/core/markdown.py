"""Markdown, read once for everyone: the importer, the blocks, the renderer and the search.

GitHub's dialect: tables, task lists, footnotes, alerts, strikethrough and bare addresses, with
raw HTML left as tokens for the renderer to clean.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser
from itertools import pairwise, takewhile
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.gfm import gfm_plugin

from courses.authoring.core.emoji import EMOJI

_SHORT_NAME = re.compile(r":([a-z0-9_]{1,30}):")
_QUIZ_FENCE = re.compile(r"quiz(?:\s|$)")


@dataclass(frozen=True)
class Document:
    """A parsed text: its tokens, and the link references and footnotes they rely on."""

    tokens: tuple[Token, ...]
    env: dict[str, Any]  # markdown-it's own notes, of no declared shape


@dataclass(frozen=True)
class Heading:
    """A heading: its level as written, its words, and the anchor that links to it use."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True)
class Reference:
    """An address in a text. label is the link's words or the image's alternative text."""

    address: str
    label: str
    is_image: bool


def _show_emoji(state: StateCore) -> None:
    for token in state.tokens:
        for child in token.children or ():
            if child.type == "text" and ":" in child.content:
                child.content = _SHORT_NAME.sub(
                    lambda found: EMOJI.get(found[1], found[0]), child.content
                )


PARSER = MarkdownIt("commonmark", {"html": True}).use(gfm_plugin)
PARSER.core.ruler.push("emoji", _show_emoji)
# Every address becomes a token; the renderer decides which may be followed. Refusing them here
# would leave "[x](javascript:…)" standing in the text, and unreported.
PARSER.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005


def parse(markdown: str) -> Document:
    """The tokens of a text, for a renderer to change."""
    env: dict[str, Any] = {}
    return Document(tuple(PARSER.parse(markdown, env)), env)


@lru_cache(maxsize=64)
def read(markdown: str) -> Document:
    """The tokens of a text, parsed once for all who only look at them."""
    return parse(markdown)


def words(token: Token) -> str:
    """What an inline token says, without its marks."""
    said: list[str] = []
    for child in token.children or ():
        if child.type in {"text", "code_inline"}:
            said.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            said.append(" ")
        elif child.type == "image":
            said.append(words(child))
        elif child.type == "html_inline" and child.content.startswith("<br"):
            said.append(" ")
    return "".join(said)


def headings(tokens: Sequence[Token]) -> Iterator[tuple[int, Heading]]:
    """Each heading and the index of its opening token; anchors are unique in the text."""
    seen: dict[str, int] = {}
    for index, (opening, inline) in enumerate(pairwise(tokens)):
        if opening.type != "heading_open":
            continue
        text = " ".join(words(inline).split())
        anchor = slug(text)
        seen[anchor] = seen.get(anchor, -1) + 1
        if seen[anchor]:
            anchor = f"{anchor}-{seen[anchor]}"
        yield index, Heading(int(opening.tag[1]), text, anchor)


def slug(text: str) -> str:
    """A heading's anchor, as GitHub makes it, so that links written for GitHub hold here."""
    kept = "".join(
        sign
        for sign in text.strip().lower()
        if sign in "-_ " or unicodedata.category(sign)[0] in "LNM"
    )
    return kept.replace(" ", "-")


def title_of(tokens: Sequence[Token]) -> str:
    """The words of the first heading of the first level, or ""."""
    return next((heading.text for _, heading in headings(tokens) if heading.level == 1), "")


def quiz_info(token: Token) -> str | None:
    """What follows "quiz" on the opening line of a quiz fence; None for any other token."""
    info = token.info.strip()
    if token.type == "fence" and _QUIZ_FENCE.match(info):
        return info[4:].strip()
    return None


def references(tokens: Sequence[Token]) -> Iterator[Reference]:
    """Every link and image, in Markdown and in raw HTML, in order."""
    for token in tokens:
        if token.type in {"html_block", "html_inline"}:
            yield from _html_references(token.content)
        for index, child in enumerate(token.children or ()):
            if child.type == "image":
                yield Reference(str(child.attrs["src"]), words(child), is_image=True)
            elif child.type == "link_open":
                label = _label(token.children or [], index)
                yield Reference(str(child.attrs["href"]), label, is_image=False)
            elif child.type == "html_inline":
                yield from _html_references(child.content)


def _label(children: list[Token], opening: int) -> str:
    inside = takewhile(lambda child: child.type != "link_close", children[opening + 1 :])
    return words(Token("inline", "", 0, children=list(inside)))


def _html_references(html: str) -> list[Reference]:
    reader = _AddressReader()
    reader.feed(html)
    return reader.found


class _AddressReader(HTMLParser):
    """Collects the addresses in raw HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Reference] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "img" and values.get("src"):
            self.found.append(
                Reference(values["src"] or "", values.get("alt") or "", is_image=True)
            )
        elif tag == "a" and values.get("href"):
            self.found.append(Reference(values["href"] or "", "", is_image=False))
