"""Which passwords are too easy to guess.

ASVS 5.0 V6.2: length is what counts. There are no rules about kinds of characters and no forced
changes; instead the passwords that guessers try first are refused.
"""

import enum
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

SHORTEST = 10  # characters
LONGEST = 128  # characters; a bound only so that nobody makes us hash a novel
FEWEST_DIFFERENT = 4  # "1212121212" and "aaaaaaaaaa" are no secrets
SHORTEST_OWN_WORD = 4  # shorter names are part of too many honest passwords

_ENDINGS = (
    *("", "1", "12", "123", "1234", "12345", "123456", "1234567", "12345678", "123456789"),
    *("0", "01", "00", "11", "22", "99", "88", "69", "007", "111", "000", "321", "654321"),
    *("6789", "68", "86", "6868", "8686", "7979", "3979", "!", "!!", "@", "1!", "123!", "@123"),
    *("@1234", "@12345", "#123", "123@", "1234@", "_123", "-123", ".123", "*", "vn", "abc", "xyz"),
    *("123abc", "abc123", "@abc", "123123", "112233", "2k"),
)
_YEARS = range(1960, 2031)
_KEYBOARD = (
    *("1234567890", "01234567890123456789", "0987654321", "abcdefghijklmnopqrstuvwxyz"),
    *("qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn", "qazwsxedcrfvtgbyhnujm"),
    *("1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "147258369", "159357", "741852963"),
    *("123qweasdzxc", "qweasdzxc123", "!@#$%^&*()", "asdfghjkl;'", "zaq12wsxcde34rfv"),
)
_LOOKALIKES = str.maketrans({"@": "a", "4": "a", "3": "e", "1": "i", "0": "o", "5": "s", "$": "s"})
_HEAD_AND_ENDING = re.compile(r"(.*?)([\d\W_]*)", re.DOTALL)


class Weakness(enum.StrEnum):
    """What is wrong with a password."""

    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    COMMON = "common"
    PERSONAL = "personal"


def weakness(password: str, own_words: Iterable[str] = ()) -> Weakness | None:
    """Say why a password is refused; None when it is good.

    `own_words` are what a guesser would know: the person's name and address, the site's name.
    """
    if len(password) < SHORTEST:
        return Weakness.TOO_SHORT
    if len(password) > LONGEST:
        return Weakness.TOO_LONG
    plain = _plain(password)
    if len(set(plain)) < FEWEST_DIFFERENT:
        return Weakness.COMMON
    if any(spelling in common_passwords() for spelling in _spellings(plain)):
        return Weakness.COMMON
    owned = (_letters(word) for word in own_words)
    if any(len(word) >= SHORTEST_OWN_WORD and word in _letters(password) for word in owned):
        return Weakness.PERSONAL
    return None


@cache
def common_passwords() -> frozenset[str]:
    """The passwords that guessers try first, long enough to pass the other rule."""
    return frozenset(p for p in _guesses() if SHORTEST <= len(p) <= LONGEST)


def _guesses() -> Iterator[str]:
    """Words with the endings people add, words said twice, walks over the keyboard."""
    words = _words()
    for word in words:
        for ending in _ENDINGS:
            yield word + ending
            yield ending + word
        for year in _YEARS:
            yield f"{word}{year}"
            yield f"{word}@{year}"
        yield from (word * 2, word * 3, word * 4)
    for line in _KEYBOARD:
        for walk in (line, line[::-1], line * 2):
            for start in range(len(walk)):
                for end in range(start + SHORTEST, len(walk) + 1):
                    yield walk[start:end]


def _words() -> list[str]:
    text = files("edu.accounts").joinpath("data/common_words.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return [word for line in lines for word in line.split()]


def _spellings(plain: str) -> Iterator[str]:
    """As typed, and with look-alikes read as letters: p@ssw0rd123 is password123."""
    yield plain
    found = _HEAD_AND_ENDING.fullmatch(plain)
    head, ending = found.groups() if found else (plain, "")
    yield head.translate(_LOOKALIKES) + ending


def _plain(text: str) -> str:
    """Lower case, without accents, otherwise letter by letter as typed."""
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _letters(text: str) -> str:
    return "".join(c for c in _plain(text) if c.isalnum())
