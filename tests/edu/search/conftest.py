"""The engines under test, and short ways to write documents."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from edu.search.adapters.memory_index import MemorySearchIndex
from edu.search.adapters.postgres_index import PostgresSearchIndex
from edu.search.adapters.tantivy_index import TantivySearchIndex
from edu.search.adapters.whoosh_index import WhooshSearchIndex
from edu.search.index import Document, SearchIndex, Text

MakeDocument = Callable[..., Document]


@pytest.fixture
def postgres_engine() -> Iterator[sa.Engine]:
    """A schema of its own in the database that EDU_TEST_DATABASE_URL names."""
    url = os.environ.get("EDU_TEST_DATABASE_URL")
    if not url:
        pytest.skip("needs PostgreSQL: make test-postgres")
    schema = f"search_{uuid4().hex}"
    engine = sa.create_engine(url, connect_args={"options": f"-c search_path={schema}"})
    with engine.begin() as connection:
        connection.execute(sa.schema.CreateSchema(schema))
    yield engine
    with engine.begin() as connection:
        connection.execute(sa.schema.DropSchema(schema, cascade=True))
    engine.dispose()


@pytest.fixture(params=["memory", "tantivy", "whoosh", "postgres"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> SearchIndex:
    if request.param == "postgres":
        return PostgresSearchIndex(request.getfixturevalue("postgres_engine"))
    if request.param == "tantivy":
        return TantivySearchIndex(tmp_path)
    return WhooshSearchIndex(tmp_path) if request.param == "whoosh" else MemorySearchIndex()


@pytest.fixture
def document() -> MakeDocument:
    """Make a document in Vietnamese; each is a minute newer than the one before."""
    minutes = count()

    def make(
        key: str, title: str = "", body: str = "", keywords: tuple[str, ...] = (), **more: object
    ) -> Document:
        moment = datetime(2026, 11, 22, tzinfo=UTC) + timedelta(minutes=next(minutes))
        fields = {"kind": "resource", "texts": {"vi": Text(title, body, keywords)}}
        return Document(id=key, **{"changed_at": moment, **fields, **more})

    return make
