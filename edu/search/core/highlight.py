"""Which part of a text to show, and which words of it to mark. Parts are text, never HTML."""

from collections.abc import Iterable
from dataclasses import dataclass

from edu.search.core.analysis import LONGEST_BODY, Wanted
from edu.search.core.vietnamese import Word, normalise, spans, words_among

SNIPPET_WORDS = 40
LEAD_WORDS = 6
"""Words shown before the first marked one, so that it can be read in its sentence."""

MOST_WINDOWS = 200
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Part:
    """A run of text; `marked` when it is what was searched for."""

    text: str
    marked: bool = False


def marked(text: str, wanted: Wanted) -> tuple[Part, ...]:
    """The whole text in parts."""
    text = normalise(text)
    found = [word for _, word in _matches(text, wanted)]
    return tuple(_parts(text, 0, len(text), found))


def snippet(text: str, wanted: Wanted) -> tuple[Part, ...]:
    """The stretch of about 40 words that shows most of what is wanted, else the beginning."""
    text = " ".join(normalise(text[:LONGEST_BODY]).split())
    every = spans(text)
    if not every:
        return ()
    matches = _matches(text, wanted)
    first = _best_window(matches)
    last = min(first + SNIPPET_WORDS, len(every))
    start = every[first][0] if first else 0
    end = every[last - 1][1] if last < len(every) else len(text)
    inside = [word for number, word in matches if first <= number < last]
    parts = list(_parts(text, start, end, inside))
    if start:
        parts.insert(0, Part(f"{ELLIPSIS} "))
    if end < len(text):
        parts.append(Part(f" {ELLIPSIS}"))
    return tuple(parts)


def _matches(text: str, wanted: Wanted) -> list[tuple[int, Word]]:
    """Words to mark: those with the right accents, and others only where there are none such."""
    found = list(words_among(text, wanted.folded))
    exact = {word.exact for _, word in found} & wanted.accented
    settled = {word.folded for word in wanted.words if word.exact in exact}
    return [
        (number, word)
        for number, word in found
        if word.exact in exact or word.folded not in settled
    ]


def _best_window(matches: list[tuple[int, Word]]) -> int:
    """Number of the first word of the window that holds most different matches."""
    best, best_value = 0, (0, 0)
    tried = matches[:MOST_WINDOWS]
    for first, _ in tried:
        inside = {
            number: word.folded
            for number, word in tried
            if first <= number < first + SNIPPET_WORDS - LEAD_WORDS
        }
        neighbours = sum(1 for number in inside if number + 1 in inside)
        value = (len(set(inside.values())), neighbours)
        if value > best_value:
            best, best_value = max(0, first - LEAD_WORDS), value
    return best


def _parts(text: str, start: int, end: int, found: Iterable[Word]) -> Iterable[Part]:
    """Cut the stretch at its matches; neighbours with only space between become one mark."""
    runs: list[tuple[int, int]] = []
    for word in found:
        if runs and text[runs[-1][1] : word.start].isspace():
            runs[-1] = (runs[-1][0], word.end)
        else:
            runs.append((word.start, word.end))
    at = start
    for run_start, run_end in runs:
        if at < run_start:
            yield Part(text[at:run_start])
        yield Part(text[run_start:run_end], marked=True)
        at = run_end
    if at < end:
        yield Part(text[at:end])
