"""Indicators are worked out from what happened, soon after it, again and again the same."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from analytics.indicators import jobs, queries, service
from analytics.indicators.cli import indicators
from analytics.indicators.core import indicator_set
from analytics.indicators.models import IndicatorValue
from courses.public import (
    CertificateIssued,
    CertificateRevoked,
    CreditEntered,
    Figures,
    LearnerWithdrew,
)
from edu.accounts.models import Role
from edu.db import db, new_id, pretend, today, unit_of_work, utcnow
from edu.events import emit
from edu.jobs import DAILY, Job, plant_daily, run_due
from oer_repository.public import Balance, ResourcePublished
from tests.analytics.labour import a_need, a_recruiter
from tests.courses.classroom import a_class, answer, enrol, finish_lesson
from tests.factories import a_college, a_person

NOTHING = Balance(shared=0, given=0, taken=0)


def values(organisation) -> dict[str, float]:
    db.session.expire_all()
    return {line.indicator.code: line.value for line in queries.lines_of(organisation.id)}


def let_time_pass(minutes: float = 3) -> None:
    """Run what is due now, and what becomes due in the next minutes."""
    run_due()
    for passed in (minutes / 2, minutes):
        with pretend(utcnow() + timedelta(minutes=passed)):
            run_due()


def test_a_share_of_nothing_is_nothing():
    measures = service.measures_of(Figures(*[0] * 14), NOTHING)

    assert {measure.value for measure in measures.values()} == {0}


def test_each_measure_says_how_many_people_it_rests_on():
    figures = Figures(
        learners=40,
        recent_learners=30,
        classes=2,
        places_ended=10,
        people_ended=8,
        places_completed=4,
        credits=60,
        credits_this_year=6,
        people_with_credits=12,
        certificates=20,
        people_with_certificates=11,
        modules=8,
        modules_with_digital_outcome=2,
        modules_with_units=4,
    )

    measures = service.measures_of(figures, Balance(shared=7, given=3, taken=1))

    assert measures == {
        "learners": (40, 40),
        "active-learners": (30, 30),
        "completion": (0.4, 8),
        "credits": (60, 12),
        "digital-certificates": (20, 11),
        "digital-outcomes": (0.25, None),
        "online-modules": (0.5, None),
        "shared-resources": (7, None),
        "reused-resources": (3, None),
    }


def test_every_measure_is_an_indicator_of_the_set_in_force():
    measured = service.measures_of(Figures(*[0] * 14), NOTHING).keys() | {"open-needs"}

    assert measured == {one.code for one in indicator_set.in_force(today()).indicators}


def test_an_indicator_that_a_set_leaves_out_is_not_stored(college, monkeypatch):
    present = indicator_set.in_force(today())
    fewer = present.model_copy(update={"indicators": present.indicators[:2]})
    monkeypatch.setattr(service, "in_force", lambda _day: fewer)

    jobs.work_out_college(college.id)

    stored = db.session.scalars(sa.select(IndicatorValue.indicator)).all()
    assert set(stored) == {one.code for one in fewer.indicators}


def test_nothing_is_worked_out_before_the_first_set_begins(province, college):
    with pretend(datetime(2025, 9, 1, tzinfo=UTC)):
        jobs.work_out_all()

    assert db.session.scalar(sa.select(sa.func.count(IndicatorValue.id))) == 0


@pytest.mark.parametrize(
    "fact",
    [
        LearnerWithdrew(new_id(), new_id(), new_id(), new_id()),
        CreditEntered(new_id(), new_id(), new_id(), new_id()),
        CertificateIssued(new_id(), new_id(), new_id(), new_id(), ()),
        CertificateRevoked(new_id(), new_id(), new_id(), ()),
        ResourcePublished(new_id(), new_id(), 1),
    ],
    ids=lambda fact: type(fact).__name__,
)
def test_every_fact_that_an_indicator_counts_starts_the_count(college, fact):
    with unit_of_work():
        emit(replace(fact, tenant_id=college.id))
    run_due()

    found = db.session.scalars(sa.select(Job.name).where(Job.key == str(college.id))).all()
    assert [name.rpartition(".")[2] for name in found] == ["work_out_college"]


def test_working_out_twice_keeps_one_value_a_day(college, room, an):
    jobs.work_out_college(college.id)
    enrol(room, an)
    jobs.work_out_college(college.id)

    rows = db.session.scalars(
        sa.select(IndicatorValue).where(IndicatorValue.indicator == "learners")
    ).all()
    assert [(row.value, row.people, row.day) for row in rows] == [(1.0, 1, today())]


def test_each_day_has_its_own_value(college, room, an):
    with pretend(utcnow() - timedelta(days=2)):
        jobs.work_out_college(college.id)
    enrol(room, an)
    jobs.work_out_college(college.id)

    (line,) = [one for one in queries.lines_of(college.id) if one.indicator.code == "learners"]
    assert (line.value, line.trend) == (1.0, (0.0, 1.0))
    assert utcnow() - line.worked_out_at < timedelta(minutes=1)


def test_enrolling_is_soon_seen_in_the_figures_of_college_and_province(province, college, room, an):
    enrol(room, an)

    let_time_pass()

    assert values(college)["learners"] == 1
    assert values(province)["learners"] == 1


def test_many_changes_are_worked_out_once(province, college, room):
    for name in ("An", "Bình", "Chi"):
        enrol(room, a_person(name, role=Role.LEARNER, at=college))
    run_due()

    waiting = db.session.scalars(sa.select(Job.key).where(Job.name.like("%work_out_college"))).all()
    assert waiting == [str(college.id)]


def test_finishing_a_lesson_makes_one_active(province, college, room, an):
    finish_lesson(room, enrol(room, an))

    let_time_pass()

    assert values(college)["active-learners"] == 1


def test_who_learns_at_two_colleges_counts_once_for_the_province(province, room, an):
    elsewhere = a_class(a_college("kythuat"))
    enrol(room, an)
    enrol(elsewhere, an)

    let_time_pass()

    assert values(room.college)["learners"] == values(elsewhere.college)["learners"] == 1
    assert values(province)["learners"] == 1


def test_open_needs_are_the_provinces(province, officer, college, brazing):
    a_need(a_recruiter(officer), [brazing])

    let_time_pass()

    assert values(province)["open-needs"] == 1
    assert "open-needs" not in values(college)


def test_what_is_no_college_is_not_worked_out(province, officer):
    with unit_of_work():
        jobs.college_changed(province.id)

    let_time_pass()

    assert values(province) == {}


def test_without_a_province_colleges_are_worked_out_all_the_same(college, room, an):
    enrol(room, an)

    let_time_pass()

    assert values(college)["learners"] == 1


def test_the_command_works_everything_out(app, province, college, room, an):
    enrol(room, an)
    runner = app.test_cli_runner()

    told = runner.invoke(indicators, ["work-out"])

    assert told.exit_code == 0, told.output
    assert "songhan" in told.output
    assert "danang" in told.output
    assert values(college)["learners"] == 1


def test_every_night_everything_is_worked_out(province, college, room, an):
    plant_daily()
    enrol(room, an)
    with unit_of_work():
        for waiting in db.session.scalars(sa.select(Job).where(Job.key.is_(None))):
            db.session.delete(waiting)

    with pretend(utcnow() + timedelta(days=1)):
        run_due()
        assert values(college)["learners"] == 1

    assert db.session.scalar(sa.select(Job.id).where(Job.key == DAILY))


def test_old_values_are_no_present_state(college):
    with pretend(utcnow() - timedelta(days=91)):
        jobs.work_out_college(college.id)

    assert values(college) == {}
    assert queries.newest() == []


def test_an_answer_alone_waits_for_the_lesson_or_the_night(province, college, room, an):
    """Answers are many; each alone starts no count."""
    place = enrol(room, an)
    let_time_pass()

    answer(room, place)
    let_time_pass()

    assert values(college)["active-learners"] == 0
