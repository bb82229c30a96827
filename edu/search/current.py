"""The search index of this process, and the kinds of documents in it."""

from edu.search.index import SearchIndex
from edu.search.registry import Searchables

searchables = Searchables()
_index: list[SearchIndex] = []


def use(index: SearchIndex) -> None:
    """Let this be the index of the process; wiring does so."""
    _index[:] = [index]


def index() -> SearchIndex:
    """The index of the process."""
    return _index[0]
