"""The history of migrations makes exactly the tables that the models say, and unmakes them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

pytestmark = pytest.mark.slow


@pytest.fixture
def edu(tmp_path: Path, settings):
    """The `edu` command on a database of its own, of the kind under test."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("EDU_")}
    environment["EDU_HOME"] = str(tmp_path)
    environment["EDU_DATABASE_URL"] = _new_database(settings.database_url, tmp_path)

    def run(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "edu", *words],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    return run


def _new_database(like: str, folder: Path) -> str:
    if like.startswith("sqlite"):
        return f"sqlite:///{folder / 'edu.sqlite3'}"
    name = f"edu_migrations_{os.getpid()}"
    engine = sa.create_engine(like, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name}")
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return sa.make_url(like).set(database=name).render_as_string(hide_password=False)


def test_models_and_history_agree(edu):
    edu("init-db")

    assert "No new upgrade operations detected" in edu("db", "check")


def test_there_is_one_head(edu):
    assert edu("db", "heads").count("(head)") == 1


def test_the_way_back_leads_to_an_empty_database(edu):
    edu("init-db")
    edu("db", "downgrade", "base")

    edu("init-db")
    assert "No new upgrade operations detected" in edu("db", "check")
