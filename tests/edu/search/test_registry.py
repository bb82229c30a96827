import pytest

from edu.search.adapters.memory_index import MemorySearchIndex
from edu.search.index import SearchQuery
from edu.search.registry import Searchables


class Shelf:
    """A searchable over a dictionary that stands for a table."""

    def __init__(self, kind, documents):
        self.kind = kind
        self.rows = {document.id: document for document in documents}

    def document_for(self, document_id):
        return self.rows.get(document_id)

    def all_ids(self):
        return [*self.rows, "hidden"]


@pytest.fixture
def shelf(document):
    return Shelf("resource", [document("a", "Hàn"), document("b", "Tiện")])


@pytest.fixture
def searchables(shelf, document):
    searchables = Searchables()
    searchables.register(shelf)
    searchables.register(Shelf("course", [document("c", "Hàn", kind="course")]))
    return searchables


def found(index, text=""):
    return {hit.id for hit in index.search(SearchQuery(text=text)).items}


def test_a_rebuild_takes_all_kinds_and_leaves_out_what_none_may_find(searchables):
    index = MemorySearchIndex()

    searchables.rebuild(index)

    assert found(index) == {"a", "b", "c"}


def test_a_refresh_follows_the_database_however_often(searchables, shelf, document):
    index = MemorySearchIndex()
    searchables.rebuild(index)
    shelf.rows["a"] = document("a", "Phay")
    del shelf.rows["b"]

    for _ in range(2):
        searchables.refresh(index, "resource", ["a", "b"])

    assert found(index) == {"a", "c"}
    assert found(index, "phay") == {"a"}


def test_two_that_claim_one_kind_are_refused(searchables):
    class Cupboard(Shelf):
        pass

    with pytest.raises(ValueError, match="course"):
        searchables.register(Cupboard("course", []))


def test_one_that_is_wired_again_takes_its_own_place(searchables, document):
    index = MemorySearchIndex()

    searchables.register(Shelf("course", [document("d", "Hàn", kind="course")]))
    searchables.rebuild(index)

    assert found(index) == {"a", "b", "d"}


def test_an_unknown_kind_is_a_mistake_of_the_caller(searchables):
    with pytest.raises(KeyError):
        searchables.refresh(MemorySearchIndex(), "vacancy", ["a"])
