"""What every engine must do, and do alike."""

import unicodedata
from uuid import uuid4

import pytest

from edu.search.index import (
    DEEPEST,
    BadCursor,
    FacetCount,
    Hits,
    Order,
    SearchQuery,
    Text,
    Viewer,
    Visibility,
)


def ids(hits: Hits) -> list[str]:
    return [hit.id for hit in hits.items]


def find(index, text: str, **more: object) -> list[str]:
    return ids(index.search(SearchQuery(text=text, **more)))


@pytest.fixture
def refrigeration(index, document):
    index.put(
        [
            document("plain", "Giao trinh dien lanh", "Sua may dien lanh dan dung"),
            document("exact", "Nghề điện lạnh", "Lắp đặt máy lạnh"),
            document("other", "Diễn viên và lãnh đạo", "Bài đọc"),
            document("apart", "An toàn điện", "Phòng lạnh ở xa phòng máy"),
        ]
    )
    return index


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


def test_a_document_put_again_is_replaced(refrigeration, document):
    refrigeration.put([document("exact", "Nghề mộc")])

    assert find(refrigeration, "moc") == ["exact"]
    assert "exact" not in find(refrigeration, "dien lanh")


def test_of_two_documents_with_one_id_in_one_batch_the_later_stays(index, document):
    index.put([document("one", "Nghề mộc"), document("one", "Nghề hàn")])

    assert find(index, "nghe") == ["one"]
    assert find(index, "moc") == []


def test_a_removed_document_is_not_found(refrigeration):
    refrigeration.remove(["exact", "unknown"])

    assert "exact" not in find(refrigeration, "dien lanh")
    assert len(find(refrigeration, "")) == 3


def test_removing_from_an_index_never_written_is_no_error(index):
    index.remove(["unknown"])

    assert find(index, "") == []


def test_a_rebuild_replaces_everything(refrigeration, document):
    refrigeration.rebuild([document("new", "Nghề điện")])

    assert find(refrigeration, "") == ["new"]
    assert find(refrigeration, "lanh") == []


def test_a_rebuild_that_fails_changes_nothing(refrigeration, document):
    def broken():
        yield document("new", "Nghề điện")
        raise ConnectionError

    with pytest.raises(ConnectionError):
        refrigeration.rebuild(broken())

    assert len(find(refrigeration, "")) == 4


def test_a_batch_that_fails_changes_nothing(refrigeration, document):
    def broken():
        yield document("exact", "Nghề mộc")
        raise ConnectionError

    with pytest.raises(ConnectionError):
        refrigeration.put(broken())

    assert find(refrigeration, "moc") == []
    assert "exact" in find(refrigeration, "điện lạnh")


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


@pytest.fixture
def tenants(index, document):
    college, other, ana = uuid4(), uuid4(), uuid4()
    index.put(
        [
            document("public", "Hàn một", tenant_id=college),
            document("college", "Hàn bí mật", tenant_id=college, visibility=Visibility.TENANT),
            document("other", "Hàn ba", tenant_id=other, visibility=Visibility.TENANT),
            document(
                "draft",
                "Hàn bốn",
                tenant_id=college,
                owner_id=ana,
                visibility=Visibility.OWNER,
                facets={"licence": ("draft only",)},
            ),
        ]
    )
    return index, college, other, ana


def test_one_finds_what_is_public_and_what_is_of_ones_own(tenants):
    index, college, other, ana = tenants

    assert set(find(index, "hàn")) == {"public"}
    assert set(find(index, "hàn", viewer=Viewer(college))) == {"public", "college"}
    assert set(find(index, "hàn", viewer=Viewer(other, uuid4()))) == {"public", "other"}
    assert set(find(index, "hàn", viewer=Viewer(college, ana))) == {"public", "college", "draft"}
    assert set(find(index, "", viewer=Viewer(None, ana))) == {"public", "draft"}


def test_the_search_can_be_narrowed_to_one_tenant(tenants):
    index, college, other, _ = tenants

    assert find(index, "hàn", tenant_id=college) == ["public"]
    assert find(index, "hàn", tenant_id=other) == []
    assert find(index, "hàn", tenant_id=other, viewer=Viewer(other)) == ["other"]


def test_counts_and_suggestions_tell_nothing_of_what_is_hidden(tenants):
    index, college, *_ = tenants

    stranger = index.search(SearchQuery(text="bi mta", count_facets=("licence",)))
    member = index.search(SearchQuery(text="bi mta", viewer=Viewer(college)))

    assert (stranger.total, stranger.did_you_mean) == (0, None)
    assert index.search(SearchQuery(count_facets=("licence",))).facets["licence"] == ()
    assert member.did_you_mean == "bí mật"


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


def test_a_very_long_word_and_a_very_long_body_are_taken(index, document):
    body = " ".join(f"chữ{number}" for number in range(20_000))
    index.put([document("long", "a" * 5000, body, ("x" * 300,))])

    assert find(index, "a" * 5000) == ["long"]
    assert find(index, "chữ0 chữ9000") == ["long"]
    assert find(index, "chữ19999") == []
    assert find(index, " ".join(f"chữ{number}" for number in range(100))) == ["long"]


def test_a_document_without_words_is_found_by_its_facets(index, document):
    index.put([document("mute", texts={}, facets={"level": ("college",)})])

    hits = index.search(SearchQuery(facets={"level": ("college",)}))

    assert ids(hits) == ["mute"]
    assert (hits.items[0].title, hits.items[0].snippet) == ((), ())
