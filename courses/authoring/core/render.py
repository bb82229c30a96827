"""A lesson as it is shown: Markdown to HTML, with its headings and what to mend in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from courses.authoring.core.blocks import Block, grouped
from courses.authoring.core.html import (
    ANCHOR_PREFIX,
    Surroundings,
    is_unsafe,
    write,
)
from courses.authoring.core.markdown import Heading, headings, parse, references
from courses.authoring.core.paths import is_external

_LOWEST = 6


@dataclass(frozen=True)
class Problem:
    """What a teacher should mend.

    Codes: alt-missing, image-missing, link-broken, address-unsafe.
    """

    code: str
    value: str


@dataclass(frozen=True)
class RenderedBlock:
    """A block and its HTML. That of a quiz is empty: the page puts the quiz there."""

    block: Block
    html: str


@dataclass(frozen=True)
class Rendered:
    """A lesson as shown: its blocks, its headings at the level shown, and what to mend in it."""

    blocks: tuple[RenderedBlock, ...]
    headings: tuple[Heading, ...]
    problems: tuple[Problem, ...]

    @property
    def html(self) -> str:
        """All blocks, one after the other."""
        return "".join(rendered.html for rendered in self.blocks)


def render(markdown: str, around: Surroundings) -> str:
    """A short text, such as a question or its feedback, as HTML. Quiz fences are left out."""
    document = parse(markdown)
    _shift_headings(document.tokens)
    return write(document.tokens, document, around)


def render_lesson(markdown: str, blocks: Sequence[Block], around: Surroundings) -> Rendered:
    """A lesson as HTML, block by block.

    blocks are those `blocks.split` made of this very text. The title, a first heading of level 1,
    is the page's h1 and not shown again; all other headings follow on from level 2.
    """
    document = parse(markdown)
    shown = _shift_headings(document.tokens)
    parts = grouped(document.tokens)
    rendered = (
        RenderedBlock(block, write(tokens, document, around))
        for block, (_, tokens) in zip(blocks, parts, strict=True)
    )
    return Rendered(tuple(rendered), shown, problems(document.tokens, around))


def problems(tokens: Sequence[Token], around: Surroundings) -> tuple[Problem, ...]:
    """What a teacher should mend in a text, in order."""
    found: list[Problem] = []
    for reference in references(tokens):
        address = reference.address
        if reference.is_image and not reference.label.strip():
            found.append(Problem("alt-missing", address))
        if is_unsafe(address):
            found.append(Problem("address-unsafe", address))
        elif is_external(address) or address.startswith("#"):
            continue
        elif reference.is_image and around.image(address) is None:
            found.append(Problem("image-missing", address))
        elif not reference.is_image and around.link(address) is None:
            found.append(Problem("link-broken", address))
    return tuple(found)


def _shift_headings(tokens: Sequence[Token]) -> tuple[Heading, ...]:
    """Headings start at h2 and carry their anchors; the tokens are changed, the headings given."""
    found = list(headings(tokens))
    if found and found[0][1].level == 1:
        found = found[1:]
    highest = min((heading.level for _, heading in found), default=2)
    shown: list[Heading] = []
    for index, heading in found:
        level = min(_LOWEST, heading.level - highest + 2)
        tokens[index].tag = tokens[index + 2].tag = f"h{level}"
        tokens[index].attrSet("id", heading.anchor)
        shown.append(Heading(level, heading.text, ANCHOR_PREFIX + heading.anchor))
    return tuple(shown)
