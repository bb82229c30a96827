"""Hits come in pages and show what matched."""

import pytest

from edu.search.index import DEEPEST, BadCursor, SearchQuery, Text
from tests.edu.search.conformance.conftest import ids


def test_pages_show_every_hit_once(index, document):
    index.put([document(f"{number:03}", f"Hàn số {number}") for number in range(25)])

    seen: list[str] = []
    cursor = None
    for expected in (10, 10, 5):
        hits = index.search(SearchQuery(text="han", cursor=cursor, size=10))
        assert len(hits.items) == expected
        assert hits.total == 25
        seen += ids(hits)
        cursor = hits.next_cursor

    assert cursor is None
    assert sorted(seen) == [f"{number:03}" for number in range(25)]


def test_pages_of_the_newest_go_on_in_order(index, document):
    index.put([document(f"{number:03}", f"Hàn số {number}") for number in range(7)])

    first = index.search(SearchQuery(size=4))
    second = index.search(SearchQuery(size=4, cursor=first.next_cursor))

    assert ids(first) + ids(second) == [f"{number:03}" for number in reversed(range(7))]


@pytest.mark.parametrize("cursor", ["-1", "x", "1e3", "٣", "99999", str(DEEPEST)])
def test_a_cursor_that_no_page_gave_is_refused(refrigeration, cursor):
    with pytest.raises(BadCursor):
        refrigeration.search(SearchQuery(cursor=cursor))


def test_a_page_beyond_the_last_is_empty(refrigeration):
    hits = refrigeration.search(SearchQuery(text="lanh", cursor="500"))

    assert (hits.total, hits.items, hits.next_cursor) == (4, (), None)


def test_a_hit_shows_its_text_in_parts(index, document):
    body = "Chương này nói về <b>máy lạnh</b> và   cách\nlắp đặt điện lạnh tại nhà"
    index.put([document("one", "Điện lạnh & điện tử", body)])

    hit = index.search(SearchQuery(text="điện lạnh")).items[0]

    assert [(part.text, part.marked) for part in hit.title] == [
        ("Điện lạnh", True),
        (" & ", False),
        ("điện", True),
        (" tử", False),
    ]
    assert "".join(part.text for part in hit.snippet) == " ".join(body.split())
    assert "điện lạnh" in [part.text for part in hit.snippet if part.marked]


def test_a_hit_is_shown_in_the_readers_language_where_that_matches(index, document):
    texts = {"vi": Text("Nghề hàn", "Hàn TIG"), "en": Text("Welding", "TIG welding")}
    index.put([document("both", texts=texts)])

    def shown(text: str, language: str) -> str:
        return index.search(SearchQuery(text=text, language=language)).items[0].language

    assert shown("TIG", "vi") == "vi"
    assert shown("TIG", "en") == "en"
    assert shown("welding", "vi") == "en"
    assert shown("", "vi") == "vi"
    assert shown("", "fr") == "en"
