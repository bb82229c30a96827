"""What was meant, where nothing was found."""

import pytest

from edu.search.index import SearchQuery


@pytest.fixture
def handbook(index, document):
    """Words in company: 'điện lạnh' often, 'điện lành' never; a wrong neighbour, 'lan', is near."""
    index.put(
        [
            *(document(f"r{n}", "Nghề điện lạnh", "Máy điện lạnh dân dụng") for n in range(4)),
            *(document(f"f{n}", "Hoa lan", "Trồng hoa lan trong vườn") for n in range(6)),
            *(document(f"l{n}", "Lãnh đạo", "Người lãnh đạo") for n in range(6)),
            document("diễn", "Diễn lãnh", "dien lanh"),
            document("xây", "Xây dựng", "Thợ xây dựng"),
            document("học", "Học máy", "Học máy là gì"),
        ]
    )
    return index


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dien lnah", "điện lạnh"),
        ("điện lnạh", "điện lạnh"),
        ("dienlanh", "điện lạnh"),
        ("xay dugn", "xây dựng"),
        ("hoc mya", "học máy"),
        ("lahn dao", "lãnh đạo"),
        ("vuon hoq", "vườn hoa"),
    ],
)
def test_a_misspelt_query_gets_a_suggestion_that_finds_something(handbook, typed, meant):
    hits = handbook.search(SearchQuery(text=typed))

    assert (hits.total, hits.did_you_mean) == (0, meant)
    assert handbook.search(SearchQuery(text=meant)).total > 0


@pytest.mark.parametrize("typed", ["zzzzqqqq xyxyxyx", "dien 2027", "q", "?!"])
def test_nothing_is_suggested_where_nothing_is_near(handbook, typed):
    assert handbook.search(SearchQuery(text=typed)).did_you_mean is None


def test_nothing_is_suggested_where_only_the_filters_hide_it(handbook):
    hits = handbook.search(SearchQuery(text="dien lanh", kinds=("vacancy",)))

    assert (hits.total, hits.did_you_mean) == (0, None)
