from collections import Counter

import pytest

from edu.search.core.spelling import as_written, correct


class Phrases:
    """A lexicon of phrases, each with the number of documents that hold it."""

    def __init__(self, **counts: int) -> None:
        self._counts = {tuple(phrase.split("_")): count for phrase, count in counts.items()}

    def frequencies(self):
        known = Counter()
        for phrase, count in self._counts.items():
            known.update(dict.fromkeys(phrase, count))
        return known

    def together(self, phrase):
        return self._counts.get(phrase, 0)


LEXICON = Phrases(dien_lanh=30, dien_anh=300, hoa_lan=60, lanh_dao=60, may_tinh=5, ke_toan=9)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dien lnah", "dien lanh"),
        ("dein lanh", "dien lanh"),
        ("maytinh", "may tinh"),
        ("may tnih", "may tinh"),
        ("dien lan", "dien lanh"),
        ("tonn", "toan"),
        ("ke toann", "ke toan"),
    ],
)
def test_company_decides_between_near_words(typed, meant):
    assert correct(typed.split(), LEXICON) == tuple(meant.split())


@pytest.mark.parametrize(
    "typed",
    ["dien lanh", "xyxyxyxy", "dien 2026", "zz", "", "hoa xyxyxyxy", "xyxyxyxy hoa", "30dien"],
)
def test_what_is_right_or_hopeless_is_left_alone(typed):
    assert correct(typed.split(), LEXICON) is None


def test_a_suggestion_is_written_as_the_texts_write_it_most():
    texts = ["Kỹ thuật điện", "kĩ thuật", "KỸ THUẬT số", "thuật kỹ"]

    assert as_written(("ki", "thuat"), texts) == "kỹ thuật"


def test_words_never_side_by_side_are_written_each_as_it_is_most():
    assert as_written(("ba", "bon", "xyz"), ["bà bốn bà", "ba"]) == "bà bốn xyz"
