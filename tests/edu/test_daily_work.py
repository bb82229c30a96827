"""Work that every night asks for: it waits once, and once more after it was done."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from edu import jobs
from edu.db import db, pretend
from edu.jobs import DAILY, Job, job, plant_daily, run_due

AFTERNOON = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)  # 16:00 in Đà Nẵng
NIGHT = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)  # 01:00 there, on the 23rd

done: list[str] = []


@pytest.fixture(autouse=True)
def counting(monkeypatch: pytest.MonkeyPatch) -> None:
    """One daily work and one of every day, in place of the house's own."""
    monkeypatch.setattr(jobs, "_works", {})
    done.clear()
    job(daily=True)(count_up)
    job()(fail)


def count_up() -> None:
    done.append("counted")


def fail() -> None:
    raise RuntimeError


def waiting() -> list[datetime]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Job.due_at).where(Job.key == DAILY)))


def test_it_waits_for_the_night_of_the_installations_zone(app: Flask):
    with pretend(AFTERNOON):
        plant_daily()

    assert waiting() == [NIGHT]


def test_planting_twice_plants_once(app: Flask):
    with pretend(AFTERNOON):
        plant_daily()
        plant_daily()

    assert len(waiting()) == 1


def test_nothing_is_written_when_it_waits_already(app: Flask, count_queries):
    with pretend(AFTERNOON):
        plant_daily()
        with count_queries() as seen:
            plant_daily()

    assert len(seen) == 1


def test_it_is_done_at_night_and_then_waits_for_the_next(app: Flask):
    with pretend(AFTERNOON):
        plant_daily()
        assert run_due() == 0

    with pretend(NIGHT):
        assert run_due() == 1

    assert done == ["counted"]
    assert waiting() == [datetime(2026, 11, 23, 18, 0, tzinfo=UTC)]


def test_a_night_that_fails_does_not_end_the_nights(app: Flask):
    job(daily=True, retries=0)(fail)
    with pretend(AFTERNOON):
        plant_daily()

    with pretend(NIGHT):
        run_due()

    assert datetime(2026, 11, 23, 18, 0, tzinfo=UTC) in waiting()
