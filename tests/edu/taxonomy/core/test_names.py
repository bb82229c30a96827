import pytest
from hypothesis import given
from hypothesis import strategies as st

from edu.taxonomy.core.names import MOST_WORDS, all_names, keeps_accents, query_words, search_text


def test_names_come_labels_first_and_vietnamese_before_others():
    names = all_names(
        {"en": "Welding", "vi": "Hàn"}, {"en": ["joining"], "vi": ["nghề hàn"]}, ["weld"]
    )

    assert list(names) == ["Hàn", "Welding", "nghề hàn", "joining", "weld"]


def test_names_of_a_language_without_label_are_kept():
    assert list(all_names({"vi": "Hàn"}, {"en": ["welding"]})) == ["Hàn", "welding"]


def test_the_search_text_folds_and_says_each_name_once():
    assert search_text(["Hàn hồ quang", "han ho quang", "Thợ hàn", "…"]) == (
        "| han ho quang | tho han |"
    )


def test_without_names_there_is_only_the_end():
    assert search_text([]) == "|"


@given(st.lists(st.text(max_size=30), max_size=5))
def test_every_word_of_every_name_can_be_found(names):
    text = search_text(names)

    assert all(f" {word} " in text for name in names for word in query_words(name))
    assert not any(sign in text for sign in "%_\\")


def test_only_so_many_words_of_a_query_count():
    assert len(query_words("a " * 50)) == MOST_WORDS


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("han", True),  # no accents: any are meant
        ("hàn", True),
        ("hàn q", True),
        ("quang hàn", True),
        ("hạn", False),
        ("hàn tig", False),
    ],
)
def test_accents_are_kept_when_words_begin_as_typed(typed, kept):
    assert keeps_accents(typed, ["Hàn hồ quang", "Thợ hàn"]) is kept


def test_the_spelling_of_the_tone_does_not_matter():
    assert keeps_accents("hoà", ["Điều hòa"])
