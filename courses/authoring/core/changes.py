"""What changed between two versions of a text, for people to read: words struck out and put in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

AROUND = 2
"""Lines shown before and after a change, to know the place by."""

_ALIKE = 0.4
"""Below this ratio two lines are not one line changed, but one gone and another come."""

_PIECES = re.compile(r"\s+|[^\s]+")

Kind = Literal["same", "gone", "new"]


@dataclass(frozen=True)
class Piece:
    """A run of words that stayed, went or came."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Line:
    """One line of the comparison. kind is "same", "gone", "new", or "changed" within."""

    kind: str
    pieces: tuple[Piece, ...]


def changes(before: str, after: str) -> list[list[Line]]:
    """The places at which two texts differ, each with a few lines around it."""
    old, new = before.splitlines(), after.splitlines()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [
        [line for step, a, b, c, d in group for line in _lines(step, old[a:b], new[c:d])]
        for group in matcher.get_grouped_opcodes(AROUND)
    ]


def _lines(step: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    if step == "equal":
        yield from (Line("same", (Piece("same", text),)) for text in old)
        return
    for place in range(max(len(old), len(new))):
        gone = old[place] if place < len(old) else None
        come = new[place] if place < len(new) else None
        yield from _line(gone, come)


def _line(gone: str | None, come: str | None) -> Iterator[Line]:
    if gone is not None and come is not None:
        pieces = _pieces(gone, come)
        if pieces is not None:
            yield Line("changed", pieces)
            return
    if gone is not None:
        yield Line("gone", (Piece("gone", gone),))
    if come is not None:
        yield Line("new", (Piece("new", come),))


def _pieces(gone: str, come: str) -> tuple[Piece, ...] | None:
    """The two lines as one, word by word; None when they have too little in common."""
    if SequenceMatcher(None, gone.split(), come.split(), autojunk=False).ratio() < _ALIKE:
        return None
    old, new = _PIECES.findall(gone), _PIECES.findall(come)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    found: list[Piece] = []
    for step, a, b, c, d in matcher.get_opcodes():
        if step == "equal":
            found.append(Piece("same", "".join(old[a:b])))
            continue
        if a < b:
            found.append(Piece("gone", "".join(old[a:b])))
        if c < d:
            found.append(Piece("new", "".join(new[c:d])))
    return tuple(found)
