"""Facets filter and are counted."""

import pytest

from edu.search.index import FacetCount, SearchQuery
from tests.edu.search.conformance.conftest import ids


@pytest.fixture
def library(index, document):
    def put(key: str, kind: str, licence: str, *levels: str) -> None:
        facets = {"licence": (licence,), "level": levels}
        index.put([document(key, f"Bài {key} hàn", kind=kind, facets=facets)])

    put("a", "resource", "CC BY 4.0", "elementary", "college")
    put("b", "resource", "CC BY-SA 4.0", "college")
    put("c", "course", "CC BY 4.0", "college")
    put("d", "course", "Nội bộ; không chia sẻ", "intermediate")
    return index


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"facets": {"licence": ("CC BY 4.0",)}}, {"a", "c"}),
        ({"facets": {"licence": ("CC BY",)}}, set()),
        ({"facets": {"licence": ("CC BY 4.0", "CC BY-SA 4.0")}}, {"a", "b", "c"}),
        ({"facets": {"licence": ("CC BY 4.0",), "level": ("elementary",)}}, {"a"}),
        ({"facets": {"licence": ("Nội bộ; không chia sẻ",)}}, {"d"}),
        ({"facets": {"licence": ()}}, {"a", "b", "c", "d"}),
        ({"facets": {"unknown": ("x",)}}, set()),
        ({"kinds": ("course",)}, {"c", "d"}),
        ({"kinds": ("course", "resource")}, {"a", "b", "c", "d"}),
        ({"kinds": ("course",), "facets": {"level": ("college",)}}, {"c"}),
    ],
)
def test_facets_and_kinds_filter(library, filters, expected):
    for text in ("hàn", ""):
        hits = library.search(SearchQuery(text=text, **filters))

        assert set(ids(hits)) == expected
        assert hits.total == len(expected)


def test_facets_are_counted_most_common_first(library):
    hits = library.search(SearchQuery(text="han", count_facets=("level", "kind", "unknown")))

    assert hits.facets == {
        "level": (
            FacetCount("college", 3),
            FacetCount("elementary", 1),
            FacetCount("intermediate", 1),
        ),
        "kind": (FacetCount("course", 2), FacetCount("resource", 2)),
        "unknown": (),
    }


def test_a_filtered_facet_still_shows_its_alternatives(library):
    hits = library.search(
        SearchQuery(
            facets={"licence": ("CC BY 4.0",)},
            kinds=("course",),
            count_facets=("licence", "level", "kind"),
        )
    )

    assert ids(hits) == ["c"]
    assert {count.value: count.count for count in hits.facets["licence"]} == {
        "CC BY 4.0": 1,
        "Nội bộ; không chia sẻ": 1,
    }
    assert hits.facets["level"] == (FacetCount("college", 1),)
    assert hits.facets["kind"] == (FacetCount("course", 1), FacetCount("resource", 1))


def test_a_document_without_words_is_found_by_its_facets(index, document):
    index.put([document("mute", texts={}, facets={"level": ("college",)})])

    hits = index.search(SearchQuery(facets={"level": ("college",)}))

    assert ids(hits) == ["mute"]
    assert (hits.items[0].title, hits.items[0].snippet) == ((), ())
