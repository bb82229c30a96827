"""Open the engine that the settings name."""

from edu.db import db
from edu.search import current
from edu.search.adapters.memory_index import MemorySearchIndex
from edu.search.index import SearchIndex
from edu.settings import Settings


def init(settings: Settings) -> None:
    """Let the engine be this process's index. Needs an app context for PostgreSQL's."""
    current.use(_engine(settings))


def _engine(settings: Settings) -> SearchIndex:
    if settings.search_engine == "tantivy":
        from edu.search.adapters.tantivy_index import TantivySearchIndex

        return TantivySearchIndex(settings.search_folder)
    if settings.search_engine == "whoosh":
        from edu.search.adapters.whoosh_index import WhooshSearchIndex

        return WhooshSearchIndex(settings.search_folder)
    if settings.search_engine == "postgres":
        from edu.search.adapters.postgres_index import PostgresSearchIndex

        return PostgresSearchIndex(db.engine)
    return MemorySearchIndex()
