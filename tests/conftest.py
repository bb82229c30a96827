"""The app, a database that forgets after each test, a client like a browser."""

import os
from collections.abc import Iterator
from contextvars import Context
from pathlib import Path

import hypothesis
import pytest
import sqlalchemy as sa
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from sqlalchemy.engine import Connection

from edu import postgres
from edu.accounts import service as accounts
from edu.accounts.models import Person
from edu.app import create_app
from edu.db import db, unit_of_work
from edu.settings import Settings, use
from tests.direct import of_test

# a slow machine is no wrong answer
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("house")


def _own_database(url: str, worker: str) -> str:
    """One PostgreSQL database for each worker of pytest-xdist; SQLite has a folder each."""
    if not url or worker == "master":
        return url
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS edu_{worker}")
        connection.exec_driver_sql(f"CREATE DATABASE edu_{worker}")
    engine.dispose()
    return url.replace("/edu?", f"/edu_{worker}?")


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Settings:
    home: Path = tmp_path_factory.mktemp("home")
    return Settings(
        home=home,
        base_url="http://portal.test",
        content_url="http://content.test",
        database_url=_own_database(os.environ.get("EDU_TEST_DATABASE_URL", ""), worker_id),
        storage_url="memory://",
        search_engine="memory",
        mail_url="memory://",
        redis_url="",
        job_lease_seconds=3600,  # the heart beats in a thread; a test has one connection
        default_locale="en",
    )


@pytest.fixture(scope="session")
def built_app(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    app.config.update(TESTING=True, RATELIMIT_ENABLED=False)
    app.test_client_class = BrowserLikeClient
    with app.app_context():
        db.drop_all()
        db.create_all()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def _connection(built_app: Flask) -> Iterator[Connection]:
    with built_app.app_context():
        engine = db.engine
    connection = engine.connect()
    yield connection
    connection.close()


@pytest.fixture
def app(
    built_app: Flask, _connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Flask]:
    """The app on one connection whose outer transaction is undone after the test.

    The test has an app context of its own; every request opens a fresh one, as in production.
    """
    use(built_app.extensions["edu_settings"])  # whatever app another test has made
    _connection.execution_options(writes=True)
    outer = _connection.begin()
    with built_app.app_context():
        engines = db.engines
        monkeypatch.setitem(engines, None, _connection)
        if _connection.dialect.name == "postgresql":
            monkeypatch.setitem(built_app.extensions, postgres.KEPT, of_test(_connection))
        db.session.configure(join_transaction_mode="create_savepoint")
        yield built_app
        db.session.remove()
    outer.rollback()


class BrowserLikeClient(FlaskClient):
    """A client that asks the portal's host, reads English and can be signed in as a person."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.set_cookie("lang", "en", domain="portal.test")

    def open(self, *args: object, **kwargs: object) -> object:  # type: ignore[override]
        """Ask as from outside: in a context of its own, with a database session of its own.

        What the test holds is read afresh afterwards.
        """
        kwargs.setdefault("base_url", "http://portal.test")
        kwargs.setdefault("buffered", True)
        if has_app_context():  # not so when a redirect is followed
            db.session.rollback()  # its savepoint would enclose, and could undo, the request's
            db.session.expire_all()
        return Context().run(super().open, *args, **kwargs)

    def signed_in(self, person: Person) -> "BrowserLikeClient":
        with unit_of_work():
            token = accounts.start_session(person)
        with self.session_transaction(base_url="http://portal.test") as session:
            session["sign_in"] = token
        return self


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A stranger's browser. Forms carry no CSRF token in tests but those about CSRF."""
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


@pytest.fixture
def as_user(app: Flask):
    """`as_user(person).get(…)`: the browser of somebody signed in."""
    app.config["WTF_CSRF_ENABLED"] = False
    return lambda person: app.test_client().signed_in(person)


@pytest.fixture
def count_queries(app: Flask):
    """`with count_queries() as seen: …; assert len(seen) <= 3`: guards lists against N+1."""
    from contextlib import contextmanager

    @contextmanager
    def counting() -> Iterator[list[str]]:
        seen: list[str] = []
        connection = db.engines[None]

        def note(_c, _cursor, statement: str, *_rest: object) -> None:
            if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
                seen.append(statement)

        sa.event.listen(connection, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            sa.event.remove(connection, "before_cursor_execute", note)

    return counting
