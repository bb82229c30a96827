"""Who finds what."""

from uuid import uuid4

import pytest

from edu.search.index import SearchQuery, Viewer, Visibility
from tests.edu.search.conformance.conftest import find


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
