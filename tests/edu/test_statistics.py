"""The database is told how its rows are spread."""

import sqlalchemy as sa

from edu import jobs
from edu.db import db
from edu.statistics import refresh


def seen_by_the_planner() -> int:
    if db.engine.dialect.name == "sqlite":
        counted = "SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'organisation'"
    else:
        counted = "SELECT count(*) FROM pg_stats WHERE tablename = 'organisation'"
    return db.session.scalar(sa.text(counted))


def test_after_a_look_the_planner_knows_the_tables(app):
    from tests.factories import a_college

    a_college()

    refresh()

    assert seen_by_the_planner() > 0


def test_it_looks_every_night(app):
    assert any(
        work.is_daily and work.name.endswith("refresh_statistics") for work in jobs._works.values()
    )
