"""Several writers and readers at once, on a database with real transactions."""

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from uuid import UUID, uuid4

import orjson
import pytest
import sqlalchemy as sa
from flask import Flask

from edu import db as database
from edu.db import db, inside, unit_of_work
from edu.jobs import Job
from edu.lrs import links, public, queries, service
from edu.lrs.adapters import lately
from edu.lrs.adapters.engines import tables_of
from edu.lrs.adapters.rows import IdTaken
from edu.lrs.core import build, identity
from edu.lrs.core.documents import Document, DocumentQuery, Method, Preconditions, Resource
from edu.lrs.core.query import StatementQuery
from edu.lrs.core.version import Version
from edu.lrs.core.vocabulary import Verb
from edu.lrs.documents import service as documents
from edu.lrs.documents.models import StoredDocument
from edu.lrs.models import Description, Mention, Statement, moment_of
from edu.lrs.privacy import personas
from edu.lrs.privacy.models import Alias
from edu.lrs.xapi.asked import in_unit
from edu.tenancy.models import Organisation, OrganisationKind

AGENT = build.agent_for("https://hoc.example", "lan")
OTHER_NAME = build.agent_for("https://hoc.example", "nguyen-lan")
AUTHOR = service.Author(build.agent_for("https://hoc.example", "lrs"))
TABLES = [Organisation, Alias, Statement, Mention, Description, StoredDocument, Job]
WRITERS, TURNS = 8, 6


@pytest.fixture
def house(tmp_path, worker_id):
    """An app of its own whose commits are real; what it wrote is cleared away."""
    from tests.conftest import _own_database

    url = os.environ.get("EDU_TEST_DATABASE_URL", "")
    app = Flask("house")
    app.config["SQLALCHEMY_DATABASE_URI"] = (
        f"{_alongside(_own_database(url, 'master'), worker_id)}"
        if url
        else f"sqlite:///{tmp_path / 'x.sqlite3'}"
    )
    database.init_app(app)
    with app.app_context():
        db.metadata.create_all(db.engine, [table.__table__ for table in TABLES])
    yield app
    with app.app_context():
        db.metadata.drop_all(db.engine, [table.__table__ for table in TABLES])
        db.engine.dispose()


def _alongside(url: str, worker: str) -> str:
    """A schema of its own for each worker: other tests have their tables in "public"."""
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS alongside_{worker}")
    engine.dispose()
    return f"{url}&options=-csearch_path%3Dalongside_{worker}"


def said(verb: Verb = Verb.COMPLETED, target=None, **parts):
    return build.statement(AGENT, verb, target or {"id": "https://hoc.example/bai/1"}, **parts)


def store(*statements) -> list[UUID]:
    return service.store(statements, AUTHOR, Version.V1)


@contextmanager
def another_connection(house, *, writes: bool):
    with (
        house.app_context(),
        db.engine.connect() as connection,
        connection.execution_options(writes=writes).begin(),
    ):
        yield connection


def test_the_horizon_never_passes_what_is_still_being_written(house):
    with another_connection(house, writes=True) as writing:
        [reserved] = tables_of(writing).reserve(writing, 1)
        with another_connection(house, writes=False) as reading:
            meanwhile = tables_of(reading).horizon(reading)
    with another_connection(house, writes=False) as reading:
        afterwards = tables_of(reading).horizon(reading)

    assert meanwhile <= reserved < afterwards


def store_in_a_unit() -> None:
    with unit_of_work():
        store(said())


def store_at_once() -> None:
    said_with_id = said(statement_id=str(uuid4()))
    if not service.store_at_once([said_with_id], AUTHOR, Version.V1):  # not in SQLite
        store_in_a_unit()


@pytest.mark.parametrize("stores", [store_in_a_unit, store_at_once])
def test_who_stores_and_then_asks_is_told_of_it(house, stores):
    tenant_id = uuid4()
    for _ in range(20):
        with house.app_context(), inside(tenant_id):
            queries.consistent_through()
            stores()
            [newest] = queries.page(StatementQuery(), limit=1).statements
            assert queries.consistent_through() >= moment_of(newest.seq)


def a_college() -> Organisation:
    with unit_of_work():
        college = Organisation(code="nha", kind=OrganisationKind.COLLEGE, name={"vi": "Nhà"})
        db.session.add(college)
    return college


def test_who_is_to_be_forgotten_has_the_names_that_another_process_merged_just_now(
    house, monkeypatch
):
    with house.app_context(), inside(a_college().id):
        assert queries.page(StatementQuery(agent=AGENT), limit=1).statements == []
        monkeypatch.setattr(lately.has_aliases, "forget", lambda: None)  # it is not this one
        with unit_of_work():
            personas.merge(AGENT, OTHER_NAME)

        assert queries.same_person(AGENT) == [AGENT, OTHER_NAME]


def test_a_search_finds_under_the_names_that_this_process_merged_just_now(house):
    with house.app_context(), inside(a_college().id):
        with unit_of_work():
            store(said() | {"actor": OTHER_NAME})
        assert queries.page(StatementQuery(agent=AGENT), limit=1).statements == []
        with unit_of_work():
            personas.merge(AGENT, OTHER_NAME)

        assert len(queries.page(StatementQuery(agent=AGENT), limit=1).statements) == 1


def test_the_feed_holds_back_what_an_unfinished_writer_may_still_precede(house):
    tenant_id = uuid4()
    with another_connection(house, writes=True) as slow, inside(tenant_id):
        if not tables_of(slow).has_many_writers:
            pytest.skip("SQLite has one writer at a time")
        tables_of(slow).reserve(slow, 1)
        with unit_of_work():
            store(said())

        assert len(queries.page(StatementQuery(), limit=9).statements) == 1
        assert public.after(0) == []


def test_many_writers_get_numbers_of_their_own_in_the_order_of_time(house):
    tenant_id = uuid4()

    def write(batch: int) -> None:
        with house.app_context(), inside(tenant_id), unit_of_work():
            store(*(said() for _ in range(1 + batch % 12)))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(60)))

    with house.app_context(), inside(tenant_id):
        found = public.after(0)
    assert len(found) == sum(1 + batch % 12 for batch in range(60))
    assert [each.stored for each in found] == sorted(each.stored for each in found)
    assert all(each.statement["stored"][:26] == each.stored.isoformat()[:26] for each in found)


def test_of_two_that_bring_the_same_statement_one_stores_it(house):
    tenant_id, statement = uuid4(), said(statement_id=uuid4())

    def write(_turn: int) -> list[UUID]:
        with house.app_context(), inside(tenant_id):
            return in_unit(lambda: store(statement))

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(write, range(8)))

    assert answers == [[UUID(statement["id"])]] * 8
    with house.app_context(), inside(tenant_id):
        assert len(public.after(0)) == 1


def insert_unseen(tenant_id: UUID, ids: list[UUID]) -> None:
    """Add statements as one does who has not seen what others stored meanwhile."""
    connection = db.session.connection()
    fresh = [(each, said()) for each in ids]
    kept = service._numbered(connection, fresh, AUTHOR, Version.V1)
    found = {seq: links.by_key(tenant_id, identity.names(said)) for seq, said in kept.items()}
    service._insert(connection, tenant_id, kept, found)


@pytest.mark.parametrize("count", [1, 20])
def test_an_id_that_appears_meanwhile_is_noticed(house, count):
    tenant_id, taken = uuid4(), uuid4()
    with house.app_context(), inside(tenant_id):
        with unit_of_work():
            store(said(statement_id=taken))
        with pytest.raises(IdTaken), unit_of_work():
            insert_unseen(tenant_id, [taken, *(uuid4() for _ in range(count - 1))])


def test_what_was_stored_in_the_same_instant_is_linked_in_the_end(house):
    tenant_id, target_id, referring = uuid4(), uuid4(), uuid4()
    with house.app_context(), inside(tenant_id):
        with unit_of_work():
            store(said(Verb.COMMENTED, build.reference(referring)))  # waits for what it refers to
        with unit_of_work():
            store(said(Verb.COMMENTED, build.reference(target_id), statement_id=referring))
        # as if the other had not yet seen the reference when it was stored
        with unit_of_work():
            insert_unseen(tenant_id, [target_id])

        def found() -> int:
            completed = StatementQuery(verb=Verb.COMPLETED.iri)
            return len(queries.page(completed, limit=9).statements)

        assert found() == 1
        links.look_again(tenant_id, [referring])
        later = db.session.scalars(sa.select(Job).order_by(Job.due_at.desc())).first()
        links.look_again(tenant_id, [referring], later.arguments["stored_by"])
        assert found() == 3


def test_states_merged_at_the_same_time_keep_every_part(house):
    with house.app_context():
        college = a_college()
    query = DocumentQuery(
        activity_id="https://hoc.example/bai/1", agent=AGENT, document_id="vi-tri"
    )

    def post(name: str) -> None:
        documents.write(
            Resource.STATE,
            Method.POST,
            query,
            Document(f'{{"{name}": 1}}'.encode(), "application/json"),
            preconditions=Preconditions(),
            version=Version.V1,
            max_bytes=1 << 20,
        )

    def write(writer: int) -> None:
        for turn in range(TURNS):
            with house.app_context(), inside(college.id):
                in_unit(lambda name=f"{writer}-{turn}": post(name))

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))

    with house.app_context(), inside(college.id):
        found = orjson.loads(documents.find(Resource.STATE, query).content)
    assert len(found) == WRITERS * TURNS
