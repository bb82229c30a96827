import unicodedata
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edu.search.core.vietnamese import LONGEST_WORD, exact, folded, normalise, words


@pytest.mark.parametrize(
    ("written", "unified"),
    [
        ("hoà", "hòa"),
        ("Hòa", "hòa"),
        ("thuý", "thúy"),
        ("khoẻ", "khỏe"),
        ("thuỷ", "thủy"),
        ("hòang", "hoàng"),
        ("hoàng", "hoàng"),
        ("tòan", "toàn"),
        ("xoáy", "xoáy"),
        ("khuỷu", "khuỷu"),
        ("rượu", "rượu"),
        ("nguyễn", "nguyễn"),
        ("giếng", "giếng"),
        ("gìa", "già"),
        ("gìn", "gìn"),
        ("quả", "quả"),
        ("qủa", "quả"),
        ("kỹ", "kĩ"),
        ("lý", "lí"),
        ("Mỹ", "mĩ"),
        ("quý", "quí"),
        ("ý", "ý"),
        ("tay", "tay"),
        ("Đường", "đường"),
        ("café", "café"),
        ("ångström", "ångström"),
        ("résumé", "résumé"),
        ("3D", "3d"),
    ],
)
def test_the_exact_form_unifies_habits_and_keeps_accents(written, unified):
    assert exact(written) == unified


def test_the_folded_form_has_no_accents():
    assert folded("Điện lạnh, Đường NƯỚC ở Mỹ!") == "dien lanh duong nuoc o mi"


def test_every_accented_letter_folds_to_its_plain_letter():
    vowels = "aăâeêioôơuưy"
    tones = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    for vowel, tone in product(vowels, tones):
        letter = unicodedata.normalize("NFC", vowel + tone)
        plain = unicodedata.normalize("NFD", vowel)[0]
        assert folded(letter) == folded(letter.upper()) == plain


def test_words_know_where_they_stand():
    text = normalise("Nghề «điện_lạnh» (3D)")

    assert [text[word.start : word.end] for word in words(text)] == ["Nghề", "điện", "lạnh", "3D"]
    assert [word.is_accented for word in words(text)] == [True, True, True, False]


def test_a_run_too_long_for_a_word_is_cut():
    (word,) = words("x" * 1000)

    assert (len(word.exact), word.end) == (LONGEST_WORD, 1000)


@given(st.text())
def test_forms_are_stable(text):
    assert folded(folded(text)) == folded(text)
    assert exact(exact(text)) == exact(text)
    assert len(folded(text).split()) == len(list(words(normalise(text))))


@given(st.text(alphabet="aăâeêioôơuưyđbcghklmnpqrstvx \u0300\u0301\u0303\u0309\u0323"))
def test_composition_case_and_order_of_marks_do_not_matter(text):
    decomposed = unicodedata.normalize("NFD", text)

    assert exact(decomposed.upper()) == exact(text)
    assert folded(decomposed) == folded(text)
