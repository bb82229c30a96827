"""Which documents exist: each feature that wants to be found says so here."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from edu.search.index import Document, SearchIndex


class Searchable(Protocol):
    """One kind of document, read from the database that is its truth."""

    kind: str

    def document_for(self, document_id: str) -> Document | None:
        """The document as it is now; None when it is gone or nobody is to find it."""

    def all_ids(self) -> Iterable[str]:
        """The ids of every document of this kind, for a rebuild."""


class Searchables:
    """The kinds that are wired."""

    def __init__(self) -> None:
        self._kinds: dict[str, Searchable] = {}

    def register(self, searchable: Searchable) -> None:
        """Add a kind; wiring a second app changes nothing.

        Raises ValueError when two claim the same name.
        """
        known = self._kinds.get(searchable.kind, searchable)
        if type(known) is not type(searchable):
            raise ValueError(f"two searchables of the kind {searchable.kind!r}")
        self._kinds[searchable.kind] = searchable

    def refresh(self, index: SearchIndex, kind: str, ids: Iterable[str]) -> None:
        """Bring the index up to the database for these ids. May be repeated; order is no matter.

        Raises KeyError for a kind that nobody registered, and what the index raises.
        """
        searchable = self._kinds[kind]
        now = {key: searchable.document_for(key) for key in ids}
        if found := [document for document in now.values() if document]:
            index.put(found)
        if gone := [key for key, document in now.items() if document is None]:
            index.remove(gone)

    def rebuild(self, index: SearchIndex) -> None:
        """Write the whole index anew from the database."""
        index.rebuild(self._all())

    def _all(self) -> Iterator[Document]:
        for searchable in self._kinds.values():
            for key in searchable.all_ids():
                if document := searchable.document_for(key):
                    yield document
