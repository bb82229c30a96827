"""A text without its marks: for search, for excerpts, and to say how long reading takes."""

from dataclasses import dataclass

from markdown_it.token import Token

from courses.authoring.core.markdown import quiz_info, read, words

_ENGLISH, _VIETNAMESE, _IMAGES = 238, 320, 6
"""Words, syllables and images a minute; see `reading_minutes`."""


@dataclass(frozen=True)
class PlainText:
    """What a text says: in prose, in code, and how many pictures it shows."""

    prose: str
    code: str
    images: int


def plain_text(markdown: str) -> PlainText:
    """The words of a text, one paragraph a line. Quizzes, addresses and raw HTML are left out."""
    prose: list[str] = []
    code: list[str] = []
    images = 0
    for token in read(markdown).tokens:
        if token.type == "inline":
            said = " ".join(words(token).split())
            prose.extend([said] if said else [])
            images += _images(token)
        elif token.type in {"fence", "code_block"} and quiz_info(token) is None:
            code.append(token.content)
    return PlainText("\n".join(prose), "".join(code), images)


def _images(token: Token) -> int:
    return sum(child.type == "image" for child in token.children or ())


def reading_minutes(text: PlainText, language: str) -> int:
    """About how many minutes a text takes to read, at least one.

    English: 238 words a minute, the mean of 190 studies of silent reading of non-fiction (Brysbaert
    2019, Journal of Memory and Language 109). For Vietnamese we know of no such study, and assume
    that the same content takes the same time: the 110 units of IoT for Beginners that are whole in
    both languages have 1.34 Vietnamese syllables to an English word, which makes 320 a minute. Code
    is assumed to take twice as long a word, and a picture ten seconds.
    """
    rate = _VIETNAMESE if language.partition("-")[0] == "vi" else _ENGLISH
    words_read = len(text.prose.split()) + 2 * len(text.code.split())
    return max(1, round(words_read / rate + text.images / _IMAGES))
