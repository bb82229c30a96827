"""Documents put, put again, removed, and all put anew."""

import pytest

from tests.edu.search.conformance.conftest import find


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
