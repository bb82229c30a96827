"""Which documents a query finds, and which come first."""

import unicodedata

import pytest

from edu.search.index import Hits, Order, SearchQuery
from tests.edu.search.conformance.conftest import find, ids


def test_an_index_never_written_finds_nothing(index):
    hits = index.search(SearchQuery(text="điện lạnh", count_facets=("kind",)))

    assert hits == Hits(total=0, items=(), facets={"kind": ()})


def test_a_query_without_accents_finds_words_with_accents(refrigeration):
    assert set(find(refrigeration, "dien lanh")) == {"plain", "exact", "other", "apart"}


def test_the_accents_of_the_query_come_first(refrigeration):
    found = find(refrigeration, "điện lạnh")

    assert set(found[:2]) == {"exact", "apart"}
    assert found[0] == "exact"


def test_another_accent_never_outranks_the_right_one(index, document):
    index.put(
        [
            document("wrong", "Dân dân dân", "dân " * 50, ("dân",)),
            document("right", "Bài năm", f"{'chữ ' * 80} dây dẫn ở đây"),
        ]
    )

    assert find(index, "dẫn") == ["right", "wrong"]
    assert find(index, "dân") == ["wrong", "right"]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        (unicodedata.normalize("NFD", "điện lạnh"), "điện lạnh"),
        ("điện lạnh", unicodedata.normalize("NFD", "điện lạnh")),
        ("ĐIỆN LẠNH", "điện lạnh"),
        ("duong", "Đường"),
        ("Đường", "đường"),
        ("kĩ thuật", "kỹ thuật"),
        ("kỹ thuật", "kĩ thuật"),
        ("ki thuat", "kỹ thuật"),
        ("ly lich", "lí lịch"),
        ("quí", "quý"),
        ("hoà", "hòa"),
        ("hòa", "hoà"),
        ("thuý", "thúy"),
        ("3d", "in 3D"),
    ],
)
def test_one_word_written_in_two_ways_is_one_word(index, document, typed, written):
    index.put([document("same", written), document("none", "Chuyện khác hẳn")])

    hits = index.search(SearchQuery(text=typed))

    assert ids(hits) == ["same"]
    assert any(part.marked for part in hits.items[0].title)


def test_words_side_by_side_come_before_words_apart(index, document):
    index.put(
        [
            document("apart", "Bài một", "máy ở trên bàn và ngôi nhà xây bằng đá, tính sau máy"),
            document("phrase", "Bài hai", "ở nhà có một cái máy tính cũ để trên bàn gỗ, ngôi nhà"),
        ]
    )

    assert find(index, "may tinh") == ["phrase", "apart"]
    assert find(index, "máy tính") == ["phrase", "apart"]


def test_a_title_counts_more_than_a_body(index, document):
    index.put(
        [
            document("body", "Bài một về nhiều thứ", "một đoạn văn nói tới hàn"),
            document("title", "Bài hai về hàn", "một đoạn văn nói tới thép"),
        ]
    )

    assert find(index, "hàn") == ["title", "body"]


def test_all_words_are_wanted_wherever_they_stand(index, document):
    index.put(
        [
            document("all", "Hàn hồ quang", "que thép", ("an toàn",)),
            document("some", "Hàn hồ quang", "que gỗ", ("an toàn",)),
        ]
    )

    assert find(index, "han thep toan") == ["all"]


def test_no_phrase_reaches_from_one_keyword_into_the_next(index, document):
    index.put(
        [
            document("across", "Bài một", "", ("máy", "tính")),
            document("within", "Bài hai", "", ("máy tính", "khác")),
        ]
    )

    assert find(index, "máy tính") == ["within", "across"]


def test_punctuation_asks_for_nothing(refrigeration):
    assert find(refrigeration, "“điện” & lạnh!? (') \\") == find(refrigeration, "điện lạnh")
    assert len(find(refrigeration, "?! &")) == 4


def test_without_text_the_newest_come_first(refrigeration):
    assert find(refrigeration, "") == ["apart", "other", "exact", "plain"]


def test_the_newest_can_be_asked_for_first(refrigeration):
    assert find(refrigeration, "lanh", order=Order.NEWEST) == ["apart", "other", "exact", "plain"]


def test_a_very_long_word_and_a_very_long_body_are_taken(index, document):
    body = " ".join(f"chữ{number}" for number in range(20_000))
    index.put([document("long", "a" * 5000, body, ("x" * 300,))])

    assert find(index, "a" * 5000) == ["long"]
    assert find(index, "chữ0 chữ9000") == ["long"]
    assert find(index, "chữ19999") == []
    assert find(index, " ".join(f"chữ{number}" for number in range(100))) == ["long"]
