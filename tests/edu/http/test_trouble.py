import errno
import sqlite3

import psycopg
import pytest
import sqlalchemy as sa

from edu.errors import StorageAway, StorageFull
from edu.http.errors import trouble


def _sqlite(name: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError(name)
    error.sqlite_errorname = name
    return error


def _wrapped(error: Exception) -> Exception:
    return sa.exc.OperationalError("SELECT 1", {}, error)


@pytest.mark.parametrize("wrapped", [_wrapped, lambda error: error])
@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (_sqlite("SQLITE_FULL"), StorageFull),
        (_sqlite("SQLITE_IOERR_WRITE"), StorageAway),
        (_sqlite("SQLITE_ERROR"), None),
        (psycopg.errors.DiskFull(), StorageFull),
        (psycopg.OperationalError("the server closed the connection"), StorageAway),
        (psycopg.errors.AdminShutdown(), StorageAway),
        (psycopg.errors.UniqueViolation(), None),
    ],
)
def test_it_is_known_whether_the_database_is_full_or_away(error, meaning, wrapped):
    assert type(trouble(wrapped(error))) is (meaning or type(None))


def test_a_full_disk_is_known_wherever_it_is_met():
    assert isinstance(trouble(OSError(errno.ENOSPC, "No space left on device")), StorageFull)
    assert trouble(OSError(errno.ENOENT, "No such file")) is None
    assert trouble(ValueError("our own mistake")) is None


@pytest.fixture
def app_in_trouble(app, monkeypatch):
    """Every page of it meets what is put in the list."""
    met: list[Exception] = []

    def meet(**_values):
        raise met[0]

    meet.is_public = True
    monkeypatch.setitem(app.view_functions, "home.robots", meet)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    return met


def test_people_are_told_that_nothing_was_saved(client, app_in_trouble):
    app_in_trouble.append(_wrapped(_sqlite("SQLITE_FULL")))

    answer = client.get("/robots.txt")

    assert answer.status_code == 507
    assert "Our storage is full, so this was not saved." in answer.text


def test_machines_are_told_when_to_ask_again(client, app_in_trouble):
    app_in_trouble.append(psycopg.OperationalError("the server closed the connection"))

    answer = client.get("/robots.txt", headers={"Accept": "application/json"})

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert answer.json["type"] == "/problems/storage-away"


@pytest.mark.parametrize(
    "refusal",
    [
        sa.exc.DataError("INSERT", {}, psycopg.DataError("NUL")),
        OverflowError("Python int too large to convert to SQLite INTEGER"),
    ],
)
def test_a_value_that_the_database_does_not_take_is_the_senders_to_mend(
    client, app_in_trouble, refusal
):
    app_in_trouble.append(refusal)

    answer = client.get("/robots.txt", headers={"Accept": "application/json"})

    assert (answer.status_code, answer.json["type"]) == (422, "/problems/unstorable")


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/courses?q=%00",
        "/courses?q=lanh&q=%00",
        "/courses?%00=lanh",
        "/api/v1/taxonomy/skills?q=a%00b",
    ],
)
def test_no_address_holds_a_nul(client, path):
    assert client.get(path).status_code in {400, 404}
