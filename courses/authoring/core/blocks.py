"""A lesson in blocks: pieces a learner finishes one by one, with ids that outlive corrections.

A block is a run of text under one heading, or one thing that stands alone: code, a picture, a quiz,
a link to an assignment or to a video, a callout. The ids of a first version come from the content;
those of a corrected version from the version before, so that what a learner did to an unchanged, or
recognisably the same, block still counts. An id is never given twice in a lesson.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from typing import cast

from markdown_it.token import Token

from courses.authoring.core.course import QuizTarget, Target, UnitKind, UnitTarget
from courses.authoring.core.markdown import headings, quiz_info, read, slug, words

ALIKE = 0.6
"""How alike two texts must be to be one block, before and after: difflib's ratio of words, 0..1."""

_VIDEO = re.compile(
    r"https?://(?:www\.|m\.)?(?:youtube\.com/(?:watch|playlist|live|shorts)|youtu\.be/|vimeo\.com/\d)",
    re.IGNORECASE,
)
_OPENS = re.compile(r"<(details|div|section|figure|table|ul|ol|blockquote)\b", re.IGNORECASE)
_CLOSES = re.compile(r"</(details|div|section|figure|table|ul|ol|blockquote)\s*>", re.IGNORECASE)


class BlockKind(StrEnum):
    """What a block is; the page has one way to show each."""

    TEXT = "text"
    CODE = "code"
    IMAGE = "image"
    QUIZ = "quiz"
    ASSIGNMENT = "assignment"
    VIDEO = "video"
    CALLOUT = "callout"


_REFERRING = frozenset({BlockKind.IMAGE, BlockKind.QUIZ, BlockKind.ASSIGNMENT, BlockKind.VIDEO})


@dataclass(frozen=True)
class Block:
    """A piece of a lesson.

    markdown is its source. anchor is that of the heading it stands under, "" before the first.
    reference is the code's language, the quiz's id, or the address of the picture, video or unit.
    """

    id: str
    kind: BlockKind
    markdown: str
    anchor: str
    reference: str = ""


def split(
    markdown: str,
    targets: Mapping[str, Target] | None = None,
    previous: Sequence[Block] = (),
) -> tuple[Block, ...]:
    """The blocks of a lesson.

    targets are the text's own (see `course.UnitText`), to know quizzes and assignments by. previous
    are the blocks of the version being corrected, whose ids are kept: by a block with the same
    content, wherever it moved to; then by one of the same kind that refers to the same thing or
    stands under the same heading; then by the one of the same kind whose words are most alike.
    """
    document = read(markdown)
    lines = markdown.splitlines(keepends=True)
    found = [
        replace(shape, markdown=_source(lines, tokens))
        for shape, tokens in grouped(document.tokens, targets or {})
    ]
    kept = _kept_ids(found, previous)
    taken = {identifier for identifier in kept if identifier} | {old.id for old in previous}
    blocks: list[Block] = []
    for block, identifier in zip(found, kept, strict=True):
        known = identifier or _new_id(block, taken)
        taken.add(known)
        blocks.append(replace(block, id=known))
    return tuple(blocks)


def translated(blocks: Sequence[Block], original: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of a translation with the ids of the original's, where the two run in parallel.

    Progress then holds when a learner changes the language. Parallel means: the same sequence of
    kinds, and of references for code, as difflib aligns them. Others keep their own ids.
    """
    pairs = _aligned([_shape(b) for b in original], [_shape(b) for b in blocks])
    given = {there: original[here].id for here, there in pairs}
    own = set(given.values())
    return tuple(
        replace(block, id=given.get(index) or _unless_taken(block.id, own))
        for index, block in enumerate(blocks)
    )


def grouped(
    tokens: Sequence[Token], targets: Mapping[str, Target] | None = None
) -> list[tuple[Block, list[Token]]]:
    """The tokens of a text in blocks, without its title; ids and sources are left empty.

    Where a block begins does not depend on the targets, only its kind does.
    """
    anchors = {index: heading.anchor for index, heading in headings(tokens)}
    groups: list[tuple[Block, list[Token]]] = []
    anchor, depth, mergeable = "", 0, False
    for start, node in _nodes(tokens):
        alone = not depth and _stands_alone(node)
        if start in anchors:
            if _is_title(tokens, start):
                continue
            anchor, mergeable = anchors[start], mergeable and depth > 0
        if mergeable and not alone:
            groups[-1][1].extend(node)
        else:
            kind, reference = _recognised(node, targets or {}) if alone else (BlockKind.TEXT, "")
            groups.append((Block("", kind, "", anchor, reference), list(node)))
        mergeable = not alone
        depth = max(0, depth + _opened(node))
    return groups


def _nodes(tokens: Sequence[Token]) -> Iterator[tuple[int, Sequence[Token]]]:
    """Top-level nodes with the index of their first token; all footnotes are one node."""
    start, depth, footnotes = 0, 0, False
    for index, token in enumerate(tokens):
        footnotes = (footnotes or token.type == "footnote_block_open") and (
            token.type != "footnote_block_close"
        )
        depth += token.nesting
        if depth == 0 and not footnotes:
            yield start, tokens[start : index + 1]
            start = index + 1


def _is_title(tokens: Sequence[Token], start: int) -> bool:
    first = next(headings(tokens))
    return first[0] == start and first[1].level == 1


def _opened(node: Sequence[Token]) -> int:
    """How many elements raw HTML leaves open here: what follows belongs inside them."""
    html = "".join(token.content for token in node if token.type == "html_block")
    return len(_OPENS.findall(html)) - len(_CLOSES.findall(html))


def _stands_alone(node: Sequence[Token]) -> bool:
    first = node[0]
    if first.type == "blockquote_open":
        return _begins_with_a_picture(node)
    if first.type == "paragraph_open":
        return _only_child(node[1]) is not None
    return first.type in {"fence", "code_block", "alert_open"}


def _only_child(inline: Token) -> Token | None:
    """The picture, or the opening of the link, that a paragraph consists of."""
    children = [
        child
        for child in inline.children or ()
        if child.type != "softbreak" and (child.type != "text" or child.content.strip())
    ]
    if len(children) == 1 and children[0].type == "image":
        return children[0]
    links = sum(child.type == "link_open" for child in children)
    whole = links == 1 and children[0].type == "link_open" and children[-1].type == "link_close"
    return children[0] if whole else None


def _recognised(node: Sequence[Token], targets: Mapping[str, Target]) -> tuple[BlockKind, str]:
    """What a node that stands alone is, and what it refers to."""
    first = node[0]
    info = quiz_info(first)
    if info is not None:
        return BlockKind.QUIZ, quiz_label(info)
    if first.type in {"fence", "code_block"}:
        return BlockKind.CODE, first.info.split()[0].lower() if first.info.strip() else ""
    if first.type == "paragraph_open":
        return _linked(cast("Token", _only_child(node[1])), targets)
    return BlockKind.CALLOUT, str(first.meta.get("kind", "")).lower()


def _linked(child: Token, targets: Mapping[str, Target]) -> tuple[BlockKind, str]:
    if child.type == "image":
        return BlockKind.IMAGE, str(child.attrs["src"])
    address = str(child.attrs["href"])
    target = targets.get(address)
    if isinstance(target, QuizTarget):
        return BlockKind.QUIZ, target.quiz
    if isinstance(target, UnitTarget) and target.kind is UnitKind.ASSIGNMENT:
        return BlockKind.ASSIGNMENT, address
    return (BlockKind.VIDEO if _VIDEO.match(address) else BlockKind.TEXT), address


def quiz_label(info: str) -> str:
    """The id of a quiz written in the text: its "#name", or the place it is for, or "check"."""
    names = [word[1:] for word in info.split() if word.startswith("#")]
    return slug(names[0]) if names else (info.split() or ["check"])[0]


def _begins_with_a_picture(node: Sequence[Token]) -> bool:
    """True for "> 💁 …", the way these courses write a note in the margin."""
    said = next((words(token) for token in node if token.type == "inline"), "")
    return unicodedata.category(said[:1] or " ") == "So"


def _source(lines: Sequence[str], tokens: Sequence[Token]) -> str:
    spans = [token.map for token in tokens if token.map]
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    return "".join(lines[first:last]).strip("\n")


def _new_id(block: Block, taken: set[str]) -> str:
    digest = hashlib.sha256(f"{block.kind}\n{_content(block)}".encode()).hexdigest()
    return _unless_taken(digest[:12], taken)


def _unless_taken(identifier: str, taken: set[str]) -> str:
    unique, copy = identifier, 1
    while unique in taken:
        copy += 1
        unique = f"{identifier}-{copy}"
    return unique


def _content(block: Block) -> str:
    """What makes a block this block: its words, wherever the lines break."""
    return " ".join(block.markdown.split())


def _kept_ids(found: Sequence[Block], previous: Sequence[Block]) -> list[str]:
    """For each block found, the id it had before, or ""."""
    kept = [""] * len(found)
    free: dict[tuple[BlockKind, str], list[int]] = {}
    for index, old in enumerate(previous):
        free.setdefault((old.kind, _content(old)), []).append(index)
    used: set[int] = set()
    for index, block in enumerate(found):
        if same := free.get((block.kind, _content(block))):
            used.add(same[0])
            kept[index] = previous[same.pop(0)].id
    for likely in (_same_place, _most_alike):
        for index, block in enumerate(found):
            rest = [at for at in range(len(previous)) if at not in used]
            if not kept[index] and (before := likely(block, previous, rest)) is not None:
                used.add(before)
                kept[index] = previous[before].id
    return kept


def _same_place(block: Block, previous: Sequence[Block], rest: Sequence[int]) -> int | None:
    """Which block before referred to the same thing, or opened the same part of the lesson."""
    for index in rest:
        old = previous[index]
        if old.kind is not block.kind:
            continue
        if old.kind in _REFERRING and old.reference == block.reference:
            return index
        opens = old.markdown.startswith("#") and block.markdown.startswith("#")
        if opens and old.anchor == block.anchor:
            return index
    return None


def _most_alike(block: Block, previous: Sequence[Block], rest: Sequence[int]) -> int | None:
    """Which block before this one is a correction of, if any."""
    best, alike = None, ALIKE
    for index in rest:
        old = previous[index]
        if old.kind is block.kind:
            pair = SequenceMatcher(None, old.markdown.split(), block.markdown.split(), False)
            if pair.quick_ratio() >= alike and (ratio := pair.ratio()) >= alike:
                best, alike = index, ratio
    return best


def _shape(block: Block) -> tuple[BlockKind, str]:
    comparable = {BlockKind.CODE, BlockKind.QUIZ, BlockKind.VIDEO}
    return block.kind, block.reference if block.kind in comparable else ""


def _aligned(
    here: Sequence[tuple[BlockKind, str]], there: Sequence[tuple[BlockKind, str]]
) -> Iterator[tuple[int, int]]:
    for match in SequenceMatcher(None, here, there, autojunk=False).get_matching_blocks():
        for offset in range(match.size):
            yield match.a + offset, match.b + offset
