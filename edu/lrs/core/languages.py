"""The language a reader gets of those a text exists in (RFC 2616 14.4, RFC 4647 3)."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple


class LanguageRange(NamedTuple):
    """One entry of an Accept-Language header; `tag` is in lower case, "*" for any language."""

    tag: str
    quality: float

    def matches(self, language: str) -> bool:
        """True for the language itself and what is more special: "en" matches en-GB."""
        return self.tag == "*" or f"{language.lower()}-".startswith(f"{self.tag}-")


_RANGE = re.compile(r"\s*([A-Za-z0-9-]+|\*)\s*(?:;\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*)?")


def parse_accept_language(header: str | None) -> tuple[LanguageRange, ...]:
    """Read the header, best first; entries that cannot be understood are passed over."""
    entries = (_RANGE.fullmatch(entry) for entry in (header or "").split(","))
    ranges = (
        LanguageRange(entry[1].lower(), float(entry[2]) if entry[2] else 1.0)
        for entry in entries
        if entry
    )
    return tuple(sorted(ranges, key=lambda found: -found.quality))


def one_language(
    language_map: Mapping[str, str], ranges: Sequence[LanguageRange]
) -> dict[str, str]:
    """Keep the one entry of a language map its reader wants most; an empty map stays empty.

    Where none is asked for, a relative of one asked for ("en" for en-GB) goes before the first.
    """
    if not language_map:
        return {}
    best = max(language_map, key=lambda language: _quality(language, ranges))
    if _quality(best, ranges) <= 0:
        best = _relative(language_map, ranges) or next(iter(language_map))
    return {best: language_map[best]}


def _quality(language: str, ranges: Sequence[LanguageRange]) -> float:
    """RFC 2616 14.4: the quality of the longest range that matches; -1 where none does."""
    matching = [found for found in ranges if found.matches(language)]
    return max(matching, key=lambda found: len(found.tag.strip("*"))).quality if matching else -1


def _relative(language_map: Mapping[str, str], ranges: Sequence[LanguageRange]) -> str | None:
    wanted = (found.tag.partition("-")[0] for found in ranges if found.quality > 0)
    return next(
        (
            language
            for family in wanted
            for language in language_map
            if language.lower().partition("-")[0] == family
        ),
        None,
    )
