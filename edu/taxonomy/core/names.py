"""The names of a concept as one text that a plain LIKE can search, without accents.

`| han ho quang | tho han |`: folded words, a bar around each name, a space before each word. So
"some word begins with han" is `LIKE '% han%'`, "some name begins so" is `LIKE '%| han%'` and "the
Vietnamese label begins so" is `LIKE '| han%'`. Folded words hold letters and digits only, so no
pattern needs escaping. Over the 14,000 skills of ESCO such a scan takes 35 ms (SQLite).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from edu.search.core.vietnamese import exact, folded

MOST_WORDS = 8
"""Words of a query that count; nobody types more names of a skill than that."""


def all_names(
    label: Mapping[str, str], synonyms: Mapping[str, Sequence[str]], further: Iterable[str] = ()
) -> Iterator[str]:
    """Every name, the labels first, Vietnamese before other languages."""
    languages = sorted({*label, *synonyms}, key=lambda each: (each != "vi", each))
    yield from (label[each] for each in languages if each in label)
    for each in languages:
        yield from synonyms.get(each, ())
    yield from further


def search_text(names: Iterable[str]) -> str:
    """The names folded, in their order, each once."""
    return "".join(f"| {name} " for name in dict.fromkeys(map(folded, names)) if name) + "|"


def query_words(text: str) -> list[str]:
    """The folded words that somebody typed."""
    return folded(text).split()[:MOST_WORDS]


def keeps_accents(text: str, names: Iterable[str]) -> bool:
    """Whether words of one of the names begin as typed, accents and all.

    True for a text without accents: whoever types so means any.
    """
    said = exact(text)
    if said == folded(text):
        return True
    words = [f" {word}" for word in said.split()]
    return any(all(word in f" {exact(name)}" for word in words) for name in names)
