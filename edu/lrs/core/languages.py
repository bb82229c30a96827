"""The language a reader gets of those a text exists in (RFC 2616 14.4, RFC 4647 3)."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TypeAlias

# The ranges of an Accept-Language header, best first, with the quality of each. A range is a tag in
# lower case, "*" for any language; "en" matches en-GB, too.
Languages: TypeAlias = Mapping[str, float]

MOST_RANGES = 20  # nobody reads more languages
LONGEST_TAG = 100  # letters that are looked at; in use are 35 at most (RFC 5646 4.4.1)
_RANGE = re.compile(r"\s*([A-Za-z0-9-]+|\*)\s*(?:;\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*)?")


def parse_accept_language(header: str | None) -> Languages:
    """Read the header: of each range the best quality, and MOST_RANGES at most.

    Entries that cannot be understood are passed over.
    """
    entries = (_RANGE.fullmatch(entry) for entry in (header or "").split(","))
    ranges = [
        (entry[1].lower(), float(entry[2]) if entry[2] else 1.0) for entry in entries if entry
    ]
    best: dict[str, float] = {}
    for tag, quality in sorted(ranges, key=lambda found: -found[1]):
        best.setdefault(tag, quality)
    return dict(islice(best.items(), MOST_RANGES))


def one_language(language_map: Mapping[str, str], wanted: Languages) -> dict[str, str]:
    """Keep the one entry of a language map its reader wants most; an empty map stays empty.

    Where none is asked for, a relative of one asked for ("en" for en-GB) goes before the first.
    """
    if not language_map:
        return {}
    best = max(language_map, key=lambda language: _quality(language, wanted))
    if _quality(best, wanted) <= 0:
        best = _relative(language_map, wanted) or next(iter(language_map))
    return {best: language_map[best]}


def _quality(language: str, wanted: Languages) -> float:
    """RFC 2616 14.4: the quality of the longest range that matches; -1 where none does."""
    return next((wanted[tag] for tag in _ranges_of(language) if tag in wanted), -1)


def _ranges_of(language: str) -> Iterator[str]:
    """All ranges that match a language, the longest first."""
    tag = language[:LONGEST_TAG].lower()
    while tag:
        yield tag
        tag = tag.rpartition("-")[0]
    yield "*"


def _relative(language_map: Mapping[str, str], wanted: Languages) -> str | None:
    families = dict.fromkeys(tag.partition("-")[0] for tag in wanted if wanted[tag] > 0)
    first: dict[str, str] = {}
    for language in language_map:
        first.setdefault(language.lower().partition("-")[0], language)
    return next((first[family] for family in families if family in first), None)
