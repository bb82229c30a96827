"""Lists of people are sorted as Vietnamese sorts them."""

import random
import unicodedata

import pytest

from edu.i18n import sort_key


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(["Trần An", "Lê Bình", "Bùi Cúc"], id="by given name"),
        pytest.param(["Bùi An", "Đỗ An", "Lê An"], id="then by family name"),
        pytest.param(["Lê Minh An", "Lê Ngọc An", "Lê Văn An"], id="then by what lies between"),
        pytest.param(["An", "Ăn", "Ân", "Bá"], id="a ă â are three letters"),
        pytest.param(["Dung", "Duy", "Đan", "Em"], id="đ follows d"),
        pytest.param(["Oanh", "Ôn", "Ơn", "Phú"], id="o ô ơ are three letters"),
        pytest.param(["Ut", "Uy", "Ưng", "Vi"], id="ư follows u"),
        pytest.param(["Hoa", "Hòa", "Hỏa", "Hõa", "Hóa", "Họa"], id="tones, as dictionaries have"),
        pytest.param(["Hạ", "Hạc", "Han"], id="letters decide before tones"),
        pytest.param(["Vy", "Wim", "Xuân", "Zoe"], id="foreign letters in their places"),
        pytest.param(["Zoe", "Lớp 9", "Борис"], id="other signs last"),
    ],
)
def test_names_stand_in_their_order(names):
    mixed = random.Random(7).sample(names, len(names))

    assert sorted(mixed, key=sort_key) == names


def test_capitals_and_decomposed_letters_change_nothing():
    assert sort_key("NGUYỄN VĂN ĐỨC") == sort_key("Nguyễn Văn Đức")
    assert sort_key(unicodedata.normalize("NFD", "Đức")) == sort_key("Đức")


def test_a_name_of_nothing_has_a_place():
    assert sorted(["An", ""], key=sort_key) == ["", "An"]
